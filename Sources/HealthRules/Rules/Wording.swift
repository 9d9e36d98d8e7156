import Foundation
import TrainingMetrics

/// How rules spell numbers, places and lists in their sentences.
enum Wording {
    /// Three significant digits; plain digits up to a million, `NaN`, `inf` and `-inf` by name.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "inf" : "-inf" }
        if abs(value) >= 1000, abs(value) < 1e6 { return String(format: "%.0f", value) }
        return String(format: "%.3g", value)
    }

    /// Two decimals and the unit: `-2.44 dB`.
    static func decibels(_ value: Double) -> String {
        value.isFinite ? String(format: "%.2f dB", value) : "\(number(value)) dB"
    }

    /// A correlation with two decimals.
    static func correlation(_ value: Double) -> String {
        value.isFinite ? String(format: "%.2f", value) : number(value)
    }

    /// A share 0…1 as a percentage: `60 %`, `0.4 %`.
    static func percent(_ share: Double) -> String {
        let value = 100 * share
        guard value.isFinite else { return number(value) }
        return abs(value) >= 10 || value == 0 ? String(format: "%.0f %%", value) : String(format: "%.2g %%", value)
    }

    /// `1 record`, `3 records`.
    static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    /// `a, b and c`.
    static func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }

    /// Where a sample lies: `epoch 5`, `step 3000`, `record 7`.
    static func place(_ series: MetricSeries, _ offset: Int, on axis: StepAxis) -> String {
        "\(axis.rawValue) \(series[offset].position)"
    }

    /// Where several samples lie: `epoch 5`, `epochs 5 and 10`, `steps 1000 to 9000`.
    static func places(_ series: MetricSeries, _ offsets: Range<Int>, on axis: StepAxis) -> String {
        guard let first = offsets.first, let last = offsets.last, first < last else {
            return offsets.first.map { place(series, $0, on: axis) } ?? ""
        }
        let link = offsets.count == 2 ? "and" : "to"
        return "\(axis.rawValue)s \(series[first].position) \(link) \(series[last].position)"
    }
}
