import Foundation
import Probe
import Testing
import TrainingMetrics

/// What `check` reads again of a report that a probe saved.
@Suite struct SavedReportTests {
    /// A report about one network in which everything was measured, some of it NaN.
    private func report() -> ProbeReport {
        var network = NetworkReport(
            name: "a net",
            weights: .trained,
            parameterCount: 100,
            weightCount: 90,
            denseWeightCount: 360
        )
        network.mixing = [
            MixingReport(
                part: "scale 0",
                firstChannels: 16,
                layers: [
                    .init(name: "0", fewest: 1, most: 1, weightShare: 0.1),
                    .init(name: "1", fewest: 4, most: 4, weightShare: 0.3),
                    .init(name: "2", fewest: 16, most: 16, weightShare: 0.9),
                    .init(name: "post", fewest: 16, most: 16, weightShare: 1),
                ],
                completeAt: "2",
                weightShareAfterMixing: 0.7,
                naiveGroupProduct: 4
            )
        ]
        network.signal = SignalReport(parts: [.init(name: "scale 0")], startingLosses: [])
        network.signal?.parts[0].spreadAcrossInputs = .nan
        network.signal?.parts[0].speechFromNoise = -.infinity
        network.signal?.parts[0].logits = [
            .init(input: "speech", mean: 1, spread: 0), .init(input: "noise", mean: 3, spread: 0),
        ]
        network.signal?.parts[0].layers = [
            .init(name: "1", gain: 0.4, discriminatorGradient: 1, generatorGradient: 1)
        ]
        network.layerWeights = [
            LayerWeightReport(
                name: "scale 0.1",
                shape: [64, 4, 41],
                groups: 4,
                norm: 1,
                spectralNorm: 1,
                stableRank: 2,
                effectiveRank: 8,
                medianEffectiveRank: 9,
                fullRank: 16,
                initialEffectiveRank: 12,
                deadFilters: 3,
                nonFinite: 0
            )
        ]
        network.learning = LearningReport(
            conditions: "",
            family: "hinge",
            blindLoss: 2,
            steps: 50,
            seconds: 1,
            curve: [],
            parts: [],
            leftBlindAt: nil,
            gap: .nan,
            heldOutAccuracy: 0.5,
            featureMatchingBefore: 1,
            featureMatchingAfter: 2,
            verdict: .unable
        )
        network.learning?.remedy = "learning rate × 10"
        network.gatherEvidence(opponentParameterCount: 7)
        var report = ProbeReport(kind: .discriminator, seed: 1)
        report.networks = [network]
        return report
    }

    @Test func theEvidenceGathersWhatWasMeasured() throws {
        let evidence = try #require(report().evidence)
        #expect(evidence.subject == "a net" && evidence.weights == .trained && evidence.opponentParameterCount == 7)
        let mixing = try #require(evidence.mixing.first)
        #expect(mixing.reach == 1 && mixing.mixesBeforeHead && mixing.reachBeforeMixing == 0.25)
        #expect(evidence.logits.first?.mean == 2)
        let layer = try #require(evidence.layers.first)
        #expect(evidence.layers.map(\.name) == ["scale 0.1", "1 of scale 0"])
        #expect(evidence.layers.last?.gain == 0.4)
        #expect(layer.effectiveRank == 0.5 && layer.initialEffectiveRank == 0.75)
        #expect(layer.deadFilters == 3 && layer.filters == 64)
        #expect(evidence.learning?.remedy == "learning rate × 10" && evidence.learning?.featureMatching == 2)
    }

    @Test func whatIsReadIsWhatWasSavedNaNIncluded() throws {
        let saved = try report().json()
        let evidence = try #require(try SavedReport.evidence(in: saved))
        #expect(evidence.logits[0].spread.isNaN && evidence.logits[0].speechFromNoise == -.infinity)
        #expect(evidence.learning?.gap.isNaN == true)
        // NaN is unlike itself: compare the rest as text.
        #expect("\(evidence)" == "\(try #require(report().evidence))")
    }

    @Test func aReportWithoutEvidenceIsNoError() throws {
        #expect(try SavedReport.evidence(in: ProbeReport(kind: .layer, seed: 0).json()) == nil)
    }

    @Test func aLaterVersionIsNamed() throws {
        let later = try report().json().replacing(#""schema_version":1"#, with: #""schema_version":7"#)
        #expect(throws: SavedReport.Failure.newer(schemaVersion: 7)) { try SavedReport.evidence(in: later) }
        #expect("\(SavedReport.Failure.newer(schemaVersion: 7))".contains("Update"))
    }

    @Test func aDamagedReportIsAnErrorNeverACrash() throws {
        let saved = try report().json()
        for length in stride(from: 0, to: saved.count - 1, by: 13) {
            #expect(throws: SavedReport.Failure.damaged) { try SavedReport.evidence(in: String(saved.prefix(length))) }
        }
        for text in ["null", "[]", "7", "{}", #"{"schema_version":"1"}"#, #"{"schema_version":1,"evidence":[]}"#] {
            #expect(throws: SavedReport.Failure.damaged) { try SavedReport.evidence(in: text) }
        }
    }
}
