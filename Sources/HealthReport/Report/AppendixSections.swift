import HealthRules
import TrainingMetrics

/// What the generator minimises, where total and terms are logged.
enum ObjectiveSection {
    static func make(_ material: ReportMaterial) -> ReportSection {
        guard let objective = material.checkup.objective else {
            return ReportSection(anchor: "objective", title: "What the generator minimises", blocks: [])
        }
        let rows = objective.terms.map { term -> [RichText] in
            let share = term.share?.values.last { $0.isFinite }
            return [
                RichText(term.name), RichText(term.weight.map { NumberText.short($0) } ?? "unknown"),
                RichText(term.origin?.words ?? ""), .strong(share.map { NumberText.percent($0) } ?? ""),
            ]
        }
        return ReportSection(
            anchor: "objective",
            title: "What the generator minimises",
            blocks: [.paragraph(RichText(sentence(objective.evidence)))]
                + material.table(
                    "Terms of \(TerminalText.escaped(objective.total, width: 60))",
                    [("term", .left), ("weight", .right), ("where the weight is from", .left), ("last share", .right)],
                    rows
                )
        )
    }

    private static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() + "." }
}

extension LossAlgebra.WeightOrigin {
    fileprivate var words: String {
        switch self {
        case .known: "given or logged as a fact"
        case .logged: "logged beside the terms"
        case .one: "1: the terms then add up"
        case .fitted: "fitted"
        case .assumed: "assumed, nothing proves it"
        }
    }
}

/// What could not be judged, and what would change that.
enum UnjudgedSection {
    static func make(_ material: ReportMaterial) -> ReportSection {
        let results = material.checkup.results
        var blocks: [ReportBlock] = []
        if let unlock = ResultWords.unlock(results) {
            blocks.append(.paragraph(RichText.strong("Most useful: ") + unlock + "."))
        }
        let rows =
            results.tooShort.map { [RichText("\($0.rule) \($0.name)"), "too short", RichText($0.missing)] }
            + results.unmeasured.map {
                [RichText("\($0.rule) \($0.name)"), "not measured", RichText(UnjudgedWords.needs($0))]
            }
        blocks += material.table(
            "Rules that could not be judged; none of them counts as passed",
            [("rule", .left), ("why", .left), ("needs", .left)],
            rows
        )
        return ReportSection(anchor: "unjudged", title: "What could not be judged", blocks: blocks)
    }
}

/// What is known about the run, with where it comes from.
enum FactSection {
    static func make(_ material: ReportMaterial) -> ReportSection {
        let rows = material.checkup.run.facts.all.map { fact -> [RichText] in
            [.code(fact.key.rawValue), .strong(fact.value), RichText(fact.origin.rawValue), .dim(fact.evidence)]
        }
        return ReportSection(
            anchor: "facts",
            title: "Facts",
            blocks: material.table(
                "What the judgement assumes; correct a fact with --fact KEY=VALUE",
                [("fact", .left), ("value", .left), ("origin", .left), ("evidence", .left)],
                rows
            )
        )
    }
}

/// Every rule that was judged.
enum RuleSection {
    static func make(_ material: ReportMaterial) -> ReportSection {
        let results = material.checkup.results
        let found = Dictionary(grouping: results.findings, by: \.rule)
        let rules = Set(results.passed + Array(found.keys)).sorted()
        let rows = rules.compactMap { id -> [RichText]? in
            guard let rule = RuleRegistry.rule(named: id.rawValue)?.description else { return nil }
            let worst = found[id]?.map(\.severity).max()
            let outcome: RichText = worst.map { .badge($0.rawValue, ReportTone($0)) } ?? .badge("passed", .good)
            let preview = rule.isPreview ? " (preview: never fails a check)" : ""
            return [RichText("\(rule.id) \(rule.name)"), outcome, .dim(rule.summary + preview)]
        }
        return ReportSection(
            anchor: "rules",
            title: "Appendix: rules judged",
            blocks: material.table(
                "Rules with what they said",
                [("rule", .left), ("outcome", .left), ("looks for", .left)],
                rows
            )
        )
    }
}
