import HealthRules

/// Writes a check as Markdown for job summaries and comments on pull requests: the verdict, a table of findings in causal
/// order, what to do, what could not be judged. Short enough for a comment (65 536 characters).
public enum MarkdownCheckRenderer {
    private static let rowLimit = 40
    private static let messageWidth = 600

    /// The page.
    public static func render(_ report: CheckReport) -> String {
        let checkup = report.checkup
        let words = RunWords(checkup.run.history)
        var lines = [
            "## \(symbol(checkup.verdict)) \(MarkdownText.escaped(report.runName, width: 120)): \(checkup.verdict.rawValue)",
            "", "\(sentence(words.extent)). \(sentence(ResultWords.all(checkup.results))).",
        ]
        if let why = ResultWords.unsettled(checkup) { lines.append(MarkdownText.escaped(why)) }
        if let cost = checkup.cost { lines.append(MarkdownText.escaped(ResultWords.cost(cost))) }
        lines += report.notes.flatMap { ["", "> " + MarkdownText.escaped($0)] }
        lines += findings(checkup, words)
        lines += advice(checkup)
        lines += unjudged(checkup.results)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func findings(_ checkup: Checkup, _ words: RunWords) -> [String] {
        let order = CausalOrder(checkup.diagnosis).places.filter {
            checkup.diagnosis.nodes[$0.node].finding.severity > .info
        }
        guard !order.isEmpty else { return [] }
        let rows = order.prefix(rowLimit).map { place -> [String] in
            let node = checkup.diagnosis.nodes[place.node]
            let finding = node.finding
            let indent = place.depth == 0 ? "" : String(repeating: "&emsp;", count: place.depth - 1) + "↳ "
            let subject = finding.subject.isEmpty ? "" : " " + MarkdownText.escaped("[\(finding.subject)]", width: 60)
            let mechanism =
                place.depth == 0
                ? "" : node.causes.first.map { " *Because \(MarkdownText.escaped($0.mechanism)).*" } ?? ""
            return [
                finding.severity.rawValue, "\(indent)**\(finding.rule)** \(finding.name)\(subject)",
                words.since(finding),
                MarkdownText.escaped(finding.message, width: messageWidth) + mechanism,
            ]
        }
        let more = order.count > rowLimit ? ["", "… and \(order.count - rowLimit) more findings."] : []
        return [""]
            + MarkdownText.table(
                [("severity", .left), ("finding", .left), ("when", .left), ("what it says", .left)],
                rows
            )
            + more
    }

    private static func advice(_ checkup: Checkup) -> [String] {
        let roots = checkup.diagnosis.roots.map { checkup.diagnosis.nodes[$0].finding }.filter { $0.severity > .info }
        guard !roots.isEmpty else { return [] }
        var lines = ["", "### What to do, causes first"]
        for root in roots.prefix(6) {
            lines += ["", "**\(root.rule) \(root.name)**", ""]
            lines += RuleAdvice(root).steps.prefix(4).enumerated().map {
                "\($0 + 1). \(MarkdownText.escaped($1, width: messageWidth))"
            }
        }
        return lines
    }

    private static func unjudged(_ results: RuleResults) -> [String] {
        guard !results.unmeasured.isEmpty || !results.tooShort.isEmpty else { return [] }
        var lines = [
            "",
            "<details><summary>\(results.unmeasured.count + results.tooShort.count) rules could not be judged</summary>",
            "",
        ]
        if let unlock = ResultWords.unlock(results) { lines += ["Most useful: \(MarkdownText.escaped(unlock)).", ""] }
        lines += results.tooShort.map { "- " + MarkdownText.escaped(UnjudgedWords.text($0)) }
        lines += results.unmeasured.map { "- " + MarkdownText.escaped(UnjudgedWords.text($0)) }
        return lines + ["", "</details>"]
    }

    private static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    private static func symbol(_ verdict: Verdict) -> String {
        switch verdict {
        case .failing: "❌"
        case .healthy: "✅"
        case .unsettled: "❔"
        }
    }
}
