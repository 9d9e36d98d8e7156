import Codec
import Probe
import Testing

@Suite struct WeightProbeTests {
    @Test func aFreshNetIsLikeAFreshNet() throws {
        var random = RandomSource(seed: 3)
        let reports = WeightProbe.reports(of: Discriminator(narrow, using: &random), seed: 9)
        #expect(reports.map(\.name) == ["net.a", "net.b", "net.post"])
        for report in reports {
            #expect(report.deadFilters == 0 && report.nonFinite == 0)
            #expect(abs(report.effectiveRank / report.initialEffectiveRank - 1) < 0.1, "\(report.name)")
            #expect(report.effectiveRank <= report.medianEffectiveRank)
            #expect(report.effectiveRank <= Double(report.fullRank) + 1e-9)
            #expect(report.stableRank <= report.effectiveRank * Double(report.fullRank))
            #expect(report.smallestGain.map { $0 > 0 } == true)
        }
    }

    @Test func theWorstGroupCounts() throws {
        var random = RandomSource(seed: 4)
        let net = Discriminator(narrow, using: &random)
        var weights = net.stateDictionary
        // The second of b's four groups: all filters alike.
        var values = try #require(weights["net.b.weight_v"]).values
        let filter = 2 * 5
        for row in 2..<4 { for tap in 0..<filter { values[row * filter + tap] = Float(tap + 1) } }
        weights["net.b.weight_v"] = Tensor(values, shape: [8, 2, 5])
        try net.load(weights)
        let report = WeightProbe.reports(of: net, seed: 9)[1]
        #expect(abs(report.effectiveRank - 1) < 1e-6 && abs(report.stableRank - 1) < 1e-9)
        #expect(report.medianEffectiveRank > 1.5 && report.fullRank == 2)
    }

    @Test func deadFiltersAndValuesThatAreNotFiniteAreCounted() throws {
        var random = RandomSource(seed: 5)
        let net = Discriminator(narrow, using: &random)
        var weights = net.stateDictionary
        let gains = try #require(weights["net.a.weight_g"]).values
        weights["net.a.weight_g"] = Tensor([0, gains[1] * 1e-5] + gains[2...], shape: [8, 1, 1])
        var bias = try #require(weights["net.b.bias"]).values
        bias[0] = .nan
        weights["net.b.bias"] = Tensor(bias, shape: [8])
        var post = try #require(weights["net.post.weight_v"]).values
        post[3] = .infinity
        weights["net.post.weight_v"] = Tensor(post, shape: [1, 8, 3])
        try net.load(weights)
        let reports = WeightProbe.reports(of: net, seed: 9)
        #expect(reports.map(\.deadFilters) == [2, 0, 0])
        #expect(reports.map(\.nonFinite) == [0, 1, 1])
        #expect(reports[1].effectiveRank.isFinite && reports[0].smallestGain == 0)
        #expect(reports[2].effectiveRank.isNaN && reports[2].norm.isNaN && reports[2].spectralNorm.isNaN)
    }

    @Test func aLayerOfZerosHasNoRank() throws {
        var random = RandomSource(seed: 6)
        let net = Discriminator(
            narrow.mappingLayers {
                var layer = $0; layer.normalization = .none; return layer
            },
            using: &random
        )
        var weights = net.stateDictionary
        weights["net.a.weight"] = Tensor([Float](repeating: 0, count: 24), shape: [8, 1, 3])
        try net.load(weights)
        let report = WeightProbe.reports(of: net, seed: 9)[0]
        #expect([report.norm, report.spectralNorm, report.stableRank, report.effectiveRank] == [0, 0, 0, 0])
        #expect(report.deadFilters == 8 && report.smallestGain == nil)
    }

    private let narrow = DiscriminatorDescription(
        name: "narrow",
        sampleRate: 16_000,
        subDiscriminators: [
            SubDiscriminatorDescription(
                name: "net",
                path: "net",
                input: .waveform(.none),
                layers: [
                    .init("a", 1, 8, kernel: [3], slope: 0.1), .init("b", 8, 8, kernel: [5], groups: 4, slope: 0.1),
                ],
                head: .init("post", 8, 1, kernel: [3], slope: nil)
            )
        ]
    )
}
