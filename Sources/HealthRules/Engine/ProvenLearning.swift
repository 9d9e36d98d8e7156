import TrainingMetrics

/// What a probe that trained the run's discriminator alone says about the causes of a finding.
struct ProvenLearning {
    private let subject: String
    private let learning: ProbeEvidence.Learning

    /// The newest such measurement, `nil` where there is none. `probes` come newest first.
    init?(_ probes: [ProbeEvidence]) {
        for probe in probes where probe.kind == .discriminator && probe.isLearningDecided {
            guard let learning = probe.learning else { continue }
            (subject, self.learning) = (probe.subject, learning)
            return
        }
        return nil
    }

    /// The finding with causes and advice in the order this measurement gives them, and a sentence that names it; the
    /// finding as it is where its rule names no cause that lies in the network.
    func applied(to finding: Finding, of rule: RuleDescription) -> Finding {
        guard rule.causes.contains(where: { $0.question == .network }) else { return finding }
        var finding = finding
        if finding.causes.isEmpty { finding.causes = ordered(rule.causes) }
        if finding.advice.isEmpty { finding.advice = remedies + ordered(rule.advice) }
        finding.message += " " + sentence
        finding.evidence.append(Evidence("logit gap of the discriminator trained alone", learning.gap))
        return finding
    }

    private func ordered(_ clauses: [RuleClause]) -> [String] {
        let network = clauses.filter { $0.question == .network }
        let others = clauses.filter { $0.question == nil }
        let ordered: [RuleClause] =
            switch learning.verdict {
            case .able: others
            case .unable: network + others
            case .slow, .undecided: clauses.filter { $0.question != .learningTest }
            }
        return ordered.map(\.text)
    }

    private var remedies: [String] {
        guard learning.verdict != .able, let remedy = learning.remedy else { return [] }
        return ["change what made it learn when a probe tried it: \(remedy)"]
    }

    /// What was measured and what follows.
    private var sentence: String {
        let trained = "A probe trained the discriminator alone ('\(subject)')"
        let steps = Wording.count(learning.steps, "step")
        let left = learning.leftBlindAt.map { "left the blind value after \(Wording.count($0, "step"))" }
        return switch learning.verdict {
        case .able:
            "\(trained): it \(left ?? "left the blind value") and then judged "
                + "\(PlainNumber.percent(learning.heldOutAccuracy)) of unheard audio rightly, so the network can learn "
                + "and the cause lies elsewhere."
        case .slow, .undecided:
            "\(trained) for \(steps): it \(left ?? "moved off the blind value") but did not get far, so the network "
                + "learns slowly."
        case .unable:
            "\(trained) for \(steps): it \(left.map { $0 + " and learnt nothing" } ?? "never left the blind value"), "
                + "so the network itself is the first suspect."
        }
    }
}
