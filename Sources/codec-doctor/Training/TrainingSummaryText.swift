import Foundation
import HealthReport
import HealthRules

/// A training command's last page, for people.
struct TrainingSummaryText {
    let style: ANSIStyle
    let width: Int

    /// The page, ending with a line end.
    func render(_ summary: TrainingSummary) -> String {
        var lines = [headline(summary), ""]
        if !summary.validation.isEmpty { lines += validation(summary.validation) + [""] }
        lines += verdict(summary)
        if let saved = summary.saved { lines += ["", paragraph(saving(saved))] }
        if let profile = summary.profile { lines += [""] + table(profile) }
        lines += ["", heading("folder", summary.folder)]
        let files: [(String, String?)] = [
            ("codec", summary.files.codec), ("best", summary.files.best), ("checkpoint", summary.files.checkpoint),
            ("samples", summary.files.samples), ("log", summary.files.log), ("metrics", summary.files.metrics),
        ]
        lines += files.compactMap { label, path in path.map { heading("  \(label)", inside($0, summary.folder)) } }
        lines += summary.next.enumerated().map { heading($0.offset == 0 ? "next" : "", $0.element) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func headline(_ summary: TrainingSummary) -> String {
        let word =
            switch summary.ending {
            case .finished: "trained"
            case .interrupted: "interrupted"
            case .stopped: "stopped"
            }
        let steps =
            summary.steps == summary.plannedSteps ? "\(summary.steps)" : "\(summary.steps) of \(summary.plannedSteps)"
        var details = [
            "run \(summary.run)", "\(steps) steps", "seed \(summary.seed)", DurationText.clock(summary.seconds),
        ]
        if let rate = summary.stepsPerSecond { details.append("\(NumberText.short(rate.value)) steps/s") }
        return style("\(word) \(TerminalText.escaped(summary.name, width: 60))", .bold)
            + style("  (\(details.joined(separator: ", ")))", .dim)
    }

    private func validation(_ changes: [TrainingSummary.Change]) -> [String] {
        var table = TextTable([("held-out speech", .left), ("before", .right), ("after", .right), ("", .left)])
        for change in changes {
            let unit = change.unit.isEmpty ? "" : " (\(change.unit))"
            table.append([
                change.name + unit, NumberText.short(change.before.value), NumberText.short(change.after.value),
                change.improved.map { $0 ? "better" : "not better" } ?? "",
            ])
        }
        return table.lines(style: style)
    }

    private func verdict(_ summary: TrainingSummary) -> [String] {
        let (word, tone): (String, ANSIStyle.Tone) =
            switch summary.verdict {
            case .failing: ("FAILING", .red)
            case .healthy: ("HEALTHY", .green)
            case .unsettled: ("UNSETTLED", .yellow)
            }
        let said = summary.verdict == .unsettled ? "too short or too little measured to call it healthy" : ""
        return [style(word, .bold, tone) + (said.isEmpty ? "" : "  " + said)]
            + summary.findings.map { finding in
                let text =
                    "\(finding.severity) \(finding.rule) \(finding.name) since step \(finding.firstStep): \(finding.message)"
                return paragraph(text)
            }
    }

    private func saving(_ saved: TrainingSummary.Saving) -> String {
        let money =
            saved.money.map { ", \(NumberText.money($0, currency: saved.currency ?? "")) at the given price" } ?? ""
        return
            "Stopping here saved \(saved.steps) steps, about \(DurationText.clock(saved.seconds)) of training\(money)."
    }

    private func table(_ profile: [TrainingSummary.PhaseTime]) -> [String] {
        var table = TextTable([("phase of a step", .left), ("ms", .right), ("share", .right)])
        for phase in profile {
            let share = String(format: "%.1f %%", phase.share * 100)
            table.append([phase.phase, NumberText.short(phase.secondsPerStep * 1000), share])
        }
        return table.lines(style: style)
    }

    /// A path as seen from its run's folder.
    private func inside(_ path: String, _ folder: String) -> String {
        path.hasPrefix(folder + "/") ? String(path.dropFirst(folder.count + 1)) : path
    }

    private func heading(_ label: String, _ text: String) -> String {
        let head = label + String(repeating: " ", count: max(1, 13 - label.count))
        return style(head, .dim) + TerminalText.escaped(text)
    }

    private func paragraph(_ text: String) -> String {
        TextWrap.lines(TerminalText.escaped(text), width: width - 2).map { "  " + $0 }.joined(separator: "\n")
    }
}
