import Foundation
import TrainingMetrics

/// How rules spell levels, places and lists in their sentences.
enum Wording {
    /// Two decimals and the unit: `-2.44 dB`.
    static func decibels(_ value: Double) -> String {
        value.isFinite ? String(format: "%.2f dB", value) : "\(PlainNumber.text(value)) dB"
    }

    /// A correlation with two decimals.
    static func correlation(_ value: Double) -> String {
        value.isFinite ? String(format: "%.2f", value) : PlainNumber.text(value)
    }

    /// `1 record`, `3 records`.
    static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    /// `a, b and c`.
    static func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }

    /// Where a sample lies: `epoch 5`, `step 3000`, `record 7`. What was logged by epoch is named by epoch.
    static func place(_ series: MetricSeries, _ offset: Int, on axis: StepAxis) -> String {
        let place = named(series, offset, axis)
        return "\(place.unit) \(place.number)"
    }

    /// Where several samples lie: `epoch 5`, `epochs 5 and 10`, `steps 1000 to 9000`.
    static func places(_ series: MetricSeries, _ offsets: Range<Int>, on axis: StepAxis) -> String {
        guard let first = offsets.first, let last = offsets.last, first < last else {
            return offsets.first.map { place(series, $0, on: axis) } ?? ""
        }
        let link = offsets.count == 2 ? "and" : "to"
        let begin = named(series, first, axis)
        return "\(begin.unit)s \(begin.number) \(link) \(named(series, last, axis).number)"
    }

    private static func named(_ series: MetricSeries, _ offset: Int, _ axis: StepAxis) -> (unit: String, number: String)
    {
        let sample = series[offset]
        guard axis == .step, series.key.axis == .epoch, let epoch = sample.epoch else {
            return (axis.rawValue, "\(sample.position)")
        }
        return ("epoch", PlainNumber.text(epoch))
    }
}
