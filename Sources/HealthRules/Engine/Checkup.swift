public import TrainingMetrics

/// The whole examination of one run: facts completed, metrics derived, rules run, causes ordered, time and money put
/// to it. A value; making it is pure.
public struct Checkup: Sendable {
    /// What was judged.
    public let run: RunView
    /// What the rules said, without what somebody has accepted.
    public let results: RuleResults
    /// What somebody has accepted of it: suppressed, or known from a baseline.
    public let accepted: AcceptedFindings
    /// The findings in causal order.
    public let diagnosis: Diagnosis
    /// The verdict.
    public let verdict: Verdict
    /// When what could first be seen.
    public let timeline: Timeline
    /// Whether the logged terms make up the logged objective, `nil` where a total or its terms are not logged.
    public let objective: LossAlgebra?
    /// What it cost, `nil` without a price or a clock.
    public let cost: RunCost?

    /// Examines a run.
    /// - Parameters:
    ///   - history: logged metrics of the attempt to judge.
    ///   - facts: facts given by the user and read from the log; what can be inferred is added.
    ///   - selection: which rules run, and how they are set.
    ///   - profile: expectations to compare with, if any.
    ///   - silentSeconds: seconds since a live log last grew, `nil` for a log that is not live.
    ///   - probes: what saved probes measured of the run's networks, newest first.
    ///   - acceptance: findings that are not to be reported, with the reason.
    /// - Throws: `RuleSelectionError`.
    public init(
        history: RunHistory,
        facts: RunFacts,
        selection: RuleSelection = RuleSelection(),
        profile: ExpectationProfile? = nil,
        silentSeconds: Double? = nil,
        probes: [ProbeEvidence] = [],
        acceptance: Acceptance = Acceptance()
    ) throws(RuleSelectionError) {
        let engine = try RuleEngine(selection)
        let complete = FactInference.infer(history: history, facts: facts)
        let objective = LossAlgebra.analyse(history: history, facts: complete)
        let run = RunView(
            history: DerivedMetrics.adding(to: history, facts: complete, objective: objective),
            facts: complete,
            profile: profile,
            silentSeconds: silentSeconds,
            probes: probes
        )
        self.run = run
        self.objective = objective
        var results = engine.evaluate(run)
        let accepted = acceptance.applied(to: results.findings)
        results.findings = accepted.reported
        self.results = results
        self.accepted = accepted
        diagnosis = Diagnosis(results.findings)
        verdict = Verdict(results, accepted: accepted.accepted)
        let samples = history.series.reduce(0) { $0 + $1.count }
        let isSmall = samples <= Self.smallRunSamples
        timeline = Timeline(
            of: results,
            positions: Self.positions(of: history),
            engine: engine,
            except: Set(accepted.accepted.map(\.fingerprint)),
            density: isSmall ? .even(64) : .halves(refinements: 4)
        ) { position in
            // A small run is examined afresh, facts and all, as if the rest had never been logged.
            isSmall
                ? Self.view(of: history.prefix(through: position), facts: facts, profile: profile, probes: probes)
                : run.prefix(through: position)
        }
        cost = RunCost(history: run.history, facts: run.facts, firstError: timeline.firstError)
    }

    /// Up to this many samples, earlier points of a run are examined from scratch.
    private static let smallRunSamples = 50_000

    /// Completes facts and derived metrics.
    public static func view(
        of history: RunHistory,
        facts: RunFacts,
        profile: ExpectationProfile? = nil,
        probes: [ProbeEvidence] = []
    ) -> RunView {
        let complete = FactInference.infer(history: history, facts: facts)
        return RunView(
            history: DerivedMetrics.adding(to: history, facts: complete),
            facts: complete,
            profile: profile,
            probes: probes
        )
    }

    /// Positions at which anything that rules judge was logged, ascending and unique; of a long series every n-th, about
    /// 4096 of them.
    private static func positions(of history: RunHistory) -> [Int64] {
        var positions: Set<Int64> = []
        for series in history.series where series.role != .progress {
            let stride = max(1, series.count / 4096)
            for offset in Swift.stride(from: 0, to: series.count, by: stride) {
                positions.insert(series[offset].position)
            }
        }
        if let last = history.lastPosition { positions.insert(last) }
        return positions.sorted()
    }
}
