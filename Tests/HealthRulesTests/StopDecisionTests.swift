import HealthRules
import Testing
import TrainingMetrics

@Suite struct StopDecisionTests {
    private func run(_ positions: [Int64], axis: StepAxis = .step, plannedSteps: Int? = nil) -> RunView {
        let key = MetricKey(name: "loss", split: .train, unit: "", axis: axis)
        let series = MetricSeries(
            key: key,
            interpretation: MetricInterpretation(role: .totalLoss),
            positions: positions[...],
            values: ArraySlice(positions.map { _ in 1.0 })
        )
        let facts = plannedSteps.map { [Fact(.plannedSteps, String($0), .given, evidence: "")] } ?? []
        return RunView(history: RunHistory(name: "r", axis: axis, series: [series]), facts: RunFacts(facts))
    }

    private func finding(
        _ rule: String = "OPT001",
        _ severity: Severity = .error,
        _ confidence: Confidence = .high,
        isOngoing: Bool = true
    ) throws -> Finding {
        Finding(
            try #require(RuleRegistry.rule(named: rule)).description,
            severity: severity,
            confidence: confidence,
            episode: Episode(firstPosition: 1, lastPosition: 2000, isOngoing: isOngoing),
            message: "m",
            evidence: []
        )
    }

    private let long = (0...200).map { Int64($0) * 10 }

    @Test func aCertainErrorOfALongRunThatTwoChecksFoundIsReasonEnough() throws {
        let error = try finding()
        #expect(StopDecision().reason(in: Diagnosis([error]), of: run(long)) { _ in 2 } == error)
        #expect(StopDecision().reason(in: Diagnosis([error]), of: run(long)) { _ in 1 } == nil)
    }

    @Test func nothingLessIsReasonEnough() throws {
        let weak = try [
            finding("OPT001", .warning), finding("OPT001", .error, .low), finding(isOngoing: false),
            finding("EXP001"), finding("PRB001"),
        ]
        for finding in weak {
            #expect(StopDecision().reason(in: Diagnosis([finding]), of: run(long)) { _ in 9 } == nil)
        }
        #expect(
            StopDecision(severity: .warning).reason(in: Diagnosis([weak[0]]), of: run(long)) { _ in 2 } == weak[0]
        )
    }

    @Test(arguments: [
        ([1, 2, 3, 4] as [Int64], nil, false), ([1, 2, 3, 4], 4, false), (Array(0...999), nil, false),
        (Array(0...1000), nil, true), ([0, 1000], nil, false), (Array(0...1000), 500_000, false),
        (Array(0...100), 500, true), (Array(0...50), 500, false),
    ]) func aRunMustBePastItsBeginning(positions: [Int64], plan: Int?, isPast: Bool) {
        #expect(StopDecision.isPastBeginning(run(positions, plannedSteps: plan)) == isPast)
    }

    @Test func epochsCountMoreThanSteps() {
        #expect(StopDecision.isPastBeginning(run(Array(1...5), axis: .epoch)))
        #expect(!StopDecision.isPastBeginning(run(Array(1...4), axis: .epoch)))
        #expect(!StopDecision.isPastBeginning(run([], axis: .epoch)))
    }

    @Test func aRootIsNamedBeforeWhatItBroughtAbout() throws {
        let (cause, effect) = try (finding("ADV001"), finding("OPT001"))
        let diagnosis = Diagnosis([effect, cause])
        let named = StopDecision().reason(in: diagnosis, of: run(long)) { _ in 2 }
        #expect(named == diagnosis.nodes[diagnosis.roots[0]].finding)
    }
}
