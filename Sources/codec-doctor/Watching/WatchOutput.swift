import Foundation
import HealthReport
import HealthRules

/// Where and how `watch` tells what happens.
final class WatchOutput {
    /// How it is told.
    enum Manner: Equatable {
        /// Drawn over itself; events scroll by above it only at the end.
        case screen
        case lines
        case json
    }

    let manner: Manner
    private let file: FileHandle
    private let isError: Bool
    private let target: String
    private var drawnLines = 0
    private var notes: [String] = []
    private var lastDrawn = -Double.infinity
    /// Whether nobody reads any more.
    private(set) var isLost = false

    /// Standard error when standard output carries the log itself.
    init(manner: Manner, onError: Bool, target: String) {
        (self.manner, isError, self.target) = (manner, onError, target)
        file = onError ? .standardError : .standardOutput
    }

    /// The manner that fits: a screen where one can be drawn and nothing else writes to it.
    static func manner(isJSON: Bool, isPlain: Bool, isTee: Bool) -> Manner {
        if isJSON { return .json }
        let isTerminal = isatty(isTee ? STDERR_FILENO : STDOUT_FILENO) == 1
        let isShared = isTee && isatty(STDOUT_FILENO) == 1
        return isTerminal && !isShared && !isPlain && Console.environment["TERM"] != "dumb" ? .screen : .lines
    }

    private var style: ANSIStyle { isError ? Console.errorStyle : Console.style }

    /// Tells an event.
    func tell(_ event: WatchEvent) {
        let now = Date()
        switch manner {
        case .json:
            guard let line = try? JSONText.line(EncodedWatchEvent(event, at: now.formatted(.iso8601))) else { return }
            send(line + "\n")
        case .lines: sendLines(event, now)
        case .screen:
            switch event {
            case .summary: sendLines(event, now)
            case .note(let text): remember(Self.clock(now) + " " + text)
            case .finding(let change, _):
                remember("\(Self.clock(now)) \(change.word): \(change.finding.rule) \(change.finding.name)")
            case .started, .run, .heartbeat: break
            }
        }
    }

    /// Draws the screen anew, a few times a second at most.
    func draw(_ statuses: @autoclosure () -> [WatchStatus], now: Double, isLast: Bool = false) {
        guard manner == .screen, isLast || now - lastDrawn >= 0.5 else { return }
        lastDrawn = now
        let screen = WatchScreen(
            style: style,
            width: isError ? Console.errorWidth : Console.width,
            height: max(3, Console.height(of: isError ? STDERR_FILENO : STDOUT_FILENO) - 1)
        )
        let lines = screen.lines(statuses(), target: target, notes: notes)
        let start = drawnLines > 0 ? "\u{1B}[\(drawnLines)A\r\u{1B}[J" : ""
        send(start + lines.joined(separator: "\n") + "\n")
        drawnLines = isLast ? 0 : lines.count
    }

    private func remember(_ note: String) {
        notes.append(note)
        if notes.count > 20 { notes.removeFirst() }
    }

    private func sendLines(_ event: WatchEvent, _ now: Date) {
        let lines = WatchLines(style: style).lines(event, at: Self.clock(now))
        send(lines.joined(separator: "\n") + "\n")
    }

    private static func clock(_ date: Date) -> String {
        let parts = Calendar.current.dateComponents([.hour, .minute, .second], from: date)
        return String(format: "%02d:%02d:%02d", parts.hour ?? 0, parts.minute ?? 0, parts.second ?? 0)
    }

    private func send(_ text: String) {
        guard !isLost else { return }
        do { try file.write(contentsOf: Data(text.utf8)) } catch { isLost = true }
    }
}
