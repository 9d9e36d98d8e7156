import Testing
import TrainingMetrics

@testable import Probe

/// The answer follows from the numbers, whichever way they fall.
@Suite struct DiscriminatorAnswerTests {
    typealias Verdict = ProbeEvidence.Learning.Verdict

    private func network(
        grouped: Bool,
        _ verdict: Verdict?,
        changes: [(String, Verdict)] = [],
        nonFinite: Int = 0
    ) -> NetworkReport {
        var network = NetworkReport(
            name: "a net",
            weights: .trained,
            parameterCount: 1100,
            weightCount: 1000,
            denseWeightCount: grouped ? 4000 : 1000
        )
        network.mixing = [
            MixingReport(
                part: "scale 0",
                firstChannels: 16,
                layers: [
                    .init(name: "a", fewest: 1, most: 1, weightShare: 0.1),
                    .init(name: "b", fewest: 4, most: 4, weightShare: 0.2),
                    .init(name: "c", fewest: 16, most: 16, weightShare: 1),
                ],
                completeAt: "c",
                weightShareAfterMixing: 0.8,
                naiveGroupProduct: 4
            )
        ]
        if let verdict {
            var learning = LearningReport(
                conditions: "",
                family: "hinge",
                blindLoss: 2,
                steps: 50,
                seconds: 1,
                curve: [],
                parts: [],
                leftBlindAt: verdict == .able ? 12 : nil,
                gap: 1,
                heldOutAccuracy: 0.9,
                featureMatchingBefore: 1,
                featureMatchingAfter: 2,
                verdict: verdict,
                counterfactuals: changes.map {
                    .init(change: $0.0, verdict: $0.1, leftBlindAt: nil, finalLoss: 1, steps: 50)
                }
            )
            learning.finalLoss = 0.5
            network.learning = learning
        }
        if nonFinite > 0 {
            network.layerWeights = [
                LayerWeightReport(
                    name: "a",
                    shape: [16, 1, 3],
                    groups: 1,
                    norm: .nan,
                    spectralNorm: .nan,
                    stableRank: .nan,
                    effectiveRank: .nan,
                    medianEffectiveRank: .nan,
                    fullRank: 3,
                    initialEffectiveRank: 3,
                    deadFilters: 0,
                    nonFinite: nonFinite
                )
            ]
        }
        return network
    }

    private func answer(_ network: NetworkReport) -> String {
        var report = ProbeReport(kind: .discriminator, seed: 0)
        report.networks = [network]
        return DiscriminatorAnswer.sentences(of: report).joined(separator: " ")
    }

    @Test func sizeAndReachComeFirst() {
        let text = answer(network(grouped: true, nil))
        #expect(text.hasPrefix("a net has 1,100 parameters: its groups keep 1,000 of the 4,000 weights"))
        #expect(text.contains("25.0 %") && text.contains("4 of 16 first-layer channels until c joins them all; 80.0 %"))
        #expect(text.contains("undecided"))
    }

    private static let cases: [(grouped: Bool, verdict: Verdict, changes: [(String, Verdict)], says: String)] = [
        (true, .able, [], "grouping is not what keeps D at 2.0"),
        (false, .able, [], "the net is not what keeps D at 2.0"),
        (true, .unable, [("without groups", .able)], "grouping can be what keeps D at 2.0"),
        (true, .unable, [("without groups", .unable)], "grouping is not what keeps D at 2.0"),
        (true, .unable, [("learning rate × 10", .unable)], "undecided"),
        (
            true, .unable, [("learning rate × 10", .able), ("without groups", .able)],
            "learning rate × 10 with the same groups"
        ),
        (true, .undecided, [], "is undecided after so few steps"),
        (true, .slow, [("without groups", .able)], "slows this net down"),
        (true, .slow, [("without groups", .slow)], "no better"),
        (false, .unable, [("learning rate × 10", .able)], "learning rate × 10 is what it needs"),
        (false, .unable, [("learning rate × 10", .unable)], "not found"),
    ]

    @Test(arguments: Self.cases.indices) func theConclusionFollowsTheMeasurement(index: Int) {
        let (grouped, verdict, changes, says) = Self.cases[index]
        let text = answer(network(grouped: grouped, verdict, changes: changes))
        #expect(text.contains(says), "\(text)")
    }

    @Test func brokenWeightsAndInabilityAreFindings() {
        func isFinding(_ network: NetworkReport) -> Bool {
            var report = ProbeReport(kind: .discriminator, seed: 0)
            report.networks = [network]
            return report.isFinding
        }
        #expect(isFinding(network(grouped: true, .unable)))
        #expect(!isFinding(network(grouped: true, .slow)))
        #expect(!isFinding(network(grouped: true, nil)))
        #expect(isFinding(network(grouped: true, nil, nonFinite: 2)))
        let broken = answer(network(grouped: true, .unable, nonFinite: 2))
        #expect(broken.hasPrefix("2 of a net's weights are NaN") && broken.contains("nothing else can be judged"))
    }

    @Test func numbersReadAsPeopleWriteThem() {
        #expect(ReportText.count(16_913_859) == "16,913,859" && ReportText.count(999) == "999")
        #expect(ReportText.count(-1000) == "-1,000")
        #expect(ReportText.percent(0.0943814) == "9.44 %" && ReportText.percent(1) == "100 %")
        #expect(ReportText.percent(0.99999) == "over 99.9 %" && ReportText.percent(.nan) == "NaN")
        #expect(ReportText.number(2) == "2.0" && ReportText.number(0.31234) == "0.3123")
        #expect(ReportText.list(["scale 0", "scale 1", "scale 2"]) == "scale 0, 1 and 2")
        #expect(ReportText.list(["a", "b 1"]) == "a and b 1" && ReportText.list([]) == "")
    }
}
