import HealthRules
import TrainingMetrics

/// What saved probes measured of the run's networks.
enum ProbeSection {
    static func make(_ material: ReportMaterial) -> ReportSection {
        let probes = material.checkup.run.probes
        var blocks: [ReportBlock] = []
        for probe in probes.prefix(material.limits.cards) { blocks.append(card(probe, material)) }
        if probes.isEmpty, let need = material.checkup.results.unprobed.first?.needs.first, asksForProbe(material) {
            let rules = material.checkup.results.unprobed.map(\.rule.rawValue).joined(separator: ", ")
            blocks.append(
                .paragraph(
                    RichText("No probe was saved for this run. ")
                        + RichText.code(need.hint.replacing(" RUN", with: " \(material.report.runID)"))
                        + " measures whether the discriminator can learn at all, and decides between the causes above (\(rules))."
                )
            )
        }
        return ReportSection(anchor: "probes", title: "Probe results", blocks: blocks)
    }

    private static func asksForProbe(_ material: ReportMaterial) -> Bool {
        material.telling.contains { index in
            RuleRegistry.rule(named: material.nodes[index].finding.rule.rawValue)?.description.group == .adversarial
        }
    }

    private static func card(_ probe: ProbeEvidence, _ material: ReportMaterial) -> ReportBlock {
        let weights = probe.weights == .trained ? "trained weights" : "fresh weights"
        var blocks: [ReportBlock] = [
            .heading(.strong(TerminalText.escaped(probe.subject, width: 80)), anchor: ""),
            .paragraph(.dim("\(probe.kind.rawValue), \(weights), \(probe.parameterCount) parameters")),
        ]
        var tone: ReportTone = .neutral
        if let learning = probe.learning {
            tone = learning.verdict == .able ? .good : learning.verdict == .unable ? .error : .warning
            blocks.append(
                .paragraph(RichText([.badge(learning.verdict.rawValue, tone), .plain(" " + sentence(learning))]))
            )
        }
        let logits = probe.logits.map { part -> [RichText] in
            [
                RichText(part.part), RichText(NumberText.short(part.mean)), RichText(NumberText.short(part.spread)),
                RichText(NumberText.short(part.speechFromNoise)),
            ]
        }
        blocks += material.table(
            "Logits before training, by sub-discriminator",
            [("part", .left), ("mean", .right), ("spread", .right), ("speech against noise", .right)],
            logits
        )
        let mixing = probe.mixing.map { part -> [RichText] in
            [
                RichText(part.part), RichText(NumberText.percent(part.reach)),
                RichText(part.mixesBeforeHead ? "yes" : "no"),
                RichText(part.smallestFanIn > 0 ? String(part.smallestFanIn) : ""),
            ]
        }
        blocks += material.table(
            "How far first-layer channels reach, by sub-discriminator",
            [
                ("part", .left), ("reach", .right), ("mixes before the head", .left),
                ("fewest inputs of an output", .right),
            ],
            mixing
        )
        return .card(blocks, tone)
    }

    private static func sentence(_ learning: ProbeEvidence.Learning) -> String {
        var text: String
        switch learning.verdict {
        case .able: text = "Trained alone it learns to tell real from decoded audio"
        case .slow: text = "Trained alone it moves away from the blind value, but is not done"
        case .unable: text = "Trained alone it stays at the blind value"
        case .undecided: text = "It was trained too briefly to tell"
        }
        text += " in \(learning.steps) steps"
        if let left = learning.leftBlindAt { text += ", clearly below the blind value from step \(left) on" }
        text +=
            ": mean logit gap \(NumberText.short(learning.gap)), "
            + "\(NumberText.percent(learning.heldOutAccuracy)) of held-out audio judged rightly, "
            + "feature matching \(NumberText.short(learning.featureMatching))."
        if let remedy = learning.remedy { text += " What made it learn: \(remedy)." }
        return text
    }
}
