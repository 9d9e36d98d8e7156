import Foundation
import HealthRules
import Testing
import TrainingMetrics

@Suite struct AcceptanceTests {
    static func finding(
        _ rule: String,
        _ severity: Severity = .error,
        subject: String = "",
        metric: String? = nil
    ) throws -> Finding {
        let description = try #require(RuleRegistry.rule(named: rule)?.description)
        let series = metric.map {
            MetricSeries(
                key: MetricKey(name: $0),
                interpretation: MetricInterpretation(role: .unknown),
                positions: [],
                values: []
            )
        }
        return Finding(
            description,
            severity: severity,
            episode: Episode(firstPosition: 1, lastPosition: 2, isOngoing: true),
            message: "Something.",
            evidence: [Evidence("x", 1)],
            curve: series.map { FindingCurve($0) },
            subject: subject
        )
    }

    private static let day = CalendarDay(year: 2026, month: 6, day: 15)

    @Test func aSuppressedFindingIsTakenOutAndKeepsItsReason() throws {
        let findings = [try Self.finding("SIG009"), try Self.finding("SIG010")]
        let suppression = Suppression(rule: "SIG009", reason: "known bias", line: 3)
        let result = Acceptance(suppressions: [suppression], today: Self.day).applied(to: findings)
        #expect(result.reported.map(\.rule) == ["SIG010"])
        #expect(result.suppressed.map(\.finding.rule) == ["SIG009"])
        #expect(result.suppressed.first?.suppression.reason == "known bias")
        #expect(result.unused.isEmpty && result.expired.isEmpty)
        #expect(result.notes == ["SIG009 (error) is suppressed: known bias"])
    }

    @Test(arguments: [
        (Suppression(rule: "ADV008", reason: "r"), true),
        (Suppression(rule: "ADV007", reason: "r"), false),
        (Suppression(rule: "ADV008", subject: "STFT *", reason: "r"), true),
        (Suppression(rule: "ADV008", subject: "period *", reason: "r"), false),
        (Suppression(rule: "ADV008", metric: "d/*", reason: "r"), true),
        (Suppression(rule: "ADV008", metric: "g/*", reason: "r"), false),
        (Suppression(rule: "ADV008", run: "telugu-*", reason: "r"), true),
        (Suppression(rule: "ADV008", run: "other", reason: "r"), false),
    ])
    func aSuppressionHoldsForWhatItNames(_ suppression: Suppression, _ holds: Bool) throws {
        let finding = try Self.finding("ADV008", subject: "stft 512", metric: "d/stft")
        let result = Acceptance(suppressions: [suppression], runName: "Telugu-3", today: Self.day)
            .applied(to: [finding])
        #expect(result.suppressed.count == (holds ? 1 : 0))
    }

    @Test(arguments: [("2026-06-15", true), ("2026-06-14", false), ("2027-01-01", true)])
    func aSuppressionHoldsThroughItsLastDayAndIsReportedAfterIt(_ until: String, _ holds: Bool) throws {
        let suppression = Suppression(rule: "SIG009", reason: "old decoder", until: CalendarDay(until), line: 4)
        let result = Acceptance(suppressions: [suppression], today: Self.day).applied(to: [try Self.finding("SIG009")])
        #expect(result.suppressed.isEmpty != holds)
        #expect(result.expired.isEmpty == holds)
        #expect(result.unused.isEmpty)
        if !holds {
            let note = "The suppression of SIG009 (line 4) expired on \(until) and does not hold: old decoder"
            #expect(result.notes == [note])
        }
    }

    @Test func aSuppressionThatFitsNothingIsReportedForItsOwnRunOnly() throws {
        let suppressions = [
            Suppression(rule: "SIG009", reason: "a", line: 2),
            Suppression(rule: "SIG010", run: "another", reason: "b", line: 3),
        ]
        let result = Acceptance(suppressions: suppressions, runName: "mine", today: Self.day).applied(to: [])
        #expect(result.unused.map(\.line) == [2])
        #expect(result.notes == ["The suppression of SIG009 (line 2) fits no finding; it can be removed: a"])
    }

    @Test func aBaselineKnowsTheSameDiseaseLaterAndNotAWorseOne() throws {
        let baseline = Baseline([
            try Self.finding("ADV001", .warning), try Self.finding("ADV008", .warning, subject: "a"),
            try Self.finding("SIG001"),
        ])
        var later = try Self.finding("ADV008", .warning, subject: "a")
        later.episode.lastPosition = 90_000
        later.message = "Other numbers."
        let findings = [
            later, try Self.finding("ADV001", .error), try Self.finding("ADV008", .warning, subject: "b"),
        ]
        let result = Acceptance(baseline: baseline).applied(to: findings)
        #expect(result.known == [later])
        #expect(result.reported.map(\.subject) == ["", "b"])
        #expect(result.gone.map(\.rule) == ["SIG001"])
        #expect(result.notes.count == 2)
    }

    /// What is accepted is no root, does not gate and is in no timeline.
    @Test func anAcceptedFindingIsNoRootAndDoesNotFailTheRun() throws {
        let positions = (1...40).map { Int64($0) * 1000 }
        func series(_ name: String, _ values: [Double]) -> MetricSeries {
            MetricSeries(
                key: MetricKey(name: name, split: .validation),
                interpretation: MetricInterpretation(role: name == "snr" ? .snr : .amplitudeRatio),
                positions: positions[...],
                values: values[...]
            )
        }
        let history = RunHistory(
            name: "r",
            axis: .step,
            series: [
                series("snr", Array(repeating: -2.4, count: 40)), series("amp", Array(repeating: 0.85, count: 40)),
            ]
        )
        let before = try Checkup(history: history, facts: RunFacts())
        let errors = before.results.findings.filter { $0.severity == .error }
        #expect(before.verdict == .failing && !errors.isEmpty)
        let accepting = Acceptance(suppressions: errors.map { Suppression(rule: $0.rule, reason: "no phase target") })
        let after = try Checkup(history: history, facts: RunFacts(), acceptance: accepting)
        let rules = Set(errors.map(\.rule))
        #expect(after.verdict != .failing)
        #expect(after.accepted.suppressed.count == errors.count)
        #expect(!after.diagnosis.nodes.contains { rules.contains($0.finding.rule) })
        #expect(!after.timeline.entries.flatMap(\.appeared).contains { rules.contains($0.rule) })
    }
}

@Suite struct CalendarDayTests {
    @Test(arguments: ["2026-12-31", "2024-02-29", "0001-01-01"])
    func aDayIsWrittenAsItIsRead(_ text: String) { #expect(CalendarDay(text)?.description == text) }

    @Test(arguments: ["2026-02-29", "2026-13-01", "2026-1-1", "31.12.2026", "", "2026-12-31T00:00", "+026-01-01"])
    func anythingElseIsNoDay(_ text: String) { #expect(CalendarDay(text) == nil) }

    @Test func daysAreOrdered() throws {
        let days = try ["2026-12-31", "2026-02-01", "2025-12-31"].map { try #require(CalendarDay($0)) }
        #expect(days.sorted() == days.reversed())
    }
}
