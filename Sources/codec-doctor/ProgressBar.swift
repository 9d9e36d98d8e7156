import Foundation
import HealthReport

/// A bar on the terminal for long work: share done and time left; nothing when standard error is not a terminal.
final class ProgressBar {
    private let label: String
    private let isShown = Console.isErrorTerminal
    private let clock = ContinuousClock()
    private let begun: ContinuousClock.Instant
    private var lastDrawn: ContinuousClock.Instant?

    init(label: String) {
        self.label = TerminalText.escaped(label, width: 30)
        begun = clock.now
    }

    /// Draws the bar for this share, 0…1, ten times a second at most.
    func show(_ share: Double) {
        let now = clock.now
        guard isShown, share.isFinite, lastDrawn.map({ now - $0 > .milliseconds(100) }) ?? true else { return }
        lastDrawn = now
        let done = min(1, max(0, share))
        let filled = Int(done * 30)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
        let elapsed = (now - begun) / .seconds(1)
        let left = done > 0.01 && elapsed > 1 ? "  " + ProgressBar.time(elapsed * (1 - done) / done) + " left" : ""
        write("\r\u{1B}[K\(label) \(bar) \(Int(done * 100)) %\(left)")
    }

    /// Takes the bar away.
    func clear() {
        if lastDrawn != nil { write("\r\u{1B}[K") }
    }

    private static func time(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded(.up))
        return whole < 3600
            ? String(format: "%d:%02d", whole / 60, whole % 60)
            : String(format: "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
    }

    private func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}
