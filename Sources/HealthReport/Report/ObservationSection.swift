import HealthRules

/// Critical observations: what was measured against what it should be, errors and warnings in reading order.
enum ObservationSection {
    static func make(_ material: ReportMaterial) -> ReportSection {
        let rows = material.telling.flatMap { index -> [[RichText]] in
            let finding = material.nodes[index].finding
            let badge = RichText.badge(finding.severity.rawValue, ReportTone(finding.severity))
            let compared = finding.evidence.filter { !$0.expected.isEmpty }
            return (compared.isEmpty ? Array(finding.evidence.prefix(1)) : Array(compared.prefix(2))).enumerated().map {
                number,
                evidence in
                [
                    number == 0 ? badge + " " + material.link(index) : RichText(""), RichText(evidence.label),
                    .strong(NumberText.tidy(evidence.value, unit: evidence.unit)), RichText(evidence.expected),
                    RichText(number == 0 ? material.words.since(finding) : ""),
                ]
            }
        }
        return ReportSection(
            anchor: "observations",
            title: "Critical observations",
            blocks: material.table(
                "What was measured, and what a healthy run shows",
                [("finding", .left), ("measured", .left), ("value", .right), ("expected", .left), ("when", .left)],
                rows
            )
        )
    }
}

/// Root causes and what followed from them.
enum CauseSection {
    static func make(_ material: ReportMaterial) -> ReportSection {
        let roots = material.roots
        guard !roots.isEmpty else { return ReportSection(anchor: "causes", title: "Root cause", blocks: []) }
        let shown = roots.prefix(material.limits.cards)
        var blocks: [ReportBlock] = [
            .paragraph(
                RichText(
                    roots.count == 1 && material.telling.count == 1
                        ? "The one finding; nothing else that was found follows from it:"
                        : roots.count == 1
                            ? "One finding that nothing else explains, and what follows from it:"
                            : "\(roots.count) findings that nothing else explains, each with what follows from it. "
                                + "A cause is drawn only where it began no later than its effect:"
                )
            ), .cascade(shown.map { node($0, material, isRoot: true) }),
        ]
        if shown.count < roots.count { blocks.append(.paragraph(.dim("… and \(roots.count - shown.count) more."))) }
        return ReportSection(anchor: "causes", title: roots.count == 1 ? "Root cause" : "Root causes", blocks: blocks)
    }

    private static func node(_ index: Int, _ material: ReportMaterial, isRoot: Bool) -> ReportCascade {
        let node = material.nodes[index]
        let finding = node.finding
        let causes = RuleAdvice(finding).causes
        let detail: String =
            isRoot
            ? causes.isEmpty ? "" : "Most likely: \(causes.prefix(2).joined(separator: "; or "))."
            : node.causes.first.map { "Because \($0.mechanism)." } ?? ""
        return ReportCascade(
            text: RichText.badge(finding.severity.rawValue, ReportTone(finding.severity)) + " " + material.link(index)
                + RichText.dim(" \(material.words.since(finding)), \(finding.confidence.rawValue) confidence"),
            detail: RichText(detail),
            tone: ReportTone(finding.severity),
            effects: material.checkup.diagnosis.effects(of: index).filter {
                material.nodes[$0].finding.severity > .info
            }
            .prefix(material.limits.cards).map { self.node($0, material, isRoot: false) }
        )
    }
}
