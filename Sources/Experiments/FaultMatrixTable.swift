import HealthRules

/// The outcomes of a matrix, counted and laid out.
public struct FaultMatrixTable: Sendable {
    /// Outcomes of faults.
    public let faults: [FaultOutcome]
    /// Outcomes of healthy variations.
    public let healthy: [FaultOutcome]

    /// A table of these outcomes, in this order.
    public init(faults: [FaultOutcome], healthy: [FaultOutcome]) {
        self.faults = faults
        self.healthy = healthy
    }

    /// Faults that numbers show.
    public var visibleCount: Int { faults.count { $0.missingMetric.isEmpty } }
    /// Faults that a right rule found.
    public var caughtCount: Int { faults.count { $0.verdict == .caught || $0.verdict == .misnamed } }
    /// Faults whose first cause was named right.
    public var namedCount: Int { faults.count { $0.verdict == .caught } }
    /// Errors in healthy runs.
    public var healthyErrorCount: Int { healthy.reduce(0) { $0 + $1.errorCount } }
    /// Whether every visible fault was found and no healthy run was called an error.
    public var holds: Bool { caughtCount == visibleCount && healthyErrorCount == 0 }

    /// The counts as sentences.
    public var summary: String {
        var sentences: [String] = []
        if !faults.isEmpty {
            let invisible = faults.count - visibleCount
            sentences.append(
                "\(caughtCount) of \(visibleCount) faults that show in the log were found, \(namedCount) with the right first cause"
                    + (invisible > 0 ? "; \(invisible) cannot be seen in it." : ".")
            )
        }
        if !healthy.isEmpty {
            sentences.append("\(healthy.count) healthy runs gave \(healthyErrorCount) errors.")
        }
        return sentences.joined(separator: " ")
    }

    /// The cells, with a header.
    private static func cells(_ outcomes: [FaultOutcome]) -> [[String]] {
        [["fault", "seed", "first rule", "step", "first root", "first cause", "verdict"]]
            + outcomes.map { outcome in
                let cause =
                    outcome.missingMetric.isEmpty
                    ? outcome.rootCause : "would be shown by \(outcome.missingMetric)"
                return [
                    outcome.name, String(outcome.seed),
                    outcome.first.map { "\($0.rule.rawValue) \($0.name)" } ?? "none",
                    outcome.first?.firstStep.map { String($0) } ?? "",
                    outcome.rootRule?.rawValue ?? "", cause, outcome.verdict.rawValue,
                ]
            }
    }

    /// The table for a terminal, columns aligned, causes cut at 60 characters.
    public var text: String {
        let sections = [("", faults), ("healthy", healthy)].filter { !$0.1.isEmpty }
        let blocks = sections.map { TableLayout.text(Self.cells($0.1)) }
        return (blocks + [summary]).joined(separator: "\n\n") + "\n"
    }

    /// The table as Markdown.
    public var markdown: String {
        let blocks = [faults, healthy].filter { !$0.isEmpty }.map { TableLayout.markdown(Self.cells($0)) }
        return (blocks + [summary]).joined(separator: "\n\n") + "\n"
    }
}
