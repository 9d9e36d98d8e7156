import Foundation
import HealthReport
import HealthRules
import Testing
import TrainingMetrics

@testable import codec_doctor

@Suite struct WatchPartsTests {
    @Test(arguments: [
        ("notify now", ["notify", "now"]), ("a 'b c' d", ["a", "b c", "d"]),
        (#"sh -c "echo \"$X\"""#, ["sh", "-c", #"echo "$X""#]),
        (#"a\ b 'it'\''s'"#, ["a b", "it's"]), (#""a\nb""#, [#"a\nb"#]), ("x '' y", ["x", "", "y"]),
        ("  a\t b\n", ["a", "b"]),
        ("a;b|c>d $(e)", ["a;b|c>d", "$(e)"]),
    ]) func wordsAreCutAsAShellCutsThem(text: String, words: [String]) throws {
        #expect(try ShellWords.split(text) == words)
    }

    @Test(arguments: ["", "   ", "a 'b", "a \"b", "a\\"]) func whatIsNoCommandIsRefused(text: String) {
        #expect(throws: ShellWordsError.self) { try ShellWords.split(text) }
    }

    @Test func aProcessIsKnownByItsStartTime() throws {
        let stat = "77 (a (b) c) S 1 77 77 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 123456 1 1"
        let read = try #require(WatchedProcess.parse(stat))
        #expect(read.state == "S" && read.startTime == 123_456)
        #expect(WatchedProcess.parse("77 (a) S 1") == nil && WatchedProcess.parse("") == nil)
    }

    @Test(arguments: [-1, 0, 1, getpid()]) func processesThatMustNotBeEndedAreRefused(pid: Int32) {
        #expect(throws: WatchedProcessError.self) { try WatchedProcess(pid: pid) }
    }

    @Test func checksTakeAShareOfTheTime() {
        var pace = CheckPace()
        #expect(pace.isDue(at: 0))
        pace.note(end: 10, seconds: 0.001)
        #expect(!pace.isDue(at: 10.4) && pace.isDue(at: 10.6))
        pace.note(end: 20, seconds: 1)
        #expect(!pace.isDue(at: 28.9) && pace.isDue(at: 29.1))
    }

    @Test func speedIsThatOfTheLastHalfMinute() {
        func history(_ position: Int64) -> RunHistory {
            let series = MetricSeries(
                key: MetricKey(name: "loss", split: .train, unit: "", axis: .step),
                interpretation: MetricInterpretation(role: .totalLoss),
                positions: [position],
                values: [1]
            )
            return RunHistory(name: "r", axis: .step, series: [series])
        }
        var speed = RunSpeed()
        #expect(speed.perSecond == nil)
        for second in 0...100 { speed.note(history(Int64(second * second)), now: Double(second)) }
        #expect(speed.perSecond == 170, "from second 70 to second 100")
        speed.note(history(3), now: 101)
        #expect(speed.perSecond == nil, "a restart begins a new count")
    }

    /// A run whose loss became NaN.
    private func status(_ id: Int64 = 1, name: String = "tiny\u{1B}[31m", isFailing: Bool = true) throws -> WatchStatus
    {
        let values = (0..<2000).map { isFailing && $0 >= 1500 ? Double.nan : 2 - Double($0) / 4000 }
        let series = MetricSeries(
            key: MetricKey(name: "loss", split: .train, unit: "", axis: .step),
            interpretation: MetricInterpretation(role: .totalLoss),
            positions: ArraySlice(0..<2000),
            times: ArraySlice((0..<2000).map { Double($0) * 36 }),
            values: values[...]
        )
        let facts = RunFacts([
            Fact(.pricePerHour, "250", .given, evidence: ""), Fact(.currency, "₹", .given, evidence: ""),
            Fact(.plannedSteps, "4000", .given, evidence: ""),
        ])
        let checkup = RunningCheckup(
            history: RunHistory(name: name, axis: .step, series: [series]),
            facts: facts,
            engine: try RuleEngine()
        )
        return WatchStatus(
            run: (id, name),
            checkup: checkup,
            firstError: isFailing ? 1500 : nil,
            speed: 2.5,
            silentSeconds: 65.4,
            samples: 2000,
            recordsPerSample: 4
        )
    }

    @Test(arguments: [12, 40, 80, 120]) func theScreenFitsItsTerminal(width: Int) throws {
        let screen = WatchScreen(style: .plain, width: width, height: 11)
        let statuses = try [status(), status(2, name: "other", isFailing: false)]
        let lines = screen.lines(statuses, target: "runs", notes: ["12:00:00 a note"])
        #expect(lines.count <= 11)
        #expect(lines.allSatisfy { $0.count <= width && !$0.contains("\u{1B}") })
        #expect(lines[0].hasPrefix("FAILING"))
    }

    @Test func theScreenSaysWhatIsWrongAndWhatItCosts() throws {
        let screen = WatchScreen(style: .plain, width: 120, height: 40)
        let text = screen.lines([try status()], target: "a.log", notes: []).joined(separator: "\n")
        for part in [
            "OPT001 non-finite since step 1500", "cause", "try", "loss", "×", "₹", "since the first error", "at risk",
            "2.5", "1:05 ago",
        ] {
            #expect(text.contains(part), "\(part) is missing in\n\(text)")
        }
    }

    @Test func withoutARunTheScreenSaysWhatItWaitsFor() {
        let lines = WatchScreen(style: .plain, width: 60, height: 10).lines(
            [],
            target: "a.log",
            notes: ["waiting for a.log"]
        )
        #expect(lines == ["watching a.log: nothing measured yet", "waiting for a.log"])
    }

    @Test func everyChangeIsALineAndAnObject() throws {
        let status = try status()
        let finding = try #require(status.roots.first)
        let changes: [FindingTracker.Change] = [
            .appeared(finding), .worsened(finding, from: .warning), .eased(finding, from: .error), .gone(finding),
        ]
        for change in changes {
            let line = WatchLines(style: .plain).lines(.finding(change, status), at: "12:00:00")
            #expect(line.count == 1 && line[0].hasPrefix("12:00:00 ") && line[0].contains("OPT001 non-finite"))
            #expect(!line[0].contains("\u{1B}"))
            let object = try JSONText.line(EncodedWatchEvent(.finding(change, status), at: "2026-01-01T00:00:00Z"))
            #expect(!object.contains("\n"))
            let read = try JSONSerialization.jsonObject(with: Data(object.utf8)) as? [String: Any]
            #expect(read?["event"] as? String == "finding" && read?["change"] as? String == change.word)
        }
    }

    @Test func moneyAtRiskIsWhatThePlanStillCosts() throws {
        let forecast = try #require(try status().forecast)
        #expect(abs(forecast.cost.total - 1999 * 36 / 3600.0 * 250) < 1e-6)
        #expect(abs((forecast.cost.afterFirstError ?? 0) - 499 * 36 / 3600.0 * 250) < 1e-6)
        #expect(abs((forecast.remaining ?? 0) - forecast.cost.total * (4000.0 / 1999 - 1)) < 1e-6)
    }
}
