import HealthRules
import TrainingMetrics

/// Places in a run, in words: on which axis, since when, from where to where. Holds no text from the log.
struct RunWords {
    private let axis: StepAxis
    private let first: Int64?
    private let last: Int64?
    private let lastEpoch: Double?

    init(_ history: RunHistory) {
        axis = history.axis
        first = history.firstPosition
        last = history.lastPosition
        lastEpoch = history.lastEpoch
    }

    /// What the run covers (`epochs 1–10`, `steps 100–5000, epoch 4`, `no samples`).
    var extent: String {
        guard let first, let last else { return "no samples" }
        let span = first == last ? "\(unit) \(last)" : "\(unit)s \(first)–\(last)"
        guard axis != .epoch, let lastEpoch else { return span }
        return span + ", epoch \(NumberText.position(lastEpoch))"
    }

    /// What a position counts, in the singular.
    var unit: String { axis.rawValue }

    /// A place (`epoch 3`, `step 1200 (epoch 3)`).
    func place(_ position: Int64, _ epoch: Double?) -> String {
        guard axis == .step, let epoch else { return "\(unit) \(position)" }
        return "step \(position) (epoch \(NumberText.position(epoch)))"
    }

    /// When a finding held (`since epoch 1`, `at step 40`, `step 3 to step 9`, `measured by a probe`).
    func since(_ finding: Finding) -> String {
        if RuleRegistry.rule(named: finding.rule.rawValue)?.description.group == .probe { return "measured by a probe" }
        let episode = finding.episode
        let first = place(episode.firstPosition, episode.firstEpoch)
        if episode.isOngoing { return "since \(first)" }
        let last = place(episode.lastPosition, episode.lastEpoch)
        return first == last ? "at \(first)" : "\(first) to \(last)"
    }

    /// A finding's message followed by when it held, unless the message says so itself.
    func sentence(_ finding: Finding) -> String {
        let since = since(finding)
        return finding.message.contains(since) ? finding.message : "\(finding.message) (\(since))"
    }
}
