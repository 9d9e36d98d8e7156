import HealthRules
import TrainingMetrics

/// Writes a check for people: the verdict first, root causes with their effects under them, then what could not be
/// judged and what would help most.
public struct TextCheckRenderer {
    private let style: ANSIStyle
    private let width: Int
    private let isVerbose: Bool
    private var lines: [String] = []

    /// A renderer for a terminal of that many columns. A verbose one writes out infos, facts and everything unmeasured.
    public init(style: ANSIStyle = .plain, width: Int = 100, isVerbose: Bool = false) {
        self.style = style
        self.width = max(40, width)
        self.isVerbose = isVerbose
    }

    /// The report, ending with a line end.
    public func render(_ report: CheckReport) -> String {
        var renderer = self
        renderer.write(report)
        return renderer.lines.joined(separator: "\n") + "\n"
    }

    private mutating func write(_ report: CheckReport) {
        let checkup = report.checkup
        writeHeadline(report)
        let shown: (Finding) -> Bool = { [isVerbose] in isVerbose || $0.severity > .info }
        for root in checkup.diagnosis.roots where shown(checkup.diagnosis.nodes[root].finding) {
            lines.append("")
            write(root, checkup, depth: 0)
        }
        writeInfos(checkup)
        writeObjective(checkup)
        writeTimeline(checkup)
        writeFacts(checkup)
        writeProbes(report)
        writeUnjudged(report)
        writeSummary(checkup)
    }

    // MARK: Headline

    private mutating func writeHeadline(_ report: CheckReport) {
        let checkup = report.checkup
        let history = checkup.run.history
        let (word, tone): (String, ANSIStyle.Tone) =
            switch checkup.verdict {
            case .failing: ("FAILING", .red)
            case .healthy: ("HEALTHY", .green)
            case .unsettled: ("UNSETTLED", .yellow)
            }
        var facts = ["run \(report.runID)", RunWords(history).extent]
        if history.attemptCount > 1 { facts.append("attempt \(history.attempt) of \(history.attemptCount)") }
        lines.append(
            style(word, .bold, tone) + "  " + style(TerminalText.escaped(report.runName, width: 60), .bold)
                + style("  (" + facts.joined(separator: ", ") + ")", .dim)
        )
        if let why = ResultWords.unsettled(checkup) { paragraph(why, indent: 2) }
        if let cost = checkup.cost { paragraph(ResultWords.cost(cost), indent: 2) }
    }

    // MARK: Findings

    private mutating func write(_ index: Int, _ checkup: Checkup, depth: Int) {
        let node = checkup.diagnosis.nodes[index]
        let finding = node.finding
        let indent = depth * 4
        let (label, tone) = Self.label(finding.severity)
        let arrow = depth == 0 ? "" : "└ "
        let subject = finding.subject.isEmpty ? "" : " [\(TerminalText.escaped(finding.subject, width: 30))]"
        lines.append(
            blanks(indent) + arrow + style(label, .bold, tone) + " "
                + style("\(finding.rule) \(finding.name)", .bold) + subject
                + style(
                    "  \(RunWords(checkup.run.history).since(finding)), \(finding.confidence.rawValue) confidence",
                    .dim
                )
        )
        let inner = indent + (depth == 0 ? 2 : 4)
        paragraph(finding.message, indent: inner)
        if depth > 0, let cause = node.causes.first {
            paragraph("Because \(cause.mechanism).", indent: inner, tone: .dim)
        }
        for evidence in finding.evidence.prefix(isVerbose ? 12 : 4) { write(evidence, indent: inner) }
        writeCurve(of: finding, checkup, indent: inner)
        if depth == 0 { writeAdvice(finding, indent: inner) }
        writeSight(finding, checkup, indent: inner)
        for effect in checkup.diagnosis.effects(of: index) { write(effect, checkup, depth: depth + 1) }
    }

    private mutating func write(_ evidence: Evidence, indent: Int) {
        let expected = evidence.expected.isEmpty ? "" : "   expected " + TerminalText.escaped(evidence.expected)
        let value = NumberText.short(evidence.value, unit: evidence.unit)
        lines.append(
            blanks(indent) + style("measured ", .dim) + TerminalText.escaped(evidence.label, width: 60) + " "
                + style(value, .bold) + style(expected, .dim)
        )
    }

    private mutating func writeCurve(of finding: Finding, _ checkup: Checkup, indent: Int) {
        guard let curve = finding.curve,
            let series = checkup.run.history.series.first(where: { $0.name == curve.metric && $0.split == curve.split }
            ),
            series.count > 1
        else { return }
        let line = Sparkline(series.values, lower: curve.lower, upper: curve.upper)
        guard let range = line.range else { return }
        let band: String =
            switch (curve.lower, curve.upper) {
            case (let lower?, let upper?): "healthy \(NumberText.short(lower))…\(NumberText.short(upper))"
            case (let lower?, nil): "healthy above \(NumberText.short(lower))"
            case (nil, let upper?): "healthy below \(NumberText.short(upper))"
            case (nil, nil): ""
            }
        let name = TerminalText.escaped(curve.metric, width: 24)
        let head = blanks(indent) + style("curve    ", .dim) + name + " "
        lines.append(
            head + line.bars + "  "
                + style("\(NumberText.short(range.lowerBound))…\(NumberText.short(range.upperBound))  \(band)", .dim)
        )
        if line.marks.contains("^") {
            lines.append(blanks(indent + 9 + name.count + 1) + style(line.marks, .red) + style("  ^ outside", .dim))
        }
    }

    private mutating func writeAdvice(_ finding: Finding, indent: Int) {
        let advice = RuleAdvice(finding)
        if !advice.causes.isEmpty {
            hanging("why      ", advice.causes.prefix(isVerbose ? 9 : 4).joined(separator: "; "), indent: indent)
        }
        for (number, step) in advice.steps.prefix(isVerbose ? 9 : 3).enumerated() {
            hanging(number == 0 ? "do       " : "         ", "\(number + 1). \(step)", indent: indent)
        }
    }

    private mutating func writeSight(_ finding: Finding, _ checkup: Checkup, indent: Int) {
        guard finding.severity == .error else { return }
        let words = RunWords(checkup.run.history)
        guard let first = checkup.timeline.firstSight(of: finding),
            let certain = checkup.timeline.firstSight(of: finding, atLeast: .error)
        else { return }
        var text = words.place(first.position, first.epoch)
        if certain.position != first.position {
            text += " as a warning, as an error since \(words.place(certain.position, certain.epoch))"
        }
        hanging("visible  ", "since \(text)", indent: indent)
    }

    private static func label(_ severity: Severity) -> (String, ANSIStyle.Tone) {
        switch severity {
        case .error: ("error", .red)
        case .warning: ("warning", .yellow)
        case .info: ("info", .blue)
        }
    }

    // MARK: The rest

    private mutating func writeInfos(_ checkup: Checkup) {
        // What RUN004 says stands under "Not judged" anyway.
        let infos = checkup.results.findings.filter { $0.severity == .info && $0.rule != "RUN004" }
        guard !isVerbose, !infos.isEmpty else { return }
        lines.append("")
        for finding in infos.prefix(6) { hanging("info     ", "\(finding.rule) \(finding.message)", indent: 0) }
        if infos.count > 6 { lines.append("         … \(infos.count - 6) more with --verbose") }
    }

    private mutating func writeObjective(_ checkup: Checkup) {
        guard let objective = checkup.objective else { return }
        lines.append("")
        lines.append(style("What the generator minimises", .bold))
        hanging("  ", objective.evidence, indent: 0)
        let shares = objective.terms.compactMap { term -> String? in
            guard let share = term.share?.values.last(where: \.isFinite) else { return nil }
            let assumed = term.origin == .assumed ? " (weight 1 assumed)" : ""
            return "\(term.name) \(NumberText.short(share * 100)) %\(assumed)"
        }
        if !shares.isEmpty { hanging("  shares: ", shares.joined(separator: ", "), indent: 0) }
    }

    private mutating func writeTimeline(_ checkup: Checkup) {
        let entries = checkup.timeline.entries
        guard entries.count > 1 else { return }
        lines.append("")
        lines.append(style("What was visible when", .bold))
        for entry in entries {
            let names = entry.appeared.map { finding in
                let subject = finding.subject.isEmpty ? "" : " [\(TerminalText.escaped(finding.subject, width: 20))]"
                return "\(finding.rule) \(finding.name)\(subject) (\(finding.severity.rawValue))"
            }
            hanging(
                "  " + RunWords(checkup.run.history).place(entry.position, entry.epoch) + ": ",
                names.joined(separator: ", "),
                indent: 0
            )
        }
    }

    private mutating func writeFacts(_ checkup: Checkup) {
        let facts = checkup.run.facts.all.filter { isVerbose || $0.origin == .inferred }
        guard !facts.isEmpty else { return }
        lines.append("")
        lines.append(style(isVerbose ? "Facts" : "Inferred facts (correct them with --fact KEY=VALUE)", .bold))
        for fact in facts {
            let origin = isVerbose ? " [\(fact.origin.rawValue)]" : ""
            hanging(
                "  ",
                "\(fact.key.rawValue) = \(TerminalText.escaped(fact.value))\(origin): "
                    + TerminalText.escaped(fact.evidence),
                indent: 0
            )
        }
    }

    private mutating func writeProbes(_ report: CheckReport) {
        let line = ProbeLine.text(report.checkup.run.probes)
        guard line != nil || !report.notes.isEmpty else { return }
        lines.append("")
        if let line { hanging("", line, indent: 0) }
        for note in report.notes { hanging("note     ", note, indent: 0) }
    }

    private mutating func writeUnjudged(_ report: CheckReport) {
        let checkup = report.checkup
        let unmeasured = checkup.results.unmeasuredByLog
        let unprobed = hasDiscriminator(checkup.run) ? checkup.results.unprobed : []
        guard !unmeasured.isEmpty || !unprobed.isEmpty || !checkup.results.tooShort.isEmpty else { return }
        lines.append("")
        lines.append(style("Not judged", .bold))
        if !unmeasured.isEmpty {
            let list = unmeasured.map { isVerbose ? "\($0.rule) \($0.name)" : $0.rule.rawValue }
            hanging("  not measured: ", list.joined(separator: ", "), indent: 0)
        }
        if !checkup.results.tooShort.isEmpty {
            let list = checkup.results.tooShort.map { "\($0.rule) (needs \($0.missing))" }
            hanging("  too short:    ", list.joined(separator: ", "), indent: 0)
        }
        if let need = unprobed.first?.needs.first {
            let list = unprobed.map { isVerbose ? "\($0.rule) \($0.name)" : $0.rule.rawValue }
            let how = need.hint.replacing(" RUN", with: " \(report.runID)")
            hanging("  not probed:   ", "\(list.joined(separator: ", ")): \(how)", indent: 0)
        }
        if let unlock = ResultWords.unlock(checkup.results) { hanging("  most useful:  ", unlock, indent: 0) }
    }

    /// Whether there is a discriminator to probe.
    private func hasDiscriminator(_ run: RunView) -> Bool {
        run.history.series(.discriminatorLoss) != nil || run.history.series(.adversarialLoss) != nil
    }

    private mutating func writeSummary(_ checkup: Checkup) {
        let findings = checkup.results.findings
        lines.append("")
        lines.append(ResultWords.all(checkup.results))
        if let worst = findings.first, worst.severity > .info {
            lines.append(style("'codec-doctor explain \(worst.rule)' says more about the first of them.", .dim))
        }
    }

    // MARK: Lines

    private func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }

    private mutating func paragraph(_ text: String, indent: Int, tone: ANSIStyle.Tone? = nil) {
        for line in TextWrap.lines(TerminalText.escaped(text), width: width - indent) {
            lines.append(blanks(indent) + (tone.map { style(line, $0) } ?? line))
        }
    }

    private mutating func hanging(_ head: String, _ text: String, indent: Int) {
        let inner = indent + head.count
        for (number, line) in TextWrap.lines(TerminalText.escaped(text), width: width - inner).enumerated() {
            lines.append(number == 0 ? blanks(indent) + style(head, .dim) + line : blanks(inner) + line)
        }
    }
}
