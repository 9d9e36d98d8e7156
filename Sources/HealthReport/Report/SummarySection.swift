import HealthRules
import TrainingMetrics

/// What happened: the numbers that matter and one paragraph.
enum SummarySection {
    static func make(_ material: ReportMaterial) -> ReportSection {
        ReportSection(
            anchor: "summary",
            title: "What happened",
            blocks: [.figures(figures(material)), .paragraph(RichText(story(material)))]
                + material.report.notes.map { .paragraph(RichText([.badge("note", .warning), .plain(" " + $0)])) }
        )
    }

    private static func figures(_ material: ReportMaterial) -> [ReportFigure] {
        let checkup = material.checkup
        let findings = checkup.results.findings
        let errors = findings.filter { $0.severity == .error }.count
        let warnings = findings.filter { $0.severity == .warning }.count
        var figures = [
            ReportFigure(
                label: "Findings",
                value: ResultWords.plural(errors, "error"),
                detail: ResultWords.plural(warnings, "warning"),
                tone: errors > 0 ? .error : warnings > 0 ? .warning : .good
            )
        ]
        if let first = checkup.timeline.firstError {
            figures.append(
                ReportFigure(
                    label: "First error visible",
                    value: material.words.place(first.position, nil),
                    detail: first.appeared.first { $0.severity == .error }.map { "\($0.rule) \($0.name)" } ?? "",
                    tone: .error
                )
            )
        }
        if let cost = checkup.cost {
            figures.append(
                ReportFigure(
                    label: "Spent",
                    value: NumberText.money(cost.total, currency: cost.currency),
                    detail:
                        "\(NumberText.tidy(cost.hours)) h at \(NumberText.money(cost.pricePerHour, currency: cost.currency))/h"
                )
            )
            if let wasted = cost.afterFirstError {
                figures.append(
                    ReportFigure(
                        label: "Spent after it was visible",
                        value: NumberText.money(wasted, currency: cost.currency),
                        detail: cost.total > 0 ? "\(NumberText.percent(wasted / cost.total)) of it" : "",
                        tone: wasted > 0 ? .error : .neutral
                    )
                )
            }
        }
        if let remaining = material.remaining, let cost = checkup.cost {
            figures.append(
                ReportFigure(
                    label: "At risk",
                    value: NumberText.money(remaining, currency: cost.currency),
                    detail: "still to be spent by the plan",
                    tone: checkup.verdict == .failing ? .warning : .neutral
                )
            )
        }
        let judged = checkup.results.passed.count + Set(findings.map(\.rule)).count
        let all = judged + checkup.results.unmeasured.count + checkup.results.tooShort.count
        figures.append(
            ReportFigure(
                label: "Rules judged",
                value: "\(judged) of \(all)",
                detail: "\(checkup.results.passed.count) satisfied"
            )
        )
        return figures
    }

    /// The run in one paragraph.
    private static func story(_ material: ReportMaterial) -> String {
        let checkup = material.checkup
        let results = checkup.results
        var sentences: [String] = []
        switch checkup.verdict {
        case .failing: sentences.append("The run (\(material.words.extent)) is failing.")
        case .healthy:
            sentences.append(
                "The run (\(material.words.extent)) is healthy as far as its log shows: no error, "
                    + "\(ResultWords.plural(results.passed.count, "rule")) measured and satisfied."
            )
        case .unsettled: sentences.append(ResultWords.unsettled(checkup) ?? "")
        }
        let roots = material.roots
        if let first = roots.first {
            sentences.append(material.nodes[first].finding.message)
            let effects = material.names(under: first)
            if !effects.isEmpty {
                sentences.append("That explains \(effects.joined(separator: ", ")).")
            }
        }
        if roots.count > 1 {
            let others = roots.dropFirst().prefix(4).map { ReportMaterial.name(material.nodes[$0].finding) }
            let more = roots.count > 5 ? " and \(roots.count - 5) more" : ""
            sentences.append(
                "Nothing that was found explains \(others.joined(separator: ", "))\(more): causes of their own."
            )
        }
        if let first = checkup.timeline.firstError {
            sentences.append(
                "A check would first have reported an error at \(material.words.place(first.position, first.epoch))."
            )
        }
        if let cost = checkup.cost { sentences.append(ResultWords.cost(cost)) }
        if checkup.verdict != .unsettled, !results.unmeasuredByLog.isEmpty {
            sentences.append(
                "\(ResultWords.plural(results.unmeasuredByLog.count, "rule")) could not be judged because the log lacks what they need."
            )
        }
        return sentences.filter { !$0.isEmpty }.joined(separator: " ")
    }
}

extension ReportMaterial {
    /// Names of all findings that follow from one, errors and warnings.
    func names(under index: Int) -> [String] {
        checkup.diagnosis.effects(of: index).flatMap { effect -> [String] in
            let finding = nodes[effect].finding
            return (finding.severity > .info ? [Self.name(finding)] : []) + names(under: effect)
        }
    }

    /// Money still to be spent when the run goes on as planned.
    var remaining: Double? {
        RunForecast(history: history, facts: checkup.run.facts, firstError: nil)?.remaining
    }
}
