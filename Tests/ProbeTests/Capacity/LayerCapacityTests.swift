import Codec
import Foundation
import Probe
import Testing

@Suite struct LayerCapacityTests {
    private func report(_ text: String, seconds: Double = 0.3, seed: UInt64 = 1) throws -> LayerCapacityReport {
        LayerCapacityProbe.report(of: try LayerText.parse(text), place: "", seconds: seconds, seed: seed)
    }

    private func share(
        _ report: LayerCapacityReport,
        _ candidate: LayerCapacityReport.Candidate,
        _ target: LayerCapacityReport.Target = .denseLinear
    ) throws -> LayerCapacityReport.Result {
        try #require(report.results.first { $0.candidate == candidate && $0.target == target && $0.inputs == .white })
    }

    /// With white inputs a layer of g groups explains exactly 1/g of a random dense target, whatever its taps, stride, dilation or
    /// dimensions, and whatever part of it is measured. A dense layer makes all of it; through few channels less.
    @Test(arguments: [
        ("conv1d 16 64 k41 s4 g4", 4.0), ("conv1d 64 64 k3 s2 d3 g8", 8), ("conv2d 32 32 k3x9 s1x2 g4", 4),
        ("conv1d 13 13 k5 g13", 13), ("conv1d 64 128 k41 s4 g16", 16), ("conv1d 4096 64 k7 g2", 2),
        ("conv1d 512 512 k41 s4 g128", 128),
    ])
    func whiteInputsGiveTheKnownShare(text: String, groups: Double) throws {
        let report = try report(text)
        let grouped = try share(report, .grouped)
        #expect(grouped.exact == 1 / groups)
        let found = try #require(grouped.leastSquares)
        #expect(abs(found * groups - 1) < 0.3, "\(text): \(found)")
        let dense = try share(report, .denseSameShape)
        #expect(try #require(dense.leastSquares) > 0.999)
        #expect(try #require(share(report, .denseSameParameters).leastSquares) < 0.999)
    }

    @Test func trainingFindsWhatLeastSquaresFinds() throws {
        let report = try report("conv1d 16 16 k3 g4", seconds: 3)
        let result = try share(report, .grouped)
        let (best, trained) = (try #require(result.leastSquares), try #require(result.gradient))
        #expect(abs(best - trained) < 0.05, "\(best), \(trained)")
    }

    @Test func productsAcrossGroupsNeedADenseLayer() throws {
        let report = try report("conv1d 64 64 k5 g16", seconds: 2.5)
        let grouped = try #require(share(report, .grouped, .crossGroupProducts).gradient)
        #expect(abs(grouped) < 0.02)
        #expect(try #require(share(report, .denseSameShape, .crossGroupProducts).gradient) > 0.5)
        #expect(try #require(share(report, .groupedThenDense, .crossGroupProducts).gradient) > 0.4)
        #expect(try #require(share(report, .grouped, .withinGroupProducts).gradient) > 0.4)
    }

    @Test(arguments: [
        "conv1d 1 1 k1", "conv1d 16 16 k3", "conv1d 7 7 k1 g7", "conv2d 5 10 k3x1 g5", "conv1d 2 6 k1 g2",
        "conv1d 3000 3000 k1 g3000", "conv1d 8 8 k1048576 g2", "conv2d 8 8 k1000x1000 s3x3 g8",
        "conv1d 1048576 1048576 k1 s1048576 d1048576 g1048576",
    ])
    func unusualLayersAreMeasured(text: String) throws {
        let report = try report(text, seconds: 10)
        #expect(!report.results.isEmpty && !report.summary.isEmpty)
        #expect(report.results.allSatisfy { ($0.leastSquares ?? $0.gradient ?? .nan).isFinite })
        #expect(report.layer == text)
    }

    @Test func withoutGroupsThereIsNothingToCompare() throws {
        let report = try report("conv1d 16 16 k3")
        #expect(Set(report.results.map(\.candidate)) == [.grouped])
        #expect(try #require(share(report, .grouped).leastSquares) > 0.999)
        #expect(report.weightShare == 1)
    }

    /// Filters of one waveform, as a first layer makes them, through a second one of few taps.
    private func correlated(_ channels: Int, seed: UInt64) -> Tensor {
        var random = RandomSource(seed: seed)
        var fixed = RandomSource(seed: 99)
        let filters = Tensor.normal([channels, 1, 31], using: &fixed)
        return Tensor.normal([1, 1, 10_000], using: &random).conv1d(filters, stride: 2)
    }

    @Test(arguments: ["conv1d 32 64 k11 s4 g8", "conv1d 64 64 k41 s4 g16"])
    func theTimeChangesNothing(text: String) throws {
        let layer = try LayerText.parse(text)
        let features = (correlated(layer.inputChannels, seed: 1), correlated(layer.inputChannels, seed: 2))
        let reports = [0.05, 4].map {
            LayerCapacityProbe.report(of: layer, seconds: $0, seed: 1, features: features)
        }
        let shares = reports.map { $0.results.compactMap(\.leastSquares) }
        #expect(shares[0].count == 6 && shares[0] == shares[1])
    }

    /// More taps of its own tell a group more of other channels: the layer must be measured with all of them.
    @Test func tapsHelpOnCorrelatedInputs() throws {
        let features = (correlated(32, seed: 1), correlated(32, seed: 2))
        let shares = try ["conv1d 32 32 k2 g16", "conv1d 32 32 k20 g16"].map { text in
            let report = LayerCapacityProbe.report(of: try LayerText.parse(text), seed: 1, features: features)
            let result = report.results.first { $0.candidate == .grouped && $0.inputs == .features }
            return try #require(result?.leastSquares)
        }
        #expect(shares[1] > shares[0] + 0.05 && shares[1] < 1.01, "\(shares)")
    }

    /// Over many seeds the measurement is right in the mean, and none is far below 0, however little there is to explain.
    @Test func littleIsMeasuredWithoutBias() throws {
        let shares = try (0..<4).map { seed in
            try #require(share(report("conv1d 512 64 k9 g64", seed: UInt64(seed)), .grouped).leastSquares)
        }
        let mean = shares.reduce(0, +) / Double(shares.count)
        #expect(abs(mean * 64 - 1) < 0.12 && shares.allSatisfy { $0 > 0 }, "\(shares)")
    }

    /// Weights 256 × 1024 through 6 channels, against the largest eigenvalue of such weights' covariance.
    @Test func fewChannelsHoldWhatRandomWeightsPutThere() throws {
        let report = try report("conv1d 128 256 k8 g32")
        let small = try #require(share(report, .denseSameParameters).leastSquares)
        var random = RandomSource(seed: 3)
        let weights = Tensor.normal([256, 1024], using: &random)
        var moments = SecondMoments(variables: 256)
        moments.add(weights)
        let rank = 256 * 32 / (1024 + 256)
        // The trace of the 64th power is the sum of the eigenvalues' 64th powers, hardly more than the largest's.
        var power = moments.covariance
        let trace = (0..<256).reduce(0) { $0 + power[$1, $1] }
        for _ in 0..<6 { power = power.times(power) }
        let largest = pow((0..<256).reduce(0) { $0 + power[$1, $1] }, 1.0 / 64)
        #expect(small < Double(rank) * largest / trace && small > 0.9 * Double(rank) * largest / trace)
    }

    @Test func equalSeedsGiveEqualNumbers() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let (a, b) = (try report("conv1d 16 32 k3 g4"), try report("conv1d 16 32 k3 g4"))
        let (first, second) = (try encoder.encode(a), try encoder.encode(b))
        #expect(first == second)
        let other = try report("conv1d 16 32 k3 g4", seed: 2)
        let shares = (try share(other, .grouped).leastSquares, try share(a, .grouped).leastSquares)
        #expect(shares.0 != shares.1)
    }

    /// Channels that are copies of each other lose nothing by groups.
    @Test func groupsCostNothingWhereChannelsAgree() throws {
        var random = RandomSource(seed: 4)
        func copies() -> Tensor {
            let one = Tensor.normal([1, 1, 6000], using: &random)
            return .concatenated([Tensor](repeating: one, count: 8), dimension: 1)
        }
        let report = LayerCapacityProbe.report(
            of: try LayerText.parse("conv1d 8 8 k3 g4"),
            seconds: 0.3,
            seed: 1,
            features: (copies(), copies())
        )
        let grouped = try #require(
            report.results.first { $0.candidate == .grouped && $0.inputs == .features }?.leastSquares
        )
        #expect(grouped > 0.999)
    }

    @Test(arguments: [Float.nan, .infinity, 0])
    func brokenFeaturesAreSaidAndDoNotStop(value: Float) throws {
        var random = RandomSource(seed: 4)
        var values = Tensor.normal([1, 8, 5000], using: &random).values
        if value == 0 { values = values.map { _ in 0 } } else { values[7] = value }
        let features = Tensor(values, shape: [1, 8, 5000])
        let report = LayerCapacityProbe.report(
            of: try LayerText.parse("conv1d 8 8 k3 g4"),
            seconds: 0.1,
            seed: 1,
            features: (features, features)
        )
        #expect(report.results.filter { $0.inputs == .features }.allSatisfy { $0.leastSquares?.isNaN != false })
        #expect(report.summary.contains("not measurable"))
    }

    @Test func featuresShorterThanAWindowAreSaid() throws {
        let short = Tensor(repeating: 1, shape: [1, 8, 2])
        let report = LayerCapacityProbe.report(
            of: try LayerText.parse("conv1d 8 8 k3 g4"),
            seconds: 0.1,
            seed: 1,
            features: (short, short)
        )
        #expect(report.conditions.contains("too short"))
        #expect(report.results.allSatisfy { $0.inputs == .white })
    }

    private func noise(seconds: Int) -> AudioSignal {
        var random = RandomSource(seed: 8)
        return AudioSignal(mono: (0..<(seconds * 4_000)).map { _ in 0.1 * random.normal() }, sampleRate: 4_000)
    }

    @Test func groupedLayersOfANetAreMeasuredOnWhatItsFirstLayersMake() throws {
        func layer(_ name: String, _ inputs: Int, groups: Int) -> DiscriminatorLayerDescription {
            DiscriminatorLayerDescription(name, inputs, 8, kernel: [5], stride: [2], groups: groups, slope: 0.2)
        }
        let net = DiscriminatorDescription(
            name: "small",
            sampleRate: 4_000,
            subDiscriminators: [
                SubDiscriminatorDescription(
                    name: "scale 0",
                    path: "discriminators.0",
                    input: .waveform(.none),
                    layers: [
                        layer("convs.0", 1, groups: 1), layer("convs.1", 8, groups: 4), layer("convs.2", 8, groups: 4),
                    ],
                    head: layer("conv_post", 8, groups: 1)
                )
            ]
        )
        let reports = LayerCapacityProbe.reports(of: net, audio: [noise(seconds: 4)], seconds: 0.2, seed: 1)
        #expect(reports.map(\.place) == ["convs.1 of scale 0"])
        let shares = LayerCapacityReport.Inputs.allCases.map { inputs in
            reports[0].results.first { $0.candidate == .grouped && $0.inputs == inputs }?.leastSquares ?? .nan
        }
        // Eight filters of one waveform have much in common.
        #expect(abs(shares[0] - 0.25) < 0.05 && shares[1] > 0.5 && shares[1] < 1)
    }

    @Test(arguments: ["conv1d 64 64 k5 g16", "conv2d 4 4 k3x3 g2", "conv1d 7 7 k3 g7"])
    func aLayerAloneGetsAStandInBeforeIt(text: String) throws {
        let layer = try LayerText.parse(text)
        let report = LayerCapacityProbe.report(of: layer, seconds: 0.2, seed: 1, audio: [noise(seconds: 4)])
        #expect(report.conditions.contains("stand-in"))
        let features = report.results.filter { $0.inputs == .features }
        #expect(features.count == 3 && features.allSatisfy { $0.leastSquares?.isFinite == true })
        let short = LayerCapacityProbe.report(of: layer, seconds: 0.1, seed: 1, audio: [noise(seconds: 1)])
        #expect(short.conditions.contains("no features") && short.results.allSatisfy { $0.inputs == .white })
    }
}
