import HealthRules

/// Writes a check as SARIF 2.1.0, for code scanning and editors.
///
/// A result names the log and, where known, the line at which the finding begins; the chain from its root cause is a
/// code flow. Rules that could not be judged are notifications, never results. Fingerprints are `FindingFingerprint`s.
public enum SARIFCheckRenderer {
    /// The document, keys sorted.
    public static func render(_ report: CheckReport) throws -> String {
        try JSONText.render(SARIFLog(runs: [run(report)]), keys: .asDeclared) + "\n"
    }

    private static func run(_ report: CheckReport) -> SARIFLog.Run {
        let checkup = report.checkup
        let results = checkup.results
        let ids =
            results.findings.map(\.rule) + results.passed + results.unmeasured.map(\.rule)
            + results.tooShort.map(\.rule)
        let rules = Set(ids).sorted().compactMap { RuleRegistry.rule(named: $0.rawValue)?.description }
        let indices = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($1.id, $0) })
        let words = RunWords(checkup.run.history)
        return SARIFLog.Run(
            tool: SARIFLog.Tool(
                driver: SARIFLog.Driver(
                    version: report.version.isEmpty ? nil : report.version,
                    rules: rules.map { rule($0) }
                )
            ),
            automationDetails: SARIFLog.AutomationDetails(id: "codec-doctor/\(shown(report.runName))/"),
            invocations: [
                SARIFLog.Invocation(toolExecutionNotifications: notifications(report, indices))
            ],
            results: checkup.diagnosis.nodes.indices.map { result($0, report, words, indices) },
            properties: SARIFLog.RunProperties(
                run: shown(report.runName),
                verdict: checkup.verdict.rawValue,
                notes: report.notes.map { TerminalText.escaped($0) },
                cost: checkup.cost.map { TerminalText.escaped(ResultWords.cost($0)) }
            )
        )
    }

    private static func rule(_ rule: RuleDescription) -> SARIFLog.Rule {
        let causes = rule.causes.map(\.text).joined(separator: "; ")
        let steps = rule.advice.map(\.text).enumerated().map { "\($0 + 1). \($1)" }
        return SARIFLog.Rule(
            id: rule.id.rawValue,
            name: rule.name,
            shortDescription: SARIFLog.Message(text: rule.name.replacing("-", with: " ")),
            fullDescription: SARIFLog.Message(text: "\(rule.summary) \(rule.rationale)"),
            help: SARIFLog.Message(
                text: "\(rule.summary)\nCauses: \(causes).\nWhat to do:\n\(steps.joined(separator: "\n"))",
                markdown: "\(MarkdownText.escaped(rule.summary))\n\n**Causes:** \(MarkdownText.escaped(causes)).\n\n"
                    + "**What to do**\n\n" + steps.map { MarkdownText.escaped($0) }.joined(separator: "\n")
            ),
            defaultConfiguration: SARIFLog.Configuration(level: level(rule.severity)),
            properties: SARIFLog.RuleProperties(tags: [rule.group.rawValue], preview: rule.isPreview)
        )
    }

    private static func result(
        _ index: Int,
        _ report: CheckReport,
        _ words: RunWords,
        _ indices: [RuleID: Int]
    ) -> SARIFLog.Result {
        let diagnosis = report.checkup.diagnosis
        let node = diagnosis.nodes[index]
        let finding = node.finding
        var chain = [index]
        while let cause = diagnosis.nodes[chain[0]].causes.first?.node, !chain.contains(cause) {
            chain.insert(cause, at: 0)
        }
        let flow = chain.map { step -> SARIFLog.ThreadFlowLocation in
            let finding = diagnosis.nodes[step].finding
            let mechanism = diagnosis.nodes[step].causes.first.map { ", because \($0.mechanism)" } ?? ""
            let text = "\(finding.rule) \(finding.name)\(step == chain[0] ? "" : mechanism)"
            return SARIFLog.ThreadFlowLocation(location: location(step, report, text))
        }
        return SARIFLog.Result(
            ruleId: finding.rule.rawValue,
            ruleIndex: indices[finding.rule] ?? -1,
            level: level(finding.severity),
            rank: rank(finding.confidence),
            message: SARIFLog.Message(text: shown(finding.message, width: 4000)),
            locations: [location(index, report, nil)],
            codeFlows: flow.count > 1
                ? [SARIFLog.CodeFlow(threadFlows: [SARIFLog.ThreadFlow(locations: flow)])] : nil,
            partialFingerprints: ["codecDoctorFinding/v1": finding.fingerprint.text],
            baselineState: report.checkup.accepted.hasBaseline ? "new" : nil,
            properties: SARIFLog.ResultProperties(
                subject: shown(finding.subject),
                confidence: finding.confidence.rawValue,
                since: words.since(finding),
                root: node.isRoot,
                firstPosition: finding.episode.firstPosition,
                lastPosition: finding.episode.lastPosition,
                evidence: finding.evidence.map {
                    SARIFLog.ResultProperties.Evidence(
                        label: shown($0.label),
                        value: JSONNumber($0.value),
                        unit: shown($0.unit),
                        expected: shown($0.expected)
                    )
                },
                advice: RuleAdvice(finding).steps.map { shown($0, width: 1000) }
            )
        )
    }

    private static func location(_ index: Int, _ report: CheckReport, _ message: String?) -> SARIFLog.Location {
        let place = report.place(ofFinding: index)
        return SARIFLog.Location(
            physicalLocation: SARIFLog.PhysicalLocation(
                artifactLocation: SARIFLog.ArtifactLocation(uri: uri(place?.path ?? report.runName)),
                region: place?.line.map { SARIFLog.Region(startLine: max(1, $0)) }
            ),
            logicalLocations: [SARIFLog.LogicalLocation(name: shown(report.runName), kind: "run")],
            message: message.map { SARIFLog.Message(text: $0) }
        )
    }

    private static func notifications(_ report: CheckReport, _ indices: [RuleID: Int]) -> [SARIFLog.Notification] {
        let results = report.checkup.results
        func reference(_ rule: RuleID) -> SARIFLog.RuleReference? {
            indices[rule].map { SARIFLog.RuleReference(id: rule.rawValue, index: $0) }
        }
        return report.notes.map {
            SARIFLog.Notification(
                level: "warning",
                message: SARIFLog.Message(text: TerminalText.escaped($0)),
                associatedRule: nil
            )
        }
            + results.unmeasured.map { entry in
                SARIFLog.Notification(
                    level: "note",
                    message: SARIFLog.Message(text: UnjudgedWords.text(entry)),
                    associatedRule: reference(entry.rule)
                )
            }
            + results.tooShort.map { entry in
                SARIFLog.Notification(
                    level: "note",
                    message: SARIFLog.Message(text: UnjudgedWords.text(entry)),
                    associatedRule: reference(entry.rule)
                )
            }
    }

    /// A path as a URI reference (RFC 3986): an absolute path with the scheme `file`, everything but unreserved
    /// characters and slashes percent-encoded.
    static func uri(_ path: String) -> String {
        var encoded = ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += "%" + (digits.count < 2 ? "0" : "") + digits
            }
        }
        return path.hasPrefix("/") ? "file://" + encoded : encoded
    }

    private static func shown(_ text: String, width: Int = 300) -> String { TerminalText.escaped(text, width: width) }

    private static func level(_ severity: Severity) -> String {
        switch severity {
        case .error: "error"
        case .warning: "warning"
        case .info: "note"
        }
    }

    /// Importance 0…100: more where the finding is surer.
    private static func rank(_ confidence: Confidence) -> Double {
        switch confidence {
        case .high: 90
        case .medium: 60
        case .low: 30
        }
    }
}
