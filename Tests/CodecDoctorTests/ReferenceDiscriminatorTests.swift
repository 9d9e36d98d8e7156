import Codec
import HealthRules
import Probe
import SpeechData
import Testing
import TrainingMetrics

/// Discriminators that are known to train well, as PyTorch would initialise them: no probe rule may warn of one.
@Suite struct ReferenceDiscriminatorTests {
    private static let sampleRate = 16_000

    /// What is known without running anything.
    private func described(_ description: DiscriminatorDescription, as name: String) -> NetworkReport {
        var network = NetworkReport(
            name: name,
            weights: .initial,
            parameterCount: description.parameterCount,
            weightCount: 0,
            denseWeightCount: 0
        )
        network.structures = StructureProbe.reports(of: description)
        network.mixing = MixingProbe.reports(of: description)
        return network
    }

    /// The evidence of a saved report about fresh weights, everything measured but learning.
    private func evidence(of name: String, seed: UInt64) throws -> ProbeEvidence {
        let description = try #require(DiscriminatorCatalogue.entry(named: name)).make(Self.sampleRate)
        var random = RandomSource(seed: seed)
        let net = Discriminator(description, using: &random)
        let audio = try ProbeAudio.make(
            from: Array(try ShippedSpeech.signals().prefix(3)),
            sampleRate: Self.sampleRate,
            seed: seed
        )
        var network = described(description, as: name)
        network.layerWeights = WeightProbe.reports(of: net, seed: seed)
        network.signal = SignalProbe.report(of: net, audio: audio, seed: seed)
        network.gatherEvidence()
        var report = ProbeReport(kind: .discriminator, seed: seed)
        report.networks = [network]
        return try #require(try SavedReport.evidence(in: report.json()))
    }

    private func findings(_ evidence: ProbeEvidence) -> [Finding] {
        let history = RunHistory(name: "", axis: .step, series: [])
        let run = RunView(history: history, facts: RunFacts(), probes: [evidence])
        return RuleRegistry.all.filter { $0.description.group == .probe }.flatMap { rule -> [Finding] in
            guard case .findings(let findings) = rule.evaluate(run) else { return [] }
            return findings
        }
    }

    @Test(
        arguments: [
            ("dac", 1), ("hifigan", 2), ("melgan", 3), ("melgan", 4), ("encodec", 1), ("encodec", 2), ("encodec", 3),
            ("bigvgan", 4),
        ] as [(String, UInt64)]
    )
    func aReferenceAtInitialisationRaisesNoWarning(_ name: String, _ seed: UInt64) throws {
        let evidence = try evidence(of: name, seed: seed)
        #expect(!evidence.mixing.isEmpty && evidence.logits.count == evidence.mixing.count)
        #expect(evidence.layers.contains { $0.gain != nil } && evidence.layers.contains { $0.effectiveRank != nil })
        let warnings = findings(evidence).filter { $0.severity > .info }
        #expect(warnings.isEmpty, "\(warnings.map(\.message))")
    }

    /// The origin's failing net, and the grouped nets of others, are named for what they are.
    @Test(arguments: [("origin-failing", true), ("melgan", true), ("hifigan-msd", true), ("encodec", false)])
    func groupsBeforeADenseLayerAreAnInfo(_ name: String, _ isMentioned: Bool) throws {
        let description = try #require(DiscriminatorCatalogue.entry(named: name)).make(Self.sampleRate)
        var network = described(description, as: name)
        network.gatherEvidence()
        let found = findings(network.evidence)
        #expect(found.map(\.rule) == (isMentioned ? ["PRB001"] : []))
        #expect(found.allSatisfy { $0.severity == .info && $0.message.contains("25 %") })
    }
}
