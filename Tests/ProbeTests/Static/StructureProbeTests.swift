import Codec
import Probe
import Testing

@Suite struct StructureProbeTests {
    static let nets = [
        NarrowNets.mixed, NarrowNets.dense(.originGrouped()),
        NarrowNets.dense(.dac(sampleRate: 16_000, rates: [1, 2])),
    ]

    @Test(arguments: nets)
    func multiplyAddsAreThoseOfTheRealOutputsOfOneSecond(_ description: DiscriminatorDescription) {
        var random = RandomSource(seed: 1)
        let net = Discriminator(description, using: &random)
        let audio = Tensor.normal([1, 1, description.sampleRate], using: &random)
        let output = withoutGradients { net.output(of: audio) }
        for (report, part) in zip(StructureProbe.reports(of: description), output.parts) {
            let maps = part.features + [part.logits]
            #expect(report.layers.count == maps.count)
            for (layer, map) in zip(report.layers, maps) {
                let weights = layer.shape.dropFirst().reduce(1, *)
                #expect(layer.multiplyAdds == Double(map.count * weights), "\(report.part) \(layer.name) \(map.shape)")
            }
        }
    }

    /// One logit's gradient is not zero exactly at the samples the logit depends on.
    @Test(arguments: nets)
    func stridesAndReceptiveFieldsAreThoseOfTheRealGradient(_ description: DiscriminatorDescription) throws {
        var random = RandomSource(seed: 2)
        var description = description
        description.preprocessing = .none
        let net = Discriminator(description, using: &random)
        let length = 2 * description.sampleRate
        let noise = Tensor.normal([1, 1, length], using: &random).values
        for (index, report) in StructureProbe.reports(of: description).enumerated() {
            let expected = try #require(report.layers.last)
            let input = description.subDiscriminators[index].input
            let isBins = if case .spectrogram(_, _, .binsFrames) = input { true } else { false }
            let dimension = isBins ? 3 : 2
            // Two neighbouring logits in the middle of the audio.
            var ends: [ClosedRange<Int>] = []
            for place in 0...1 {
                let audio = Tensor(noise, shape: [1, 1, length], requiresGradient: true)
                let logits = net.output(of: audio).parts[index].logits
                let middle = logits.shape[dimension] / 2 + place
                var one = logits.sliced(dimension: dimension, range: middle..<(middle + 1))
                if case .period(let period, _) = input {
                    one = one.sliced(dimension: 3, range: (one.shape[3] / 2)..<(one.shape[3] / 2 + 1))
                    #expect(one.shape[3] <= period)
                }
                one.sum().backward()
                let seen = try #require(audio.gradient).values.map(abs)
                let limit = (seen.max() ?? 0) * 1e-12
                let first = try #require(seen.firstIndex { $0 > limit })
                let last = try #require(seen.lastIndex { $0 > limit })
                ends.append(first...last)
            }
            let isUneven = if case .waveform(.resample(3, _)) = input { true } else { false }
            let isWindowed = if case .spectrogram = input { true } else { false }
            // A Hann window's first sample is 0; where rows fall between samples, ends are rounded.
            let slack = isUneven || isWindowed ? 1 : 0
            #expect(abs(ends[0].count - expected.receptiveField) <= slack, "\(report.part): \(ends[0])")
            #expect(
                abs(ends[1].lowerBound - ends[0].lowerBound - expected.totalStride) <= (isUneven ? 1 : 0),
                "\(report.part)"
            )
        }
    }

    @Test func theOriginsNetHasTheParametersAndSharesOfItsAnalysis() {
        let reports = StructureProbe.reports(of: .originGrouped())
        let layers = reports.flatMap(\.layers)
        #expect(layers.reduce(0) { $0 + $1.parameters } == 16_913_859)
        #expect(reports[0].layers.map(\.fanIn) == [15, 164, 164, 164, 164, 5120, 3072])
        #expect(reports[0].layers[3].denseParameters - 1024 == 10_747_904)
        #expect(reports[0].layers.map(\.totalStride) == [1, 4, 16, 64, 256, 256, 256])
        // 15, then 40 taps at strides 1, 4, 16 and 64, 4 and 2 at 256.
        #expect(reports[0].layers.last?.receptiveField == 15 + 40 * (1 + 4 + 16 + 64) + 4 * 256 + 2 * 256)
        #expect(reports[1].layers[1].totalStride == 8)
        #expect(reports[0].layers.last.map { abs($0.receptiveFieldMilliseconds - 309.4375) < 1e-9 } == true)
    }

    @Test func aNetThatIsLongerThanASecondHasNoOutputs() {
        let layer = DiscriminatorLayerDescription("a", 1, 1, kernel: [201], padding: [0], slope: nil)
        let part = SubDiscriminatorDescription(
            name: "x",
            path: "x",
            input: .waveform(.none),
            layers: [layer],
            head: layer
        )
        let description = DiscriminatorDescription(name: "long", sampleRate: 100, subDiscriminators: [part])
        #expect(StructureProbe.reports(of: description)[0].layers.map(\.multiplyAdds) == [0, 0])
    }
}
