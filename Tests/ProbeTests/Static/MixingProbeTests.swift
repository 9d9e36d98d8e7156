import Codec
import Probe
import Testing

@Suite struct MixingProbeTests {
    @Test func theOriginsNetMixesInItsDenseLayer() throws {
        let report = MixingProbe.reports(of: .originGrouped())[0]
        #expect(report.firstChannels == 16)
        #expect(report.layers.map(\.fewest) == [1, 4, 4, 4, 4, 16, 16])
        #expect(report.layers.map(\.most) == [1, 4, 4, 4, 4, 16, 16])
        #expect(report.completeAt == "convs.5")
        #expect(report.naiveGroupProduct == 1_048_576)
        #expect(abs(report.layers[4].weightShare - Double(388_352 + 240) / 5_634_544) < 1e-12)
        #expect(abs(report.weightShareAfterMixing - Double(5_242_880 + 3_072) / 5_634_544) < 1e-12)
    }

    @Test func bandsMeetInTheHead() throws {
        let reports = MixingProbe.reports(of: .dac())
        #expect(reports[0].completeAt == "convs.1.0" && reports[0].firstChannels == 32)
        let bands = reports[5]
        #expect(bands.firstChannels == 160)
        #expect(bands.layers.prefix(5).map(\.fewest) == [1, 32, 32, 32, 32])
        #expect(bands.layers.last.map { [$0.fewest, $0.most] } == [160, 160])
        #expect(bands.completeAt == "band_convs.0.1.0")
    }

    @Test func groupsUpToTheHeadNeverMix() {
        let report = MixingProbe.reports(of: stack(groups: [1, 2, 2, 2], widths: [1, 4, 4, 4, 2]))[0]
        #expect(report.completeAt == nil && report.weightShareAfterMixing == 0)
    }

    /// Changes one first-layer channel of a real net and looks which units change.
    @Test(arguments: 0..<12)
    func reachIsWhatAPerturbationReaches(_ seed: Int) throws {
        var random = RandomSource(seed: UInt64(seed))
        let widths = [1] + (0..<5).map { _ in [4, 6, 8, 12, 24].randomElement(using: &random) ?? 4 } + [1]
        let groups =
            [1]
            + (1..<6).map { index in
                let common = (1...24).filter { widths[index] % $0 == 0 && widths[index + 1] % $0 == 0 }
                return common.randomElement(using: &random) ?? 1
            }
        let description = stack(groups: groups, widths: widths)
        let net = Discriminator(description, using: &random)
        let layers = net.subDiscriminators[0].layers
        let first = withoutGradients { layers[0](Tensor.normal([1, 1, 9], using: &random)) }
        let plain = activations(layers.dropFirst(), first)
        var reached = plain.map { [Int](repeating: 0, count: $0.shape[1]) }
        for channel in 0..<widths[1] {
            var values = first.values
            for position in 0..<9 { values[channel * 9 + position] += 1 }
            let changed = activations(layers.dropFirst(), Tensor(values, shape: first.shape))
            for layer in plain.indices {
                let length = plain[layer].shape[2]
                for unit in reached[layer].indices {
                    let range = (unit * length)..<((unit + 1) * length)
                    if plain[layer].values[range] != changed[layer].values[range] { reached[layer][unit] += 1 }
                }
            }
        }
        let report = MixingProbe.reports(of: description)[0]
        #expect(report.layers.dropFirst().map(\.fewest) == reached.map { $0.min() ?? -1 }, "\(widths) \(groups)")
        #expect(report.layers.dropFirst().map(\.most) == reached.map { $0.max() ?? -1 }, "\(widths) \(groups)")
    }

    private func activations(_ layers: ArraySlice<DiscriminatorLayer>, _ input: Tensor) -> [Tensor] {
        withoutGradients {
            var signal = input
            return layers.map { layer in
                signal = layer(signal)
                return signal
            }
        }
    }

    /// A chain of convolutions over the waveform; the last is the head.
    private func stack(groups: [Int], widths: [Int]) -> DiscriminatorDescription {
        let layers = groups.indices.map { index in
            DiscriminatorLayerDescription(
                "l\(index)",
                widths[index],
                widths[index + 1],
                kernel: [3],
                groups: groups[index],
                slope: 0.2
            )
        }
        let part = SubDiscriminatorDescription(
            name: "stack",
            path: "stack",
            input: .waveform(.none),
            layers: Array(layers.dropLast()),
            head: layers[layers.count - 1]
        )
        return DiscriminatorDescription(name: "stack", sampleRate: 16_000, subDiscriminators: [part])
    }
}
