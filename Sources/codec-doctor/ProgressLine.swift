import Foundation
import HealthReport
import RunStore
import Synchronization

/// One line on the terminal that says how far a long ingestion is; nothing when standard error is not a terminal.
final class ProgressLine: Sendable {
    private let label: String
    private let isShown = Console.isErrorTerminal
    private let hasWritten = Mutex(false)

    init(label: String) { self.label = TerminalText.escaped(label, width: 40) }

    /// Draws the line anew.
    func show(_ progress: IngestProgress) {
        guard isShown else { return }
        let megabytes = String(format: "%.1f MB", Double(progress.bytes) / 1e6)
        let share = progress.totalBytes.map { $0 > 0 ? " \(progress.bytes * 100 / $0) %" : "" } ?? ""
        write("\r\u{1B}[K\(label): \(megabytes)\(share), \(progress.samples) samples")
        hasWritten.withLock { $0 = true }
    }

    /// Takes the line away.
    func clear() {
        if hasWritten.withLock({ $0 }) { write("\r\u{1B}[K") }
    }

    private func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}
