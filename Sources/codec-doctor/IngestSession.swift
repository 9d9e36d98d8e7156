import Foundation
import HealthReport
import RunStore
import TrainingMetrics

/// Ingests a list of inputs and tells what came of each.
struct IngestSession {
    let store: RunStore
    let format: LogFormat?
    let name: String?
    let overrides: [RoleOverride]
    let facts: [Fact]
    let output: OutputOptions.Format

    /// Reads every input. An input that cannot be read is told at once and does not keep the others from being read.
    /// - Throws: `ExitStatus.couldNotRun` at the end when an input that was named could not be read.
    func ingest(_ inputs: [LogFiles.Input]) throws {
        let interpreter = MetricInterpreter(overrides: overrides)
        var failures = 0
        var readable = 0
        for input in inputs {
            do {
                let options = IngestOptions(format: format, runName: name) { interpreter.interpret($0) }
                let progress = ProgressLine(label: input.label)
                let report = try ingest(input, options) { progress.show($0) }
                progress.clear()
                for run in report.runs {
                    for fact in facts { try store.setFact(fact, of: run) }
                    if !overrides.isEmpty { try apply(overrides, to: run) }
                }
                readable += 1
                let facts = try report.runs.flatMap { try store.loggedFacts(of: $0) }
                let summary = IngestSummary(
                    report,
                    metrics: try report.runs.map { try store.metrics(of: $0) },
                    passedOver: facts.filter { $0.key == LoggedFact.passedOverKey }.map(\.value)
                )
                Console.write(output == .json ? try summary.json() : summary.text())
            } catch {
                // In a folder, a file that is no log is passed over; everything else is told and counted.
                if input.isFound, case .notALog(_, let reason, _)? = error as? IngestError {
                    Console.error("skipped \(input.label): \(reason)")
                    continue
                }
                failures += 1
                Console.error("codec-doctor: \(error)")
            }
        }
        if failures > 0 || readable == 0 {
            if readable == 0, failures == 0 { Console.error("codec-doctor: no log with a metric was found") }
            throw ExitStatus.couldNotRun
        }
    }

    private func ingest(
        _ input: LogFiles.Input,
        _ options: IngestOptions,
        _ progress: (IngestProgress) -> Void
    ) throws -> IngestReport {
        switch input.source {
        case .standardInput: return try store.ingest(.standardInput, options: options, progress: progress)
        case .group(let group):
            let result = try store.ingest(group, options: options, progress: progress)
            for skipped in result.skipped { Console.error("skipped \(skipped.path): \(skipped.reason)") }
            return result.report
        }
    }

    /// Roles given now hold from now on, for what was stored before as well.
    private func apply(_ overrides: [RoleOverride], to run: RunRecord) throws {
        let metrics = try store.metrics(of: run)
        let plain = MetricInterpreter().interpret(metrics.map(\.key))
        let corrected = MetricInterpreter(overrides: overrides).interpret(metrics.map(\.key))
        for (metric, pair) in zip(metrics, zip(plain, corrected)) where pair.0 != pair.1 {
            try store.setInterpretation(pair.1, of: metric)
        }
    }
}
