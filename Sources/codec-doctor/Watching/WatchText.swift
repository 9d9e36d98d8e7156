import HealthReport
import HealthRules
import TrainingMetrics

/// Phrases that the lines and the screen of `watch` share.
enum WatchText {
    /// `step 34210, epoch 3`
    static func place(_ status: WatchStatus) -> String {
        guard let position = status.position else { return "no samples" }
        let place = "\(unit(status.axis)) \(position)"
        guard status.axis != .epoch, let epoch = status.epoch else { return place }
        return place + ", epoch \(NumberText.position(epoch))"
    }

    /// `120 steps/s (2.4 epochs/h)`, `2.5 epochs/h`; `nil` while unknown.
    static func speed(_ status: WatchStatus) -> String? {
        guard let speed = status.speed else { return nil }
        let units = "\(unit(status.axis))s"
        let text =
            speed >= 1
            ? "\(NumberText.short(speed)) \(units)/s"
            : speed >= 1.0 / 60
                ? "\(NumberText.short(speed * 60)) \(units)/min" : "\(NumberText.short(speed * 3600)) \(units)/h"
        // Epochs are mostly whole numbers: the first few say little about their length.
        guard status.axis == .step, let epoch = status.epoch, epoch >= 3, let position = status.position, position > 0
        else { return text }
        return text + " (\(NumberText.short(speed * 3600 * epoch / Double(position))) epochs/h)"
    }

    /// `since step 1200`
    static func since(_ finding: Finding, _ axis: StepAxis) -> String {
        "since \(unit(axis)) \(finding.episode.firstPosition)"
    }

    /// `failing: ADV001 discriminator-blind since step 40, and 2 more`
    static func sentence(_ status: WatchStatus) -> String {
        guard let first = status.roots.first else {
            return status.verdict == .healthy
                ? "healthy so far, \(status.judged) rules judged" : "nothing wrong so far, too early to call it healthy"
        }
        let word = status.verdict == .failing ? "failing" : first.severity.rawValue
        let more = status.problems > 1 ? ", and \(status.problems - 1) more" : ""
        return "\(word): \(first.rule) \(first.name) \(since(first, status.axis))\(more)"
    }

    /// `₹120 spent, ₹80 of it since the first error could be seen; ₹1,400 more until the planned end`; `nil` without a price.
    static func money(_ status: WatchStatus) -> String? {
        guard let forecast = status.forecast else { return nil }
        func text(_ amount: Double) -> String { NumberText.money(amount, currency: forecast.cost.currency) }
        var parts = "\(text(forecast.cost.total)) spent"
        if let wasted = forecast.cost.afterFirstError {
            parts += ", \(text(wasted)) of it since the first error could be seen"
        }
        if let remaining = forecast.remaining {
            parts += "; \(text(remaining)) \(status.verdict == .failing ? "at risk" : "more") until the planned end"
        }
        return parts + " (\(text(forecast.cost.pricePerHour))/h)"
    }

    /// What is said of a run too long to judge every sample all the time.
    static func thinning(_ status: WatchStatus) -> String {
        "judged by one record in \(status.recordsPerSample) of this long run; check judges every one"
    }

    /// The verdict and its colour.
    static func verdict(_ verdict: Verdict) -> (word: String, tone: ANSIStyle.Tone) {
        switch verdict {
        case .failing: ("FAILING", .red)
        case .healthy: ("HEALTHY", .green)
        case .unsettled: ("UNSETTLED", .yellow)
        }
    }

    private static func unit(_ axis: StepAxis) -> String {
        switch axis {
        case .step: "step"
        case .epoch: "epoch"
        case .record: "record"
        }
    }
}
