import HealthRules
import TrainingMetrics

/// The whole analysis of a run as a document.
///
/// The same report gives the same bytes: dates come from the log, nothing from a clock.
public enum RunReport {
    /// A form a document can have.
    public enum Format: String, CaseIterable, Sendable {
        /// One page with charts.
        case html
        /// Text with tables.
        case markdown

        /// The form a file's ending asks for, `nil` when it says nothing.
        public init?(fileName: String) {
            switch fileName.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last?.lowercased() {
            case "html", "htm": self = .html
            case "md", "markdown": self = .markdown
            default: return nil
            }
        }
    }

    /// Bytes a page does not exceed.
    public static let sizeLimit = 1_000_000

    /// The document, at most `sizeLimit` bytes: of very many findings and metrics the less telling are left out, and
    /// counted.
    /// - Parameters:
    ///   - report: the check.
    ///   - format: the form.
    /// - Returns: the document, ending with a line end.
    public static func render(_ report: CheckReport, as format: Format) -> String {
        var page = ""
        for limits in ReportLimits.all {
            page = render(document(report, limits), as: format)
            if page.utf8.count < sizeLimit { break }
        }
        return page
    }

    static func render(_ document: ReportDocument, as format: Format) -> String {
        switch format {
        case .html: HTMLDocument.render(document)
        case .markdown: MarkdownDocument.render(document)
        }
    }

    static func document(_ report: CheckReport, _ limits: ReportLimits) -> ReportDocument {
        let material = ReportMaterial(report, limits)
        let version = report.version.isEmpty ? "" : " \(report.version)"
        return ReportDocument(
            title: report.runName,
            subtitle: material.subtitle,
            verdict: (report.checkup.verdict.rawValue, ReportTone(report.checkup.verdict)),
            sections: [
                SummarySection.make(material), ObservationSection.make(material), CauseSection.make(material),
                EvidenceSection.make(material), TimelineSection.make(material), AdviceSection.make(material),
                ProbeSection.make(material), ExpectationSection.make(material), CostSection.make(material),
                ObjectiveSection.make(material), CurveSection.make(material), UnjudgedSection.make(material),
                FactSection.make(material), RuleSection.make(material),
            ].filter { !$0.blocks.isEmpty },
            footer: "Made by codec-doctor\(version) from the log alone. Everything said rests on the numbers shown; "
                + "'codec-doctor explain RULE' says where each threshold comes from."
        )
    }
}

extension ReportTone {
    /// The colour of a verdict.
    init(_ verdict: Verdict) {
        switch verdict {
        case .failing: self = .error
        case .healthy: self = .good
        case .unsettled: self = .warning
        }
    }

    /// The colour of a severity.
    init(_ severity: Severity) {
        switch severity {
        case .error: self = .error
        case .warning: self = .warning
        case .info: self = .info
        }
    }
}
