import Foundation
import HealthReport
import HealthRules
import TrainingMetrics

/// What happens as plain lines, each with the time: for logs, pipes and terminals that cannot draw.
struct WatchLines {
    let style: ANSIStyle

    /// The line or lines of an event, without line ends.
    func lines(_ event: WatchEvent, at time: String) -> [String] {
        switch event {
        case .started(let target, let store):
            [stamp(time) + "watching \(TerminalText.escaped(target)), store \(TerminalText.escaped(store))"]
        case .run(let id, let name): [stamp(time) + "run \(id) \(TerminalText.escaped(name))"]
        case .note(let text): [stamp(time) + TerminalText.escaped(text)]
        case .finding(let change, let status): [stamp(time) + finding(change, status)]
        case .heartbeat(let status): [stamp(time) + Self.heartbeat(status)]
        case .summary(let statuses, let seconds, let reason):
            ["", "watched for \(DurationText.clock(seconds)): \(reason)"] + statuses.flatMap(summary)
        }
    }

    private func stamp(_ time: String) -> String { style(time, .dim) + " " }

    private func finding(_ change: FindingTracker.Change, _ status: WatchStatus) -> String {
        let finding = change.finding
        let tone: ANSIStyle.Tone = !change.isBad ? .green : finding.severity == .error ? .red : .yellow
        let subject = finding.subject.isEmpty ? "" : " [\(TerminalText.escaped(finding.subject, width: 30))]"
        let name = "\(finding.rule) \(finding.name)\(subject)"
        let run = TerminalText.escaped(status.runName, width: 40)
        let message = TerminalText.escaped(finding.message)
        let since = WatchText.since(finding, status.axis)
        return switch change {
        case .appeared:
            "\(run): \(style(finding.severity.rawValue, .bold, tone)) \(style(name, .bold)) \(since): \(message)"
        case .worsened(_, let old):
            "\(run): \(style("\(finding.severity.rawValue) (was \(old.rawValue))", .bold, tone)) \(style(name, .bold)) \(since): "
                + message
        case .eased(_, let old):
            "\(run): \(style("eased to \(finding.severity.rawValue)", tone)) (was \(old.rawValue)) \(name): \(message)"
        case .gone: "\(run): \(style("gone", tone)) \(name)"
        }
    }

    /// One line about how a run stands.
    static func heartbeat(_ status: WatchStatus) -> String {
        var parts = [WatchText.place(status)]
        if let speed = WatchText.speed(status) { parts.append(speed) }
        parts += status.curves.prefix(4).map {
            "\(TerminalText.escaped($0.label, width: 24)) \(NumberText.short($0.latest))"
        }
        parts.append(WatchText.sentence(status))
        if let money = WatchText.money(status) { parts.append(money) }
        parts.append("last line \(DurationText.clock(status.silentSeconds.rounded(.down))) ago")
        return TerminalText.escaped(status.runName, width: 40) + ": " + parts.joined(separator: ", ")
    }

    private func summary(_ status: WatchStatus) -> [String] {
        let (word, tone) = WatchText.verdict(status.verdict)
        var lines = [
            style(word, .bold, tone) + "  " + style(TerminalText.escaped(status.runName, width: 60), .bold)
                + style("  (run \(status.runID), \(WatchText.place(status)), \(status.samples) samples)", .dim)
        ]
        for root in status.roots {
            lines.append(
                "  \(root.severity.rawValue) \(root.rule) \(root.name) \(WatchText.since(root, status.axis)): "
                    + TerminalText.escaped(root.message)
            )
        }
        if let money = WatchText.money(status) { lines.append("  \(money)") }
        if status.recordsPerSample > 1 { lines.append("  " + WatchText.thinning(status)) }
        lines.append(style("  codec-doctor check --run \(status.runID)", .dim))
        return lines
    }
}
