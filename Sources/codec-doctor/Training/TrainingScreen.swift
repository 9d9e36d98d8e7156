import Foundation
import HealthReport

/// The live view of a training run as text: state in, lines out.
struct TrainingScreen {
    let style: ANSIStyle
    /// Columns; no line is longer.
    let width: Int

    private static let margin = 10

    /// The screen's lines for a terminal: how far, the losses, held-out speech, the diagnosis.
    func lines(_ progress: RunProgress) -> [String] {
        var lines = [headline(progress), line("", Self.place(progress), .dim)]
        if !progress.losses.isEmpty { lines.append(line("train", Self.numbers(progress.losses, between: "  "))) }
        if let step = progress.validatedStep {
            lines.append(line("held out", Self.numbers(progress.validation, between: "  ") + "  (step \(step))"))
        }
        if let diagnosis = progress.diagnosis {
            lines.append(line("check", "\(diagnosis.sentence)  (step \(diagnosis.step))", diagnosis.tone))
        }
        return lines
    }

    /// One line for a log: how far, and the losses.
    static func plain(_ progress: RunProgress) -> String {
        var text = place(progress)
        if let left = progress.secondsLeft { text += ", \(DurationText.clock(left)) left" }
        return text + ": " + numbers(progress.losses, between: ", ")
    }

    /// One line for a log about the last validation, `nil` before the first.
    static func plainValidation(_ progress: RunProgress) -> String? {
        progress.validatedStep.map { "held out at step \($0): " + numbers(progress.validation, between: ", ") }
    }

    /// One line for a log about the last check, `nil` before the first.
    static func plainDiagnosis(_ progress: RunProgress) -> String? {
        progress.diagnosis.map { "check at step \($0.step): \($0.sentence)" }
    }

    private func headline(_ progress: RunProgress) -> String {
        let share = String(format: "%3d %%", Int(progress.share * 100))
        let left = progress.secondsLeft.map { "  \(DurationText.clock($0)) left" } ?? ""
        let name = TerminalText.escaped(progress.name, width: 24)
        let room = width - name.count - share.count - left.count - 3
        guard room >= 5 else { return String("\(name) \(share)\(left)".prefix(width)) }
        let bar = ProgressBar.bar(progress.share, width: min(40, room))
        return "\(style(name, .bold))  \(bar) \(share)\(style(left, .dim))"
    }

    /// `step 185 of 500, epoch 4 of 10, 1.92 steps/s`
    private static func place(_ progress: RunProgress) -> String {
        let rate = progress.rate.map { ", \(NumberText.short($0)) steps/s" } ?? ""
        return "step \(progress.step) of \(progress.steps), epoch \(progress.epoch) of \(progress.epochs)\(rate)"
    }

    private static func numbers(_ shown: [RunProgress.Shown], between separator: String) -> String {
        shown.map { "\($0.label) \(NumberText.short($0.value, unit: $0.unit))" }.joined(separator: separator)
    }

    private func line(_ label: String, _ text: String, _ tone: ANSIStyle.Tone? = nil) -> String {
        let head = label + String(repeating: " ", count: Self.margin - label.count)
        let shown = TerminalText.escaped(text, width: max(1, width - Self.margin))
        return style(head, .dim) + (tone.map { style(shown, $0) } ?? shown)
    }
}
