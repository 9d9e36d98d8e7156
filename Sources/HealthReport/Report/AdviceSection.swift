import HealthRules

/// What to change, causes first; what was advised above is not repeated.
enum AdviceSection {
    static func make(_ material: ReportMaterial) -> ReportSection {
        var said: Set<String> = []
        var blocks: [ReportBlock] = []
        // Effects after all roots: they are worth a look once their cause is gone.
        for index in material.roots + material.telling.filter({ !material.nodes[$0].isRoot }) {
            let steps = RuleAdvice(material.nodes[index].finding).steps.filter { said.insert($0).inserted }
            guard !steps.isEmpty, blocks.count < 2 * material.limits.cards else { continue }
            let isRoot = material.nodes[index].isRoot
            blocks.append(
                .heading(
                    material.link(index) + RichText.dim(isRoot ? "" : " (once its cause is gone)"),
                    anchor: ""
                )
            )
            blocks.append(.list(steps.prefix(isRoot ? 8 : 3).map { RichText($0) }, isNumbered: true))
        }
        return ReportSection(anchor: "advice", title: "What to change, in this order", blocks: blocks)
    }
}

/// What it cost.
enum CostSection {
    static func make(_ material: ReportMaterial) -> ReportSection {
        let checkup = material.checkup
        guard let cost = checkup.cost else {
            guard checkup.verdict == .failing else { return ReportSection(anchor: "cost", title: "Cost", blocks: []) }
            let how =
                "Give --price-per-hour (and --fact epoch-seconds=… where the log has no clock) to see what was spent, what of it after the first error could be seen, and what is still at risk."
            return ReportSection(anchor: "cost", title: "Cost", blocks: [.paragraph(.dim(how))])
        }
        let money = { NumberText.money($0, currency: cost.currency) }
        var rows: [[RichText]] = [
            [
                "spent in all", .strong(money(cost.total)),
                RichText("\(NumberText.tidy(cost.hours)) h at \(money(cost.pricePerHour))/h; \(cost.basis)"),
            ]
        ]
        if let wasted = cost.afterFirstError, let first = checkup.timeline.firstError {
            rows.append([
                "spent after the first error could be seen", .strong(money(wasted)),
                RichText("from \(material.words.place(first.position, first.epoch)) on"),
            ])
        }
        if let remaining = material.remaining {
            rows.append([
                "still to be spent by the plan", .strong(money(remaining)), "at the same cost for what is left",
            ])
        }
        return ReportSection(
            anchor: "cost",
            title: "Cost",
            blocks: material.table(
                "Money",
                [("what", .left), ("amount", .right), ("how it was worked out", .left)],
                rows
            )
        )
    }
}
