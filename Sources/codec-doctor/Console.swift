import Foundation
import HealthReport

/// Standard output for results, standard error for everything else.
enum Console {
    /// Writes a result. A reader that went away (`| head`) ends the program quietly, anything else with a message and status 2.
    static func write(_ text: String) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            if errno == EPIPE || "\(error)".contains("Code=32") { exit(0) }
            Console.error("codec-doctor: the result cannot be written: \(error.localizedDescription)")
            exit(2)
        }
    }

    /// Writes a message line to standard error, control characters escaped.
    static func error(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            TerminalText.escaped(String($0))
        }
        try? FileHandle.standardError.write(contentsOf: Data((lines.joined(separator: "\n") + "\n").utf8))
    }

    /// Colours fit for standard output.
    static var style: ANSIStyle {
        ANSIStyle.detect(
            isTerminal: isatty(STDOUT_FILENO) == 1,
            environment: ProcessInfo.processInfo.environment
        )
    }

    /// Whether standard error is a terminal: whether progress is worth drawing.
    static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Columns to write in: the terminal's (`COLUMNS`), 100 when unknown or not a terminal.
    static var width: Int {
        if let text = ProcessInfo.processInfo.environment["COLUMNS"], let columns = Int(text), columns >= 40 {
            return min(columns, 160)
        }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 40 else { return 100 }
        return min(Int(size.ws_col), 160)
    }
}
