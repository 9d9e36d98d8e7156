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
        let elapsed = (now - begun) / .seconds(1)
        let left = done > 0.01 && elapsed > 1 ? "  " + DurationText.clock(elapsed * (1 - done) / done) + " left" : ""
        write("\r\u{1B}[K\(label) \(ProgressBar.bar(done, width: 30)) \(Int(done * 100)) %\(left)")
    }

    /// Takes the bar away.
    func clear() {
        if lastDrawn != nil { write("\r\u{1B}[K") }
    }

    /// A bar of that many columns, filled up to a share of 0…1.
    static func bar(_ share: Double, width: Int) -> String {
        let filled = Int(min(1, max(0, share)) * Double(width))
        return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    }

    private func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}
