import Experiments
import HealthRules
import Training
import TrainingMetrics

/// Judges a run while it is trained: the rules, verdict and causes of `check`, without its look back at earlier points.
struct RunCheck {
    /// What the rules say of everything measured so far.
    struct Result {
        let view: RunView
        let results: RuleResults
        let diagnosis: Diagnosis
        let verdict: Verdict

        /// Findings nothing else explains, the most severe first; infos left out.
        var roots: [Finding] {
            diagnosis.roots.map { diagnosis.nodes[$0].finding }.filter { $0.severity > .info }
        }
    }

    let name: String
    let facts: RunFacts
    /// From which severity on the run is stopped; `nil` to go on whatever is found.
    let stopsOn: Severity?

    /// Judges.
    func result(of measured: [MeasuredStep]) throws -> Result {
        let view = Checkup.view(of: RunHistory(measured, name: name), facts: facts)
        let results = try RuleEngine(RuleSelection()).evaluate(view)
        return Result(view: view, results: results, diagnosis: Diagnosis(results.findings), verdict: Verdict(results))
    }

    /// Why the run should end, `nil` to go on: what `StopDecision` accepts, where `tracker` has noted this check and those before it.
    /// An error has to stand for two checks.
    func stopReason(_ result: Result, tracker: FindingTracker) -> String? {
        guard let stopsOn else { return nil }
        let decision = StopDecision(severity: stopsOn, checks: stopsOn == .error ? 2 : 0)
        return decision.reason(in: result.diagnosis, of: result.view) { tracker.errorChecks(of: $0) }
            .map { "\($0.rule) \($0.name): \($0.message)" }
    }
}
