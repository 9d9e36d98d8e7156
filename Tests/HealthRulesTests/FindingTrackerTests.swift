import HealthRules
import Testing

@Suite struct FindingTrackerTests {
    private func finding(_ rule: String, _ severity: Severity, subject: String = "") throws -> Finding {
        let rule = try #require(RuleRegistry.rule(named: rule)).description
        return Finding(
            rule,
            severity: severity,
            episode: Episode(firstPosition: 1, lastPosition: 2, isOngoing: true),
            message: "m",
            evidence: [],
            subject: subject
        )
    }

    @Test func aFindingAppearsOnceGetsWorseEasesAndGoes() throws {
        var tracker = FindingTracker()
        let (warning, error) = try (finding("OPT001", .warning), finding("OPT001", .error))
        #expect(tracker.note([warning], extent: 1) == [.appeared(warning)])
        #expect(tracker.note([warning], extent: 2).isEmpty)
        #expect(tracker.note([error], extent: 3) == [.worsened(error, from: .warning)])
        #expect(tracker.note([warning], extent: 4) == [.eased(warning, from: .error)])
        #expect(tracker.note([], extent: 5).isEmpty, "one check without it is not its end")
        #expect(tracker.note([], extent: 6) == [.gone(warning)])
        #expect(tracker.note([warning], extent: 7) == [.appeared(warning)])
    }

    @Test func aFindingThatFlickersIsToldOnce() throws {
        var tracker = FindingTracker()
        let error = try finding("OPT001", .error)
        let told = (0..<10).flatMap { tracker.note($0.isMultiple(of: 2) ? [error] : [], extent: $0) }
        #expect(told == [.appeared(error)])
    }

    @Test func subjectsAreToldApartAndInfosLeftOut() throws {
        var tracker = FindingTracker()
        let (one, other) = try (
            finding("VQ001", .warning, subject: "stage 1"), finding("VQ001", .warning, subject: "stage 2")
        )
        let changes = tracker.note([one, other, try finding("SIG010", .info)], extent: 1)
        #expect(changes == [.appeared(one), .appeared(other)])
        #expect(tracker.standing == [one, other])
    }

    @Test func onlyChecksOfMoreOfTheRunCount() throws {
        var tracker = FindingTracker()
        let error = try finding("OPT001", .error)
        for _ in 0..<3 { _ = tracker.note([error], extent: 10) }
        #expect(tracker.errorChecks(of: error) == 1)
        _ = tracker.note([error], extent: 11)
        #expect(tracker.errorChecks(of: error) == 2)
        _ = tracker.note([], extent: 12)
        #expect(tracker.errorChecks(of: error) == 0, "in a row means in a row")
    }
}
