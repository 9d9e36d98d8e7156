import Foundation
import HealthReport
import RunStore
import TrainingMetrics

/// What `ingest` says of a source.
struct IngestSummary {
    private let report: IngestReport
    private let metrics: [[MetricRecord]]
    private let passedOver: [String]

    /// A summary of a report; `metrics` are those of each of its runs, `passedOver` says what its sources hold beside
    /// numbers.
    init(_ report: IngestReport, metrics: [[MetricRecord]], passedOver: [String]) {
        self.report = report
        self.metrics = metrics
        self.passedOver = passedOver
    }

    /// For people: one line a run, then what could not be used and what is not understood.
    func text() -> String {
        var lines: [String] = []
        let path = TerminalText.escaped(report.path, width: 80)
        let what =
            switch report.status {
            case .new: "\(report.newSamples) samples"
            case .grown: "\(report.newSamples) new samples"
            case .unchanged: "nothing new"
            case .rewritten: "\(report.newSamples) new samples (the document was written anew)"
            case .replaced: "\(report.newSamples) samples (the file was replaced: a new run)"
            }
        for (run, metrics) in zip(report.runs, metrics) {
            let known = metrics.filter { $0.interpretation.role != .unknown }.count
            lines.append(
                "run \(run.id) \(TerminalText.escaped(run.name, width: 40)): \(what), "
                    + "\(metrics.count) metrics, \(known) with a known role  (\(path), \(report.format.rawValue), "
                    + "\(report.lines) \(report.format.recordName)s)"
            )
            let unknown = metrics.filter { $0.interpretation.role == .unknown }.map {
                TerminalText.escaped($0.key.name, width: 30)
            }
            if !unknown.isEmpty {
                let more = unknown.count > 8 ? ", … \(unknown.count - 8) more" : ""
                lines.append(
                    "  without a role: \(unknown.prefix(8).joined(separator: ", "))\(more); name one with --map NAME=ROLE"
                )
            }
            if !metrics.contains(where: { $0.interpretation.role.isLoss }) { lines.append("  no loss found") }
        }
        for text in passedOver { lines.append("  not scalar: \(TerminalText.escaped(text, width: 80))") }
        if report.rejected > 0 {
            lines.append("  \(report.rejected) could not be used:")
            for rejection in report.rejections.prefix(5) {
                lines.append(
                    "    \(report.format.recordName) \(rejection.line): \(TerminalText.escaped(rejection.reason, width: 70)): "
                        + TerminalText.escaped(rejection.text, width: 60)
                )
            }
            if report.rejected > 5 {
                lines.append("    … the first \(min(report.rejected, 100)) are kept in the table rejected_line")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// For programs.
    func json() throws -> String {
        struct EncodedRejection: Encodable {
            let line: Int
            let reason: String
            let text: String
        }
        struct EncodedReport: Encodable {
            let path: String
            let format: String
            let status: String
            let runs: [EncodedRun]
            let newSamples: Int
            let lines: Int
            let rejected: Int
            let rejections: [EncodedRejection]
        }
        return try JSONText.render(
            EncodedReport(
                path: report.path,
                format: report.format.rawValue,
                status: report.status.rawValue,
                runs: report.runs.map(EncodedRun.init),
                newSamples: report.newSamples,
                lines: report.lines,
                rejected: report.rejected,
                rejections: report.rejections.map {
                    EncodedRejection(line: $0.line, reason: $0.reason, text: $0.text)
                }
            )
        ) + "\n"
    }
}
