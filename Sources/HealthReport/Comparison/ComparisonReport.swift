public import HealthRules
import TrainingMetrics

/// Two checks beside each other, as text, JSON, Markdown or HTML.
public struct ComparisonReport: Sendable {
    /// A form it can have.
    public enum Format: String, CaseIterable, Sendable {
        /// For people at a terminal.
        case text
        /// For programs (`docs/report-schema.md`).
        case json
        /// For pull requests.
        case markdown
        /// A page with charts.
        case html

        /// The form a file's ending asks for, `nil` when it says nothing.
        public init?(fileName: String) {
            switch fileName.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last?.lowercased() {
            case "txt": self = .text
            case "json": self = .json
            case "md": self = .markdown
            case "html", "htm": self = .html
            default: return nil
            }
        }
    }

    /// The check of the first run: the old one.
    public let first: CheckReport
    /// The check of the second run: the new one.
    public let second: CheckReport
    /// What differs.
    public let comparison: RunComparison

    /// Compares two checks.
    public init(_ first: CheckReport, _ second: CheckReport) {
        self.first = first
        self.second = second
        comparison = RunComparison(first.checkup, second.checkup)
    }

    /// The comparison in a form, ending with a line end.
    /// - Parameters:
    ///   - format: the form.
    ///   - style: colours of the text form.
    ///   - width: columns of the text form.
    /// - Returns: the document.
    /// - Throws: an error of the JSON encoder.
    public func render(_ format: Format, style: ANSIStyle = .plain, width: Int = 100) throws -> String {
        switch format {
        case .text: TextDocument.render(document(drawsCharts: false), style: style, width: width)
        case .json: try JSONText.render(EncodedComparison(self)) + "\n"
        case .markdown: MarkdownDocument.render(document(drawsCharts: false))
        case .html: HTMLDocument.render(document(drawsCharts: true))
        }
    }

    private func document(drawsCharts: Bool) -> ReportDocument {
        let version = first.version.isEmpty ? "" : " \(first.version)"
        let names = [first, second].map { TerminalText.escaped($0.runName, width: 60) }
        return ReportDocument(
            title: "\(names[0]) → \(names[1])",
            subtitle: "A is run \(first.runID) \(names[0]) (\(RunWords(first.checkup.run.history).extent)), "
                + "B is run \(second.runID) \(names[1]) (\(RunWords(second.checkup.run.history).extent))",
            verdict: nil,
            sections: [
                ComparisonSections.overview(self), ComparisonSections.findings(self),
                ComparisonSections.metrics(self, comparison.progress, comparison.progressRows),
                ComparisonSections.metrics(self, comparison.cost, comparison.costRows),
                ComparisonSections.best(self), drawsCharts ? ComparisonSections.curves(self) : nil,
                ComparisonSections.facts(self), ComparisonSections.missing(self),
            ].compactMap { $0 }.filter { !$0.blocks.isEmpty },
            footer: "Made by codec-doctor\(version) from the logs alone."
        )
    }
}
