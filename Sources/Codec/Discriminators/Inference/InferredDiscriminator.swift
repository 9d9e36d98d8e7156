/// A discriminator made from a checkpoint alone, whoever named its tensors.
///
/// A file holds names, shapes and values. Channels, groups, kernels and the order of layers follow from them; strides, padding, slopes,
/// periods and windows do not. Published nets (DAC, HiFi-GAN, MelGAN, EnCodec, BigVGAN, the origin's) are recognised by their names and
/// shapes and get their own; others get what is usual for their kernels. Everything that was assumed is said in ``assumptions``.
public struct InferredDiscriminator {
    /// The net, with the checkpoint's weights. Its layers have the checkpoint's names.
    public let discriminator: Discriminator
    /// What was assumed, in sentences without a full stop, the most important first.
    public let assumptions: [String]
    /// What it is, for people: "DAC", "discriminator with 3 parts over the waveform".
    public let title: String

    /// More values than this are not run on a CPU.
    static let mostValues = 1_000_000_000
    /// Hz assumed for nets that no publication ties to a rate.
    private static let usualSampleRate = 16_000

    /// The discriminator in a checkpoint.
    ///
    /// `sampleRate` is in Hz, 1,000 to 768,000; without it, the one in the file's metadata or the recognised net's own counts, else 16 kHz.
    /// Values that are NaN or infinite are loaded as they are.
    /// Throws ``DiscriminatorInferenceError`` when the file holds no discriminator that can be run, ``CheckpointError`` when a tensor cannot
    /// be read and ``StateDictionaryError`` when tensors of one layer do not fit each other.
    public static func infer(from checkpoint: Checkpoint, sampleRate: Int? = nil) throws -> InferredDiscriminator {
        let usable = 1_000...768_000
        if let sampleRate, !usable.contains(sampleRate) { throw DiscriminatorInferenceError.sampleRate(sampleRate) }
        let stored = checkpoint.hints.arguments?["sample_rate"]?.integer ?? checkpoint.metadata["sample_rate"]?.integer
        let knownRate = sampleRate ?? stored.flatMap { usable.contains($0) ? $0 : nil }
        let weights = try DiscriminatorWeights(checkpoint)
        let shapes = weights.tensors.map { ($0.name, $0.tensor.shape) }
        let (convolutions, others) = StoredConvolution.all(in: shapes)
        let isPart = { (name: String) in name.hasSuffix("weight_v") || name.hasSuffix("weight_orig") }
        if let part = others.first(where: { $0.shape.count > 2 && isPart($0.name) }) {
            throw DiscriminatorInferenceError.incompleteWeight(name: part.name)
        }
        try check(convolutions)
        var inference: Inference
        if let match = KnownDiscriminator.match(convolutions, sampleRate: knownRate) {
            inference = Inference(known: match)
        } else {
            inference = try Inference(convolutions, sampleRate: knownRate ?? usualSampleRate)
        }
        let assumptions =
            weights.assumptions + inference.assumptions
            + remarks(on: inference.description, convolutions, others, isRateKnown: knownRate != nil)
        let dictionary = try values(of: weights, usedBy: inference.description)
        return InferredDiscriminator(
            discriminator: try Discriminator(inference.description, weights: dictionary),
            assumptions: assumptions,
            title: inference.title
        )
    }

    private static func check(_ convolutions: [StoredConvolution]) throws(DiscriminatorInferenceError) {
        var count = 0
        for layer in convolutions {
            guard layer.shape.allSatisfy({ $0 > 0 }), layer.kernel.allSatisfy({ $0 <= 1 << 16 }) else {
                throw .unusableWeight(name: layer.name, shape: layer.shape)
            }
            count += StoredTensor.product(layer.shape) ?? mostValues
            guard count <= mostValues else { throw .tooLarge(values: count) }
        }
    }

    /// The tensors of the layers that are used, as numbers.
    private static func values(
        of weights: DiscriminatorWeights,
        usedBy description: DiscriminatorDescription
    ) throws -> StateDictionary {
        let layers = Set(
            description.subDiscriminators.flatMap { part in part.layers.map { Layer.join(part.path, $0.name) } }
        )
        var dictionary = StateDictionary()
        for (name, tensor) in weights.tensors {
            guard let stem = layerName(of: name), layers.contains(stem) else { continue }
            do {
                dictionary[name] = try tensor.tensor()
            } catch {
                throw error.naming(name)
            }
        }
        return dictionary
    }

    /// The layer of a weight's or bias's name; nil for other tensors.
    private static func layerName(of name: String) -> String? {
        var parts = name.split(separator: ".", omittingEmptySubsequences: false)
        if let index = parts.firstIndex(of: "parametrizations") {
            parts.removeSubrange(index...)
        } else {
            guard let last = parts.popLast(), last.hasPrefix("weight") || last == "bias" else { return nil }
        }
        return parts.joined(separator: ".")
    }

    private static func remarks(
        on description: DiscriminatorDescription,
        _ convolutions: [StoredConvolution],
        _ others: [(name: String, shape: [Int])],
        isRateKnown: Bool
    ) -> [String] {
        var sentences: [String] = []
        if !isRateKnown {
            sentences.append("the sample rate is not in the file; \(description.sampleRate) Hz is assumed")
        }
        let without = convolutions.filter { !$0.hasBias }.map(\.name)
        if !without.isEmpty { sentences.append("without bias in the file, so without in the net: \(list(without))") }
        let used = Set(
            description.subDiscriminators.flatMap { part in part.layers.map { Layer.join(part.path, $0.name) } }
        )
        let unused = convolutions.map(\.name).filter { !used.contains($0) }
        if !unused.isEmpty {
            sentences.append("left out, because they lead to no logits or around other layers: \(list(unused))")
        }
        if !others.isEmpty {
            let texts = others.map { "\($0.name) \($0.shape)" }
            sentences.append(
                "no convolution's and not understood, so the net is run and counted without them: \(list(texts))"
            )
        }
        sentences.append(
            "parameters, reach and ranks do not depend on what was assumed; receptive fields, multiply-adds and what is measured on audio do"
        )
        return sentences
    }

    /// The first few of a list.
    private static func list(_ texts: [String]) -> String {
        let shown = texts.prefix(4).joined(separator: ", ")
        return texts.count > 4 ? "\(shown) and \(texts.count - 4) more" : shown
    }
}

/// A description with what was assumed for it.
private struct Inference {
    let description: DiscriminatorDescription
    let assumptions: [String]
    let title: String

    init(known match: KnownDiscriminator.Match) {
        description = match.description
        title = match.description.name
        assumptions = [
            "recognised as \(title) by names and shapes; its own strides, padding, slopes and input are used, with \(match.assumption), "
                + "which are not in the file"
        ]
    }

    init(_ convolutions: [StoredConvolution], sampleRate: Int) throws(DiscriminatorInferenceError) {
        var parts: [InferredPart] = []
        for group in try DiscriminatorParts.split(convolutions) { parts.append(try InferredPart(group)) }
        // MelGAN's slope where only waveforms are heard, HiFi-GAN's and DAC's elsewhere.
        let slope: Float = parts.allSatisfy { $0.kind == .waveform } ? 0.2 : 0.1
        var kinds: [(kind: InferredPart.Kind, count: Int)] = []
        var described: [SubDiscriminatorDescription] = []
        // Sentences and the parts they are about.
        var sentences: [(text: String, parts: [String])] = []
        for part in parts {
            let place = kinds.firstIndex { $0.kind == part.kind } ?? kinds.count
            if place == kinds.count { kinds.append((part.kind, 0)) }
            let (description, assumed) = try part.description(index: kinds[place].count, slope: slope)
            kinds[place].count += 1
            described.append(description)
            for text in assumed {
                let name = description.path.isEmpty ? description.name : description.path
                if let index = sentences.firstIndex(where: { $0.text == text }) {
                    sentences[index].parts.append(name)
                } else {
                    sentences.append((text, [name]))
                }
            }
        }
        // Reports tell parts apart by name.
        let known = described.map(\.name), paths = described.map(\.path)
        for index in described.indices where known.count(where: { $0 == known[index] }) > 1 {
            let isNamed = !paths[index].isEmpty && paths.count(where: { $0 == paths[index] }) == 1
            described[index].name += " (\(isNamed ? paths[index] : "part \(index + 1)"))"
        }
        let names = parts.count == 1 ? "one part" : "\(parts.count) parts"
        title =
            "discriminator with \(names): \(described.prefix(8).map(\.name).joined(separator: ", "))\(parts.count > 8 ? ", …" : "")"
        description = DiscriminatorDescription(name: title, sampleRate: sampleRate, subDiscriminators: described)
        assumptions =
            kinds.map { InferredPart.inputAssumption($0.kind, count: $0.count) }
            + sentences.map { text, names in
                let shown =
                    names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
                return "\(shown): \(text)"
            }
            + [
                "a LeakyReLU of slope \(slope) is assumed behind every convolution but the last; activations are not in the file"
            ]
    }
}
