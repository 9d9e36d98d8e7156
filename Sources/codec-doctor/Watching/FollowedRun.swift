import Foundation
import HealthRules
import RunStore
import TrainingMetrics

/// A run that is watched: what is new of it is read, and it is checked again when that is worth it.
struct FollowedRun {
    /// How runs are judged; the same for all.
    struct Judge {
        let store: RunStore
        let engine: RuleEngine
        let selection: RuleSelection
        let profile: ExpectationProfile?
        let overrides: [RoleOverride]
        let facts: [Fact]
    }

    /// Seconds between checks of a run that is silent.
    private static let silentPause = 15.0

    let id: Int64
    private(set) var name: String
    private let judge: Judge
    private var follower: RunFollower
    private var pace = CheckPace()
    private var tracker = FindingTracker()
    private var speed = RunSpeed()
    /// When it last grew, seconds since 1970; at first when its files were last changed.
    private(set) var lastGrowth: Double
    /// Whether it grew while it was watched.
    private(set) var isLive = false
    private var isDirty = true
    /// The worst severity of each rule that an earlier check, perhaps of another process, had found.
    private var known: [String: Severity]
    /// The last check.
    private(set) var checkup: RunningCheckup?
    /// Position at which the first error could be seen.
    private(set) var firstError: Int64?

    init(_ run: RunRecord, judge: Judge, sampleLimit: Int, now: Double) throws {
        (id, name, self.judge) = (run.id, run.name, judge)
        follower = RunFollower(run, in: judge.store, limit: sampleLimit)
        let silence = LoadedRun.silentSeconds(
            of: try judge.store.sources(of: run),
            now: Date(timeIntervalSince1970: now)
        )
        lastGrowth = now - (silence ?? 0)
        known = Dictionary(
            try judge.store.findings(of: run).compactMap { finding in
                Severity(rawValue: finding.severity).map { (finding.rule, $0) }
            },
            uniquingKeysWith: max
        )
    }

    /// Whether a finding of the first check is one that an earlier check had found at that severity or worse.
    func wasKnown(_ finding: Finding) -> Bool { known[finding.rule.rawValue].map { $0 >= finding.severity } ?? false }

    /// How many samples are kept in memory.
    mutating func limit(to samples: Int) { follower.limit = samples }

    /// Reads what is new, and checks the run when it is time; `now` is in seconds since 1970. A final check is made of whatever there
    /// is, `isEnded` tells that nothing will follow any more: then silence is no symptom.
    /// - Returns: what changed, `nil` when the run was not checked.
    mutating func update(now: Double, isForced: Bool = false, isEnded: Bool = false) throws -> [FindingTracker.Change]?
    {
        guard isForced || pace.isDue(at: now) else { return nil }
        let begun = CheckPace.threadSeconds
        if try follower.refresh() {
            if checkup != nil {
                isLive = true
                lastGrowth = now
            }
            isDirty = true
        }
        guard isDirty || isForced || pace.age(at: now) >= Self.silentPause else { return nil }
        guard let loaded = try load() else { return nil }
        if checkup != nil { known = [:] }
        let checkup = RunningCheckup(
            history: loaded.history,
            facts: loaded.facts,
            engine: judge.engine,
            profile: judge.profile,
            silentSeconds: isEnded ? nil : max(0, now - lastGrowth),
            probes: loaded.probes.evidence
        )
        self.checkup = checkup
        isDirty = false
        speed.note(checkup.run.history, now: now)
        let changes = tracker.note(checkup.results.findings, extent: follower.sampleCount)
        locateFirstError(loaded)
        pace.note(end: now, seconds: CheckPace.threadSeconds - begun)
        return changes
    }

    /// Where the first error could be seen: looked for when there is a first error, which costs several checks.
    private mutating func locateFirstError(_ loaded: LoadedRun) {
        guard checkup?.verdict == .failing else {
            firstError = nil
            return
        }
        guard firstError == nil else { return }
        let whole = try? Checkup(
            history: loaded.history,
            facts: loaded.facts,
            selection: judge.selection,
            profile: judge.profile,
            probes: loaded.probes.evidence
        )
        firstError = whole?.timeline.firstError?.position ?? loaded.history.lastPosition
    }

    private func load() throws -> LoadedRun? {
        guard let run = try judge.store.run(id: id) else { return nil }
        return try RunLoader(store: judge.store, overrides: judge.overrides)
            .assemble(run, attempts: follower.attempts, facts: judge.facts)
    }

    /// How it stands, `nil` before the first check.
    func status(now: Double) -> WatchStatus? {
        guard let checkup else { return nil }
        return WatchStatus(
            run: (id, name),
            checkup: checkup,
            firstError: firstError,
            speed: speed.perSecond,
            silentSeconds: max(0, now - lastGrowth),
            samples: follower.sampleCount,
            recordsPerSample: follower.recordsPerSample
        )
    }

    /// The finding that is reason enough to end the training, `nil` for none.
    func stopReason(_ decision: StopDecision) -> Finding? {
        guard let checkup else { return nil }
        return decision.reason(in: checkup.diagnosis, of: checkup.run) { tracker.errorChecks(of: $0) }
    }

    /// Whether the last check calls for a failing exit status; preview rules never do.
    func fails(at level: FailureLevel) -> Bool {
        let preview = Set(RuleRegistry.all.map(\.description).filter(\.isPreview).map(\.id))
        return checkup?.results.findings.contains { !preview.contains($0.rule) && level.fails(at: $0.severity) }
            ?? false
    }

    /// Keeps what the last check found in the store, as `check` does.
    func saveFindings() throws {
        guard let checkup, let run = try judge.store.run(id: id) else { return }
        try judge.store.saveFindings(
            try checkup.results.findings.map { try FindingRecord($0) },
            of: run,
            version: CodecDoctor.version
        )
    }
}
