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

    /// The variables of the environment.
    static var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// Colours fit for standard output.
    static var style: ANSIStyle {
        ANSIStyle.detect(isTerminal: isatty(STDOUT_FILENO) == 1, environment: environment)
    }

    /// Colours fit for standard error.
    static var errorStyle: ANSIStyle { ANSIStyle.detect(isTerminal: isErrorTerminal, environment: environment) }

    /// Whether standard error is a terminal: whether progress is worth drawing.
    static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Columns to write results in.
    static var width: Int { width(of: STDOUT_FILENO, least: 40) ?? 100 }

    /// Columns to draw progress in.
    static var errorWidth: Int { width(of: STDERR_FILENO, least: 12) ?? 80 }

    /// Lines of a terminal; 24 when unknown.
    static func height(of descriptor: Int32) -> Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return 24 }
        return Int(size.ws_row)
    }

    /// A terminal's columns (`COLUMNS`), 160 at most; `nil` when unknown, fewer than `least`, or not a terminal.
    private static func width(of descriptor: Int32, least: Int) -> Int? {
        if let text = environment["COLUMNS"], let columns = Int(text), columns >= least { return min(columns, 160) }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= least else { return nil }
        return min(Int(size.ws_col), 160)
    }
}
