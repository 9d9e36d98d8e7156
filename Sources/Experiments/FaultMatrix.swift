import Codec
import HealthRules
public import SpeechData
import Training
import TrainingMetrics

/// Runs faulted and healthy trainings and has their logs diagnosed. Every run is small, deterministic, and kept in memory.
public struct FaultMatrix: Sendable {
    /// What is trained on, and what is held out.
    public let dataset: SpeechDataset
    /// What to multiply the number of epochs by; 1 for the whole runs of docs/faults.md.
    public let length: Double
    /// What becomes of the logs.
    public let logs: FaultLogs

    /// A matrix on the shipped speech.
    public init(length: Double = 1, logs: FaultLogs = .none) throws {
        self.init(dataset: try SpeechDataset.shipped(), length: length, logs: logs)
    }

    /// A matrix on this speech, of which two pieces of each held-out clip are validated on.
    public init(dataset: SpeechDataset, length: Double = 1, logs: FaultLogs = .none) {
        precondition(length > 0, "a run needs a length")
        self.dataset = dataset
        self.length = length
        self.logs = logs
    }

    /// Trains with a fault and judges the log. `progress` gets the share of the run that is done, 0…1.
    ///
    /// Throws what training throws, and ``FaultLogError``.
    public func run(
        _ fault: FaultCase,
        seed: UInt64,
        progress: (Double) -> Void = { _ in }
    ) throws -> FaultOutcome {
        let configuration = shortened(fault.configuration(seed: seed))
        let log = try logs.log(name: fault.name, seed: seed) {
            try FaultRun(configuration, fault.interventions(), dataset: dataset).measured(
                interruption: fault.interruption,
                progress: progress
            )
        }
        return try outcome(
            of: log,
            name: fault.name,
            summary: fault.summary,
            seed: seed,
            expectation: fault.expectation
        )
    }

    /// Trains without a fault and judges the log. `progress` gets the share of the run that is done, 0…1.
    ///
    /// Throws what training throws, and ``FaultLogError``.
    public func run(
        _ variation: HealthyVariation,
        seed: UInt64,
        progress: (Double) -> Void = { _ in }
    ) throws -> FaultOutcome {
        let configuration = shortened(variation.configuration(seed: seed))
        let log = try logs.log(name: variation.name, seed: seed) {
            try FaultRun(configuration, TrainingInterventions(), dataset: dataset).measured(
                interruption: .none,
                progress: progress
            )
        }
        return try outcome(of: log, name: variation.name, summary: variation.summary, seed: seed, expectation: nil)
    }

    private func shortened(_ configuration: TrainingConfiguration) -> TrainingConfiguration {
        var configuration = configuration
        configuration.epochs = max(1, Int((Double(configuration.epochs) * length).rounded()))
        return configuration
    }

    private func outcome(
        of log: FaultRun.Log,
        name: String,
        summary: String,
        seed: UInt64,
        expectation: FaultCase.Expectation?
    ) throws -> FaultOutcome {
        let checkup = try Checkup(
            history: RunHistory(log.text.measured, name: name),
            facts: RunFacts(log.text.facts)
        )
        let findings = checkup.results.findings.filter { $0.severity > .info }
        let sightings = findings.map { finding in
            FaultOutcome.Sighting(
                rule: finding.rule,
                name: finding.name,
                severity: finding.severity,
                firstStep: checkup.timeline.firstSight(of: finding)?.position,
                message: finding.message
            )
        }
        let root = checkup.firstRoot
        let cause = root?.firstCause ?? ""
        var missing = ""
        if case .invisible(let metric) = expectation { missing = metric }
        return FaultOutcome(
            name: name,
            summary: summary,
            seed: seed,
            verdict: Self.verdict(findings, cause: cause, expectation: expectation),
            sightings: sightings.sorted { ($0.firstStep ?? .max, -rank($0)) < ($1.firstStep ?? .max, -rank($1)) },
            rootRule: root?.rule,
            rootCause: cause,
            missingMetric: missing,
            steps: log.steps,
            seconds: log.seconds,
            lastValues: Self.lastValues(of: log.text.measured)
        )
    }

    private func rank(_ sighting: FaultOutcome.Sighting) -> Int { sighting.severity == .error ? 1 : 0 }

    private static func verdict(
        _ findings: [Finding],
        cause: String,
        expectation: FaultCase.Expectation?
    ) -> FaultOutcome.Verdict {
        let hasError = findings.contains { $0.severity == .error }
        switch expectation {
        case nil: return hasError ? .falseAlarm : .silent
        case .invisible: return hasError ? .falseAlarm : .invisible
        case .caught(let rules, let words):
            guard findings.contains(where: { rules.contains($0.rule) }) else { return .missed }
            return words.contains { cause.lowercased().contains($0) } ? .caught : .misnamed
        }
    }

    private static func lastValues(of measured: [MeasuredStep]) -> [FaultOutcome.NamedValue] {
        let telling: [(String, Split)] = [
            ("loss", .train), ("adv/disc_loss", .train), ("adv/gen_loss", .train), ("adv/feat_loss", .train),
            ("mel/loss", .train), ("mel/loss", .validation), ("snr", .validation), ("correlation", .validation),
            ("amplitude_ratio", .validation), ("perplexity/0", .validation), ("repeat_difference", .validation),
        ]
        return telling.compactMap { name, split in
            guard let value = measured.last(where: { $0.split == split && $0[name] != nil })?[name] else { return nil }
            return FaultOutcome.NamedValue(name: split == .train ? name : "val/\(name)", value: "\(value)")
        }
    }
}
