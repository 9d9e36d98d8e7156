import Experiments
import Foundation
import HealthRules
import Testing

struct OriginResultTests {
    private func run(_ cell: String, seed: UInt64, _ values: [OriginMetric: Double]) -> OriginRun {
        OriginRun(
            cell: cell,
            seed: seed,
            discriminatorParameters: values[.discriminatorLoss] == nil ? 0 : 7,
            epochs: [OriginEpoch(epoch: 1, steps: 10, values: values)],
            leftBlindAt: seed == 0 ? nil : 12,
            errors: ["ADV001"],
            rootRule: "ADV001",
            rootName: "discriminator-blind",
            rootCause: "a | in a cause",
            seconds: 1
        )
    }

    private func result(_ runs: [OriginRun]) throws -> OriginExperiment.Result {
        try OriginExperiment(epochs: 1).result(of: runs)
    }

    private let failing: [OriginMetric: Double] = [
        .discriminatorLoss: 1.99, .featureLoss: 0.012, .snr: -2.44, .correlation: -0.02, .amplitudeRatio: 0.849,
        .codebookUsage: 0.05,
    ]

    @Test(arguments: [
        (OriginSymptom.blindDiscriminator, OriginMetric.discriminatorLoss, 1.9801, 1.9799),
        (.tinyFeatureLoss, .featureLoss, 0.0199, 0.02), (.noCorrelation, .correlation, 0.0999, 0.1),
        (.negativeSNR, .snr, -0.001, 0), (.unusedCodebooks, .codebookUsage, 0.0999, 0.1),
        (.noCorrelation, .correlation, .nan, 0.5), (.negativeSNR, .snr, .nan, 3),
        (.blindDiscriminator, .discriminatorLoss, 2.0199, .nan),
    ])
    func symptomsHaveTheirThresholds(symptom: OriginSymptom, metric: OriginMetric, present: Double, absent: Double) {
        #expect(symptom.isPresent(in: OriginEpoch(epoch: 1, steps: 1, values: [metric: present])) == true)
        #expect(symptom.isPresent(in: OriginEpoch(epoch: 1, steps: 1, values: [metric: absent])) == false)
        #expect(symptom.isPresent(in: OriginEpoch(epoch: 1, steps: 1, values: [:])) == nil)
    }

    @Test func conclusionsSayWhichChangeRemovedWhat() throws {
        var better = failing
        better[.correlation] = 0.4
        var alone = failing
        alone[.discriminatorLoss] = nil
        let result = try result([
            run("failing", seed: 0, failing), run("failing", seed: 1, failing), run("fixed", seed: 0, failing),
            run("reconstruction-15", seed: 0, better), run("repaired-quantizer", seed: 0, failing),
            run("repaired-quantizer", seed: 1, better), run("repaired-codec-alone", seed: 0, alone),
        ])
        #expect(
            result.conclusions[3]
                == "no-correlation (correlation below 0.1): in 2 of 2 failing runs; gone with reconstruction-15; "
                + "in some seeds with repaired-quantizer; in all seeds with fixed, repaired-codec-alone."
        )
        #expect(!result.conclusions[0].contains("repaired-codec-alone"))
        #expect(result.markdown.contains("| failing | 7 | never, 12 | 1.9900 (1.9900…1.9900) |"))
        #expect(result.markdown.contains("a \\| in a cause"))
    }

    @Test func aDiscriminatorIsStuckWhenNoEpochIsOffTheBlindValue() throws {
        func run(_ losses: [Double]) -> OriginRun {
            OriginRun(
                cell: "failing",
                seed: 0,
                discriminatorParameters: 1,
                epochs: losses.enumerated().map { index, loss in
                    OriginEpoch(epoch: index + 1, steps: index, values: [.discriminatorLoss: loss])
                },
                leftBlindAt: nil,
                errors: [],
                rootRule: nil,
                rootName: "",
                rootCause: "",
                seconds: 0
            )
        }
        #expect(OriginSymptom.stuckDiscriminator.isPresent(in: run([2, 1.99, 2.01])) == true)
        #expect(OriginSymptom.stuckDiscriminator.isPresent(in: run([2, 1.5, 2.01])) == false)
        #expect(OriginSymptom.blindDiscriminator.isPresent(in: run([2, 1.5, 2.01])) == true)
        #expect(OriginSymptom.stuckDiscriminator.isPresent(in: run([])) == nil)
        let result = try result([run([2, 1.5, 2.01])])
        #expect(result.epochCount(of: .blindDiscriminator, in: "failing") == (2, 3))
    }

    @Test func aSymptomThatIsNotThereIsNotRemoved() throws {
        let result = try result([run("failing", seed: 0, [.correlation: 0.9])])
        #expect(result.conclusions[3].hasSuffix("in 0 of 1 failing runs, so that it was not reproduced."))
    }

    @Test func valuesThatAreNotFiniteSurviveJSON() throws {
        let epoch = OriginEpoch(epoch: 2, steps: 9, values: [.snr: .nan, .correlation: 0.25, .featureLoss: .infinity])
        let back = try JSONDecoder().decode(OriginEpoch.self, from: JSONEncoder().encode(epoch))
        #expect(back[.snr]?.isNaN == true && back[.featureLoss] == .infinity && back[.correlation] == 0.25)
        #expect(back[.discriminatorLoss] == nil && back.epoch == 2 && back.steps == 9)
    }
}
