import HealthRules

/// Writes one line a finding, in the manner of a compiler: `train.log:12: error ADV001 discriminator-blind: …`. Without a
/// log the run's name stands in its place. A run without findings gives no line.
public enum ConciseCheckRenderer {
    /// The lines, most severe first, each ending with a line end.
    public static func render(_ report: CheckReport) -> String {
        let words = RunWords(report.checkup.run.history)
        return report.checkup.results.findings.enumerated().map { index, finding in
            let place = report.place(ofFinding: index)
            let path = TerminalText.escaped(place?.path ?? report.runName, width: 300)
            let line = place?.line.map { ":\($0)" } ?? ""
            let subject = finding.subject.isEmpty ? "" : " [\(TerminalText.escaped(finding.subject, width: 60))]"
            return "\(path)\(line): \(finding.severity.rawValue) \(finding.rule) \(finding.name)\(subject): "
                + "\(TerminalText.escaped(words.sentence(finding), width: 1000))\n"
        }.joined()
    }

    /// The verdict in one line, without a line end: `origin: failing: 3 errors, 2 warnings, 1 info, …`.
    public static func summary(_ report: CheckReport) -> String {
        let results = ResultWords.all(report.checkup.results)
        return "\(TerminalText.escaped(report.runName, width: 60)): \(report.checkup.verdict.rawValue): \(results)"
    }
}
