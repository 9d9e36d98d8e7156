import TrainingMetrics

/// A saved probe in the JSON of `check` and `show`: what rules read of it, `nil` where it was not measured.
struct EncodedProbe: Encodable {
    struct Learning: Encodable {
        let verdict: String
        let steps: Int
        let leftBlindAt: Int?
        let gap: JSONNumber
        let heldOutAccuracy: JSONNumber
        let featureMatching: JSONNumber
        let remedy: String?
    }

    let subject: String
    let kind: String
    let weights: String
    let parameters: Int
    let measured: [String]
    let learning: Learning?

    init(_ probe: ProbeEvidence) {
        subject = probe.subject
        kind = probe.kind.rawValue
        weights = probe.weights.rawValue
        parameters = probe.parameterCount
        measured = probe.measuredSections
        learning = probe.learning.map {
            Learning(
                verdict: $0.verdict.rawValue,
                steps: $0.steps,
                leftBlindAt: $0.leftBlindAt,
                gap: JSONNumber($0.gap),
                heldOutAccuracy: JSONNumber($0.heldOutAccuracy),
                featureMatching: JSONNumber($0.featureMatching),
                remedy: $0.remedy
            )
        }
    }
}

extension ProbeEvidence {
    /// The sections that were measured, by name.
    fileprivate var measuredSections: [String] {
        var sections: [String] = []
        if !mixing.isEmpty { sections.append("mixing") }
        if !logits.isEmpty { sections.append("logits") }
        if !layers.isEmpty { sections.append("layers") }
        if learning != nil { sections.append("learning") }
        return sections
    }
}
