import TrainingMetrics

/// The first lines of a discriminator's report, drawn from its numbers and from nothing else.
enum DiscriminatorAnswer {
    /// The sentences, for the subject and what it is compared with.
    static func sentences(of report: ProbeReport) -> [String] {
        guard let subject = report.networks.first else { return [] }
        var sentences: [String] = []
        for network in report.networks {
            let words = NetworkSentences(network)
            sentences += [words.damage].compactMap { $0 }
            sentences.append(([words.size] + words.reach).joined(separator: " "))
            sentences += [words.learning].compactMap { $0 }
        }
        sentences.append(conclusion(subject))
        if let most = report.capacities.min(by: { $0.weightShare < $1.weightShare }) {
            sentences.append("By itself, the most grouped layer \(most.summary).")
        }
        return sentences
    }

    /// Whether grouping, or the net at all, can be the reason of a loss that stays at its blind value.
    private static func conclusion(_ subject: NetworkReport) -> String {
        if subject.layerWeights.contains(where: { $0.nonFinite > 0 }) {
            return "With such weights nothing else can be judged: go back to a checkpoint before the first NaN."
        }
        let isGrouped = NetworkSentences(subject).isGrouped
        guard let learning = subject.learning else {
            return "Whether it learns was not measured, so whether "
                + (isGrouped ? "grouping" : "the net") + " can keep a loss at its blind value is undecided."
        }
        guard learning.finalLoss.isFinite else {
            return
                "With answers that are not finite nothing else can be judged: look for the layer whose gain is too high."
        }
        let blind = ReportText.number(learning.blindLoss)
        let dense = learning.counterfactuals.first { $0.isWithoutGroups }
        let cures = learning.counterfactuals.filter { $0.verdict == .able }
        switch learning.verdict {
        case .able where isGrouped:
            return "Therefore grouping is not what keeps D at \(blind): with all its groups this net leaves it within "
                + "\(ReportText.steps(learning.leftBlindAt ?? learning.steps)). Look at what it was fed and how it was trained."
        case .able:
            return "Therefore the net is not what keeps D at \(blind). Look at what it was fed and how it was trained."
        case .undecided:
            return "Whether " + (isGrouped ? "grouping" : "the net")
                + " can keep D at \(blind) is undecided after so few "
                + "steps: give more --seconds or --steps."
        case .slow, .unable:
            let tried = learning.counterfactuals.map { trial in
                "\(trial.change): \(trial.verdict.rawValue)"
                    + (trial.leftBlindAt.map { " (step \($0))" } ?? " in \(ReportText.steps(trial.steps))")
            }
            let trials = tried.isEmpty ? "" : " One change at a time: \(tried.joined(separator: "; "))."
            guard isGrouped else {
                let cure = cures.first.map { "Therefore \($0.change) is what it needs." }
                return (cure ?? "What it would need was not found.") + trials
            }
            return grouping(learning, dense: dense, cures: cures, blind: blind) + trials
        }
    }

    /// The same question when the grouped net is not able as it stands.
    private static func grouping(
        _ learning: LearningReport,
        dense: LearningReport.Counterfactual?,
        cures: [LearningReport.Counterfactual],
        blind: String
    ) -> String {
        let other =
            cures.first { !$0.isWithoutGroups }.map { " \($0.change) with the same groups makes it able." } ?? ""
        switch (learning.verdict, dense?.verdict) {
        case (_, nil), (_, .undecided?):
            return
                "Whether grouping is the reason is undecided: the same net without groups was not tried for long enough."
                + other
        case (.unable, .able?) where other.isEmpty:
            return
                "Therefore grouping can be what keeps D at \(blind): without groups the same net learns in as many steps."
        case (.unable, .able?):
            return "Therefore grouping alone does not decide it: without groups the same net learns, but" + other
        case (.unable, _):
            return
                "Therefore grouping is not what keeps D at \(blind): without groups the same net does not learn either."
                + other
        case (.slow, .able?):
            return "Therefore grouping slows this net down, but does not by itself keep D at \(blind): the loss moves."
                + other
        default:
            return
                "Therefore grouping is not what keeps D at \(blind): the loss moves, and without groups it does so no "
                + "better." + other
        }
    }
}

extension LearningReport.Counterfactual {
    /// Whether the change was to take the groups away.
    var isWithoutGroups: Bool { change.contains("without groups") }
}
