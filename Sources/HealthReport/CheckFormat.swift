public import HealthRules

/// A form in which a check can be written.
public enum CheckFormat: String, CaseIterable, Sendable {
    /// For people at a terminal.
    case text
    /// For programs (`docs/report-schema.md`).
    case json
    /// For code scanning and editors (SARIF 2.1.0).
    case sarif
    /// For test reports: a case for every rule.
    case junit
    /// For GitHub Actions: annotations.
    case github
    /// For job summaries and pull requests.
    case markdown
    /// One line a finding.
    case concise

    /// The form a file's ending asks for, `nil` when it says nothing.
    public init?(fileName: String) {
        let ending = fileName.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last?.lowercased()
        switch ending {
        case "txt": self = .text
        case "json": self = .json
        case "sarif": self = .sarif
        case "xml": self = .junit
        case "md": self = .markdown
        default: return nil
        }
    }

    /// Whether the form names lines of the log, so that looking them up pays.
    public var showsLines: Bool {
        switch self {
        case .sarif, .junit, .github, .concise: true
        case .text, .json, .markdown: false
        }
    }

    /// The check in this form, ending with a line end.
    /// - Parameters:
    ///   - report: the check.
    ///   - text: how text for people is set.
    ///   - severity: in JUnit, findings from this severity on are failures.
    /// - Returns: the document.
    /// - Throws: an error of the JSON encoder.
    public func render(
        _ report: CheckReport,
        text: TextCheckRenderer = TextCheckRenderer(),
        failingFrom severity: Severity? = .error
    ) throws -> String {
        switch self {
        case .text: text.render(report)
        case .json: try JSONCheckRenderer.render(report) + "\n"
        case .sarif: try SARIFCheckRenderer.render(report)
        case .junit: JUnitCheckRenderer.render(report, failingFrom: severity)
        case .github: GitHubCheckRenderer.render(report)
        case .markdown: MarkdownCheckRenderer.render(report)
        case .concise: ConciseCheckRenderer.render(report)
        }
    }
}
