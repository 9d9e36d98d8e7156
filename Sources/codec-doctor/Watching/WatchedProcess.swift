import Foundation

/// The training process that `watch --stop-pid` may end: known by its number and its start time, so that another process that got
/// the number later is never touched.
struct WatchedProcess {
    /// Number of the process.
    let pid: Int32
    private let startTime: UInt64

    /// The process of that number.
    /// - Throws: `WatchedProcessError` for one that is not there, may not be ended, or must not be.
    init(pid: Int32) throws(WatchedProcessError) {
        guard pid > 1 else { throw .forbidden(pid, "is not a training process") }
        guard pid != getpid() else { throw .forbidden(pid, "is codec-doctor itself") }
        guard let found = Self.look(pid) else { throw .missing(pid) }
        guard kill(pid, 0) == 0 else { throw .forbidden(pid, "belongs to another user") }
        (self.pid, startTime) = (pid, found.startTime)
    }

    /// Whether it still runs: the same process, and not a dead one that nobody has fetched.
    var isRunning: Bool {
        guard let found = Self.look(pid) else { return false }
        return found.startTime == startTime && found.state != "Z" && found.state != "X"
    }

    /// Sends it a signal, unless it is gone. Returns whether it was sent.
    func send(_ signal: Int32) -> Bool { isRunning && kill(pid, signal) == 0 }

    /// State and start time (clock ticks since boot) from `/proc/PID/stat`: fields 3 and 22, counted behind the name, which may hold
    /// blanks and parentheses (proc(5)).
    private static func look(_ pid: Int32) -> (state: Substring, startTime: UInt64)? {
        guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .isoLatin1) else { return nil }
        return parse(text)
    }

    /// State and start time out of the text of `/proc/PID/stat`.
    static func parse(_ text: String) -> (state: Substring, startTime: UInt64)? {
        guard let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(whereSeparator: \.isWhitespace)
        guard fields.count > 19, let start = UInt64(fields[19]) else { return nil }
        return (fields[0], start)
    }
}

/// A process that is not to be ended.
enum WatchedProcessError: Error, Equatable, CustomStringConvertible {
    /// There is none of that number.
    case missing(Int32)
    /// It must not be ended, or may not.
    case forbidden(Int32, String)

    var description: String {
        switch self {
        case .missing(let pid): "--stop-pid: there is no process \(pid); 'pgrep -af train' lists candidates"
        case .forbidden(let pid, let why): "--stop-pid: process \(pid) \(why)"
        }
    }
}
