import Foundation

/// Whether the clock can be right: costs and silences are measured by it.
enum ClockCheck {
    /// This program cannot run before it was written.
    private static let earliest = Date(timeIntervalSince1970: 1_767_225_600)

    /// The check of the clock now.
    static var item: SelfCheck.Item { item(now: Date()) }

    /// The check of a clock that says `now`.
    static func item(now: Date) -> SelfCheck.Item {
        let text = now.formatted(.iso8601)
        return now >= earliest
            ? SelfCheck.Item("clock", .ok, text)
            : SelfCheck.Item(
                "clock",
                .warning,
                "\(text) is in the past; costs and silences will be wrong: set the clock"
            )
    }
}
