import Foundation

/// Spans of time as people read them.
enum DurationText {
    /// `0:07`, `12:34`, `3:05:00`; rounded up to whole seconds.
    static func clock(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e9 else { return "?" }
        let whole = max(0, Int(seconds.rounded(.up)))
        return whole < 3600
            ? String(format: "%d:%02d", whole / 60, whole % 60)
            : String(format: "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
    }
}
