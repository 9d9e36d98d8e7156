/// Published discriminators, recognised when all names and shapes of a checkpoint are theirs.
enum KnownDiscriminator {
    /// A match.
    struct Match {
        let description: DiscriminatorDescription
        /// What of it is not in a file.
        let assumption: String
    }

    /// The published net whose layers these are, under its names or behind one beginning that all share; nil when it is none.
    static func match(_ convolutions: [StoredConvolution], sampleRate: Int?) -> Match? {
        let stored = Dictionary(convolutions.map { ($0.name, $0) }) { first, _ in first }
        let common = InferredPart.commonPath(convolutions.map(\.components)).split(separator: ".").map(String.init)
        for length in 0...common.count {
            let prefix = common.prefix(length).joined(separator: ".")
            let shapes = ModelShapes(
                convolutions.map { layer in
                    let name = prefix.isEmpty ? layer.name : layer.name.withoutUTF8Prefix(prefix.utf8.count + 1)
                    return (name + ".weight", layer.shape)
                }
            )
            for candidate in candidates(for: shapes, sampleRate: sampleRate) {
                if let fitted = fitted(candidate.description, below: prefix, to: stored) {
                    return Match(description: fitted, assumption: candidate.assumption)
                }
            }
        }
        return nil
    }

    /// The description with names, normalisation and biases as stored; nil unless every layer is there with its shape and nothing else.
    private static func fitted(
        _ description: DiscriminatorDescription,
        below prefix: String,
        to stored: [String: StoredConvolution]
    ) -> DiscriminatorDescription? {
        guard description.layers.count == stored.count else { return nil }
        var result = description
        for index in result.subDiscriminators.indices {
            let path = Layer.join(prefix, result.subDiscriminators[index].path)
            result.subDiscriminators[index].path = path
            var fits = true
            result.subDiscriminators[index] = result.subDiscriminators[index].mappingLayers { layer in
                guard let found = stored[Layer.join(path, layer.name)], found.shape == layer.weightShape else {
                    fits = false
                    return layer
                }
                var layer = layer
                layer.normalization = found.normalization
                layer.hasBias = found.hasBias
                return layer
            }
            guard fits else { return nil }
        }
        return result
    }

    private struct Candidate {
        let description: DiscriminatorDescription
        let assumption: String
    }

    /// More parts than any published net has.
    private static let mostParts = 64

    /// Nets that could have these names, with as many parts as there are.
    private static func candidates(for shapes: ModelShapes, sampleRate: Int?) -> [Candidate] {
        let parts = shapes.count("discriminators")
        guard parts <= mostParts else { return [] }
        var found: [Candidate] = []
        if shapes.hasLayer("discriminators.0.convs.0.0") || shapes.hasLayer("discriminators.0.band_convs") {
            found.append(dac(shapes, parts: parts, sampleRate: sampleRate))
        }
        if shapes.hasLayer("discriminators.0.convs.0.conv") {
            let all = [1024, 2048, 512, 256, 128]
            let windows = parts <= all.count ? Array(all.prefix(parts)) : InferredPart.windowLengths(parts)
            found.append(
                Candidate(
                    description: .enCodec(sampleRate: sampleRate ?? 24_000, windowLengths: windows),
                    assumption: "windows of \(list(windows)) samples"
                )
            )
        }
        if shapes.weight("discriminators.0.convs.0") != nil {
            let periods = InferredPart.periods(parts)
            found += [
                Candidate(
                    description: .hiFiGANPeriods(sampleRate: sampleRate ?? 22_050, periods: periods),
                    assumption: "periods of \(list(periods)) samples"
                ),
                Candidate(
                    description: .hiFiGANScales(sampleRate: sampleRate ?? 22_050),
                    assumption: "scales 1, 1/2, 1/4"
                ),
                Candidate(
                    description: .bigVGANResolutions(sampleRate: sampleRate ?? 24_000),
                    assumption: "windows of 600, 1200, 240 samples"
                ),
                Candidate(
                    description: .originGrouped(sampleRate: sampleRate ?? 16_000),
                    assumption: "scales 1, 1/2, 1/4"
                ),
                Candidate(
                    description: .originDAC(sampleRate: sampleRate ?? 16_000),
                    assumption: "periods of 2, 3, 5, 7, 11 and windows of 2048, 1024, 512 samples"
                ),
            ]
        }
        if shapes.hasLayer("mpd") {
            found += [
                Candidate(
                    description: .hiFiGAN(sampleRate: sampleRate ?? 22_050),
                    assumption: "periods of 2, 3, 5, 7, 11 samples and scales 1, 1/2, 1/4"
                ),
                Candidate(
                    description: .bigVGAN(sampleRate: sampleRate ?? 24_000),
                    assumption: "periods of 2, 3, 5, 7, 11 and windows of 600, 1200, 240 samples"
                ),
            ]
        }
        if shapes.hasLayer("model.disc_0") {
            found.append(
                Candidate(description: .melGAN(sampleRate: sampleRate ?? 22_050), assumption: "scales 1, 1/2, 1/4")
            )
        }
        return found
    }

    /// DAC's with as many periods, scales, spectrograms and bands as there are.
    private static func dac(_ shapes: ModelShapes, parts: Int, sampleRate: Int?) -> Candidate {
        let spectrograms = (0..<parts).filter { shapes.hasLayer("discriminators.\($0).band_convs") }
        let scales = (0..<parts).filter { shapes.hasLayer("discriminators.\($0).convs.5.0") }
        let periods = InferredPart.periods(max(0, parts - spectrograms.count - scales.count))
        let rates = scales.indices.map { 1 << min($0, 8) }
        let windows = InferredPart.windowLengths(spectrograms.count)
        let bands = spectrograms.first.map { shapes.count("discriminators.\($0).band_convs") } ?? 0
        var assumed: [String] = []
        if !periods.isEmpty { assumed.append("periods of \(list(periods)) samples") }
        if !rates.isEmpty { assumed.append("rates divided by \(list(rates))") }
        if !windows.isEmpty { assumed.append("windows of \(list(windows)) samples in \(bands) bands") }
        return Candidate(
            description: .dac(
                sampleRate: sampleRate ?? 44_100,
                periods: periods,
                rates: rates,
                windowLengths: windows,
                bands: (0..<bands).map { InferredPart.band($0, of: bands) }
            ),
            assumption: assumed.joined(separator: ", ")
        )
    }

    private static func list(_ values: [Int]) -> String { values.map(String.init).joined(separator: ", ") }
}
