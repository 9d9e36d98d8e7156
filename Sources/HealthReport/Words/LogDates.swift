import Foundation
import TrainingMetrics

/// When a run was logged, by the log's own clock.
enum LogDates {
    /// `logged 2025-01-03 12:00 to 2025-01-04 08:30 UTC`; `nil` when the log has no clock, or only a clock that counts
    /// from the start.
    static func text(of history: RunHistory) -> String? {
        let times = history.series.flatMap { series in
            [series.times.first { $0.isFinite }, series.times.last { $0.isFinite }].compactMap { $0 }
        }
        guard let first = times.min(), let last = times.max(), first > 86_400 * 365, last < 253_402_300_800 else {
            return nil
        }
        let style = Date.ISO8601FormatStyle(dateTimeSeparator: .space).year().month().day().time(
            includingFractionalSeconds: false
        )
        func text(_ time: Double) -> String { String(Date(timeIntervalSince1970: time).formatted(style).prefix(16)) }
        return "logged \(text(first)) to \(text(last)) UTC"
    }
}
