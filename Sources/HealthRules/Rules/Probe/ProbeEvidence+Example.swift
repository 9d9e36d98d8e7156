import TrainingMetrics

extension ProbeEvidence {
    /// A discriminator of which nothing but the size was measured, for the examples of rules.
    static func example(_ weights: Weights = .initial, layers: [Layer] = []) -> ProbeEvidence {
        ProbeEvidence(
            kind: .discriminator,
            subject: "a discriminator",
            weights: weights,
            parameterCount: 5_637_953,
            layers: layers
        )
    }
}

extension ProbeEvidence.Learning {
    /// 200 steps that ended as the verdict says, for the examples of rules.
    static func example(_ verdict: Verdict) -> ProbeEvidence.Learning {
        switch verdict {
        case .able:
            .init(verdict: .able, steps: 200, leftBlindAt: 31, gap: 1.4, heldOutAccuracy: 0.97, featureMatching: 0.2)
        case .slow:
            .init(verdict: .slow, steps: 200, leftBlindAt: 180, gap: 0.2, heldOutAccuracy: 0.7, featureMatching: 0.05)
        case .undecided:
            .init(
                verdict: .undecided,
                steps: 25,
                leftBlindAt: nil,
                gap: 0.01,
                heldOutAccuracy: 0.5,
                featureMatching: 0.01
            )
        case .unable:
            .init(
                verdict: .unable,
                steps: 200,
                leftBlindAt: nil,
                gap: 0.001,
                heldOutAccuracy: 0.5,
                featureMatching: 0.001
            )
        }
    }
}
