import HealthReport
import HealthRules
import TrainingMetrics

/// The live view of watched runs as text: state in, lines out.
struct WatchScreen {
    let style: ANSIStyle
    /// Columns; no line is longer.
    let width: Int
    /// Lines at most.
    let height: Int

    private static let margin = 9

    /// The screen's lines: the run that needs most attention in full, one line for each other run, then the latest notes.
    func lines(_ statuses: [WatchStatus], target: String, notes: [String]) -> [String] {
        guard let shown = Self.foremost(statuses) else {
            let waiting = cut("watching \(TerminalText.escaped(target)): nothing measured yet", width)
            return Array(([waiting] + notes.map { style(cut(TerminalText.escaped($0), width), .dim) }).prefix(height))
        }
        var lines = [headline(shown)] + diagnosis(shown) + curves(shown) + pace(shown)
        let others = statuses.filter { $0.runID != shown.runID }
        let room = max(0, height - lines.count - min(notes.count, 3))
        for other in others.prefix(room) {
            lines.append(
                field(lines.last.map { _ in other.runID == others[0].runID ? "others" : "" } ?? "", brief(other))
            )
        }
        lines += notes.suffix(3).map { style(cut(TerminalText.escaped($0), width), .dim) }
        return Array(lines.prefix(max(1, height)))
    }

    /// The run to show in full: failing before warnings before others, of equals the one that grew last.
    static func foremost(_ statuses: [WatchStatus]) -> WatchStatus? {
        func rank(_ status: WatchStatus) -> Int { status.verdict == .failing ? 0 : status.roots.isEmpty ? 2 : 1 }
        return statuses.min { (rank($0), $0.silentSeconds) < (rank($1), $1.silentSeconds) }
    }

    private func headline(_ status: WatchStatus) -> String {
        let (word, tone) = WatchText.verdict(status.verdict)
        let age = "last line \(DurationText.clock(status.silentSeconds.rounded(.down))) ago"
        let name = TerminalText.escaped(status.runName, width: max(4, min(40, width - word.count - age.count - 6)))
        let left = "\(word)  \(name)"
        let place = "  (run \(status.runID), \(WatchText.place(status)))"
        let shownPlace = left.count + place.count + age.count + 2 <= width ? place : ""
        let gap = max(2, width - left.count - shownPlace.count - age.count)
        guard left.count + gap + age.count + shownPlace.count <= width else {
            return style(cut(left, width), .bold, tone)
        }
        return style(word, .bold, tone) + "  " + style(name, .bold) + style(shownPlace, .dim)
            + String(repeating: " ", count: gap) + style(age, .dim)
    }

    private func diagnosis(_ status: WatchStatus) -> [String] {
        guard let first = status.roots.first else { return [field("check", WatchText.sentence(status))] }
        let tone: ANSIStyle.Tone = first.severity == .error ? .red : .yellow
        let more = status.problems > 1 ? ", and \(status.problems - 1) more" : ""
        let head =
            "\(first.rule) \(first.name) \(WatchText.since(first, status.axis)), \(first.confidence.rawValue) confidence\(more)"
        var lines = [field(first.severity.rawValue, head, tone)]
        lines += TextWrap.lines(TerminalText.escaped(first.message), width: max(20, width - Self.margin)).prefix(3)
            .map { field("", $0) }
        let advice = RuleAdvice(first)
        if let cause = advice.causes.first { lines.append(field("cause", cause)) }
        if let step = advice.steps.first { lines.append(field("try", step)) }
        return lines
    }

    private func curves(_ status: WatchStatus) -> [String] {
        let labelWidth = min(24, status.curves.map(\.label.count).max() ?? 0)
        let graph = max(10, min(40, width - Self.margin - labelWidth - 36))
        return status.curves.enumerated().flatMap { index, curve -> [String] in
            let line = Sparkline(curve.values, width: graph, lower: curve.lower, upper: curve.upper)
            let label = TerminalText.escaped(curve.label, width: labelWidth)
            let value = NumberText.short(curve.latest)
            let blanks = String(repeating: " ", count: max(1, labelWidth - label.count + 9 - value.count))
            let text = "\(label)\(blanks)\(value)  \(line.bars)\(Self.band(curve))"
            let isOutside = curve.latest < curve.lower ?? -.infinity || curve.latest > curve.upper ?? .infinity
            return [field(index == 0 ? "metrics" : "", text, isOutside || !curve.latest.isFinite ? .red : nil)]
        }
    }

    private static func band(_ curve: WatchStatus.Curve) -> String {
        switch (curve.lower, curve.upper) {
        case (let lower?, let upper?): "  expected \(NumberText.short(lower))…\(NumberText.short(upper))"
        case (let lower?, nil): "  expected above \(NumberText.short(lower))"
        case (nil, let upper?): "  expected below \(NumberText.short(upper))"
        case (nil, nil): ""
        }
    }

    private func pace(_ status: WatchStatus) -> [String] {
        var lines: [String] = []
        if let money = WatchText.money(status) { lines.append(field("money", money)) }
        let samples = "\(status.samples) samples"
        let thinned = status.recordsPerSample > 1 ? ", one record in \(status.recordsPerSample) judged" : ""
        lines.append(
            field("pace", [WatchText.speed(status), samples + thinned].compactMap { $0 }.joined(separator: ", "))
        )
        return lines
    }

    private func brief(_ status: WatchStatus) -> String {
        "\(TerminalText.escaped(status.runName, width: 24)): \(WatchText.place(status)), \(WatchText.sentence(status))"
    }

    private func field(_ label: String, _ text: String, _ tone: ANSIStyle.Tone? = nil) -> String {
        let head = label.prefix(Self.margin - 1) + String(repeating: " ", count: max(1, Self.margin - label.count))
        let shown = cut(TerminalText.escaped(text), max(1, width - Self.margin))
        return style(String(head), .dim) + (tone.map { style(shown, $0) } ?? shown)
    }

    private func cut(_ text: String, _ width: Int) -> String {
        text.count <= width ? text : text.prefix(max(width - 1, 0)) + "…"
    }
}
