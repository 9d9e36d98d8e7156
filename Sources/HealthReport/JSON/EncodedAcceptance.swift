import HealthRules

/// Findings that are not reported, as the JSON document shows them.
enum EncodedAcceptance {
    /// A suppressed finding.
    struct Suppressed: Encodable {
        let rule: String
        let name: String
        let subject: String
        let fingerprint: String
        let severity: String
        let message: String
        let reason: String
        let until: String?

        init(_ item: AcceptedFindings.Suppressed) {
            let finding = item.finding
            rule = finding.rule.rawValue
            name = finding.name
            subject = finding.subject
            fingerprint = finding.fingerprint.text
            severity = finding.severity.rawValue
            message = finding.message
            reason = item.suppression.reason
            until = item.suppression.until?.description
        }
    }

    /// A finding the baseline knows.
    struct Known: Encodable {
        let rule: String
        let name: String
        let subject: String
        let fingerprint: String
        let severity: String
        let message: String

        init(_ finding: Finding) {
            rule = finding.rule.rawValue
            name = finding.name
            subject = finding.subject
            fingerprint = finding.fingerprint.text
            severity = finding.severity.rawValue
            message = finding.message
        }
    }
}
