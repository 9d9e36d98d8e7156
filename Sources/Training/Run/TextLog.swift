import Codec
import Foundation
import TrainingMetrics

/// The log for people, in the origin's format: the means of every epoch when it ends, and what validation measured.
final class TextLog: MetricSink {
    /// The file.
    let file: AppendedFile
    private let stepsPerEpoch: Int
    private let epochs: Int
    private var sums: [(name: String, sum: Double, count: Int)] = []
    private var places: [String: Int] = [:]

    init(_ file: AppendedFile, stepsPerEpoch: Int, epochs: Int) {
        self.file = file
        self.stepsPerEpoch = stepsPerEpoch
        self.epochs = epochs
    }

    /// Takes a step's numbers, and writes their means when it ends an epoch; writes those of a validation at once.
    func record(_ measured: MeasuredStep) throws(FileFailure) {
        guard measured.split == .train else {
            return try write(TextLogLayout.validation(measured.values), time: measured.time)
        }
        add(measured.values)
        guard measured.step % Int64(stepsPerEpoch) == 0 else { return }
        let means = sums.map { TrainingMetrics.Measurement($0.name, $0.sum / Double($0.count)) }
        forget()
        try write(
            TextLogLayout.epoch(Int(measured.step) / stepsPerEpoch, of: epochs, means: means),
            time: measured.time
        )
    }

    /// Takes up again the unfinished epoch of records that were written before an interruption.
    func resume(from records: [MeasuredStep]) {
        forget()
        let training = records.filter { $0.split == .train }
        guard let last = training.last else { return }
        let begin = last.step / Int64(stepsPerEpoch) * Int64(stepsPerEpoch)
        for record in training where record.step > begin { add(record.values) }
    }

    /// Writes what is known of the run, a line each; the beginning of a log.
    func begin(with facts: [Fact]) throws(FileFailure) {
        try write(facts.map { "\($0.key.rawValue): \($0.value)" }, time: Date().timeIntervalSince1970)
    }

    /// Writes a remark.
    func note(_ text: String) throws(FileFailure) { try write([text], time: Date().timeIntervalSince1970) }

    /// Makes what was written survive the loss of power.
    func flush() throws(FileFailure) { try file.synchronize() }

    private func add(_ values: [TrainingMetrics.Measurement]) {
        for value in values {
            let place = places[value.name] ?? sums.count
            if place == sums.count {
                places[value.name] = place
                sums.append((value.name, 0, 0))
            }
            sums[place].sum += value.value
            sums[place].count += 1
        }
    }

    private func forget() { (sums, places) = ([], [:]) }

    private func write(_ lines: [String], time: Double) throws(FileFailure) {
        try file.append(lines.map { TextLogLayout.logged($0, time: time) }.joined())
    }
}
