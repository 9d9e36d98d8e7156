import HealthReport
import Probe
import TrainingMetrics

/// Whether a net learns when it alone is trained.
struct LearningText {
    let page: ProbePage

    private struct Row {
        let name: String
        let losses: [Double]
        let leftBlindAt: Int?
        let gap: Double
        let accuracy: Double
        let degraded: Double
    }

    /// The verdict, a curve for each sub-discriminator, and what changes did.
    func lines(_ report: LearningReport) -> [String] {
        typealias Column = FittingTable<Row>.Column
        let verdict = page.style(report.verdict.rawValue, .bold, tone(report.verdict))
        var lines = [
            "  \(verdict): \(ReportText.steps(report.steps)) in \(NumberText.short(report.seconds)) s, "
                + "\(TerminalText.escaped(report.family)), blind value \(NumberText.short(report.blindLoss))"
        ]
        var rows = report.parts.enumerated().map { index, part in
            Row(
                name: part.name,
                losses: report.curve.map { index < $0.partLosses.count ? $0.partLosses[index] : .nan },
                leftBlindAt: part.leftBlindAt,
                gap: part.gap,
                accuracy: part.heldOutAccuracy,
                degraded: part.degradedAccuracy
            )
        }
        if rows.count > 1 {
            rows.append(
                Row(
                    name: "all",
                    losses: report.curve.map(\.loss),
                    leftBlindAt: report.leftBlindAt,
                    gap: report.gap,
                    accuracy: report.heldOutAccuracy,
                    degraded: report.degradedAccuracy
                )
            )
        }
        lines += page.table(
            [
                Column(title: "loss of", alignment: .left) { page.name($0.name, width: 24) },
                Column(title: "curve", alignment: .left) { Sparkline($0.losses[...], width: 20).bars },
                Column(title: "first") { NumberText.short($0.losses.first ?? .nan) },
                Column(title: "last") { NumberText.short($0.losses.last ?? .nan) },
                Column(title: "left blind at") { $0.leftBlindAt.map { "step \($0)" } ?? "never" },
                Column(title: "gap") { NumberText.short($0.gap) },
                Column(title: "right") { ReportText.percent($0.accuracy) },
                Column(title: "degraded") { ReportText.percent($0.degraded) },
            ],
            rows
        )
        lines += page.wrapped(
            "On held-out clips: gap is the mean logit on real less that on decoded speech, right and degraded the clips judged "
                + "rightly, real against decoded and against degraded ones. Feature matching \(NumberText.short(report.featureMatchingBefore)) before, "
                + "\(NumberText.short(report.featureMatchingAfter)) after.",
            indent: 2
        )
        lines += page.wrapped(report.conditions, indent: 2)
        guard !report.counterfactuals.isEmpty else { return lines }
        typealias Change = FittingTable<LearningReport.Counterfactual>.Column
        lines.append("")
        lines += page.table(
            [
                Change(title: "with one change", alignment: .left) { page.name($0.change, width: 50) },
                Change(title: "verdict", alignment: .left) { $0.verdict.rawValue },
                Change(title: "left blind at") {
                    $0.leftBlindAt.map { "step \($0)" } ?? "not in \(ReportText.steps($0.steps))"
                },
                Change(title: "last loss") { NumberText.short($0.finalLoss) },
            ],
            report.counterfactuals
        )
        return lines
    }

    private func tone(_ verdict: ProbeEvidence.Learning.Verdict) -> ANSIStyle.Tone {
        switch verdict {
        case .able: .green
        case .slow, .undecided: .yellow
        case .unable: .red
        }
    }
}
