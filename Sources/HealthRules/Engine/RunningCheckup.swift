public import TrainingMetrics

/// The examination of a run that is still being trained: what ``Checkup`` says, without its look back at earlier points, which costs
/// more than everything else. A value; making it is pure.
public struct RunningCheckup: Sendable {
    /// What was judged.
    public let run: RunView
    /// What the rules said.
    public let results: RuleResults
    /// The findings in causal order.
    public let diagnosis: Diagnosis
    /// The verdict.
    public let verdict: Verdict

    /// Examines a run as ``Checkup`` does; the parameters are the same.
    public init(
        history: RunHistory,
        facts: RunFacts,
        engine: RuleEngine,
        profile: ExpectationProfile? = nil,
        silentSeconds: Double? = nil,
        probes: [ProbeEvidence] = []
    ) {
        var view = Checkup.view(of: history, facts: facts, profile: profile, probes: probes)
        view.silentSeconds = silentSeconds
        run = view
        results = engine.evaluate(view)
        diagnosis = Diagnosis(results.findings)
        verdict = Verdict(results)
    }

    /// Findings nothing else explains, the most severe first; infos left out.
    public var roots: [Finding] { diagnosis.roots.map { diagnosis.nodes[$0].finding }.filter { $0.severity > .info } }
}
