import Codec
import Foundation
import TrainingMetrics

/// Every measurement as a line of JSON Lines: what sinks that lost something are filled again from.
final class MetricsLog: MetricSink {
    /// The file.
    let file: AppendedFile

    init(_ file: AppendedFile) { self.file = file }

    /// Writes what is known of the run; the first line of a log.
    func begin(with facts: [Fact]) throws(FileFailure) { try file.append(MeasuredLine.text(of: facts)) }

    /// Writes a line.
    func record(_ measured: MeasuredStep) throws(FileFailure) { try file.append(MeasuredLine.text(of: measured)) }

    /// Makes what was written survive the loss of power.
    func flush() throws(FileFailure) { try file.synchronize() }

    /// Everything that was written. Throws ``TrainingRunError/unreadable(path:reason:)``.
    func records() throws(TrainingRunError) -> [MeasuredStep] {
        let text: String
        do {
            text = try String(contentsOfFile: file.path, encoding: .utf8)
        } catch {
            throw .unreadable(path: file.path, reason: RunFolder.reason(error))
        }
        var records: [MeasuredStep] = []
        for (index, line) in text.split(separator: "\n").enumerated() {
            if index == 0, MeasuredLine.isFacts(line) { continue }
            guard let record = MeasuredLine.measured(line) else {
                throw .unreadable(path: file.path, reason: "line \(index + 1) is no measurement of a run")
            }
            records.append(record)
        }
        return records
    }
}
