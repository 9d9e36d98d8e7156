/// What makes a finding the same finding in another report: the rule and its subject, and nothing that changes while a
/// run goes on (step, numbers, wording, severity) or between runs.
///
/// 64-bit FNV-1a over the UTF-8 of the rule's identifier, a zero byte and the subject, as 16 hexadecimal digits. Stable
/// across versions of the program: baselines and SARIF `partialFingerprints` hold it.
public struct FindingFingerprint: Hashable, Sendable, CustomStringConvertible {
    /// 16 lower-case hexadecimal digits.
    public let text: String

    /// The fingerprint of a finding of a rule about a subject, which is empty where a rule makes one finding only.
    public init(rule: RuleID, subject: String) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in Array(rule.rawValue.utf8) + [0] + Array(subject.utf8) {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        let digits = String(hash, radix: 16)
        text = String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// The digits.
    public var description: String { text }
}

extension Finding {
    /// What makes it the same finding in another report.
    public var fingerprint: FindingFingerprint { FindingFingerprint(rule: rule, subject: subject) }
}
