import Foundation
import TestSupport
import Testing
import TrainingMetrics

@testable import HealthRules

/// What `docs/extending.md` shows compiles and works.
@Suite struct ExtendingTests {
    private static let root = FixtureLocation.root.resolvingSymlinksInPath().deletingLastPathComponent()

    @Test(arguments: ["ExampleRule.swift", "ExampleReader.swift"])
    func thePageShowsTheFilesThatAreTested(_ name: String) throws {
        let page = try String(contentsOf: Self.root.appending(path: "docs/extending.md"), encoding: .utf8)
        let file = try String(contentsOf: Self.root.appending(path: "Tests/ExtendingTests/\(name)"), encoding: .utf8)
        let blocks = page.split(separator: "```swift\n").dropFirst().compactMap { $0.split(separator: "```").first }
        #expect(blocks.contains { $0 == file }, "copy Tests/ExtendingTests/\(name) into docs/extending.md")
    }

    @Test(arguments: HealthRule.epochsSlowDown.description.examples.map(\.title))
    func theRuleDoesWhatItsExamplesSay(_ title: String) throws {
        let rule = HealthRule.epochsSlowDown
        let example = try #require(rule.description.examples.first { $0.title == title })
        switch (example.expectation, rule.evaluate(try RunViewBuilder.view(example))) {
        case (.passes, .pass), (.unmeasured, .unmeasured), (.tooShort, .tooShort): break
        case (.fires(let severity), .findings(let findings)):
            #expect(findings.map(\.severity) == [severity ?? rule.description.severity])
        case (let expected, let outcome): Issue.record("expected \(expected), got \(outcome)")
        }
    }

    @Test func theReaderReadsItsFormat() {
        let log = """
            0|train/mel_loss|2.5
            # a remark
            100|train/mel_loss|nan
            100|val/snr|3.25 dB
            200|train/mel_loss|soon
            """
        #expect(BarReader.recognises(Array((log + "\n").utf8).span) > 0.5)
        #expect(BarReader.recognises(Array("step,loss\n1,2\n".utf8).span) == 0)
        let events = LogEvents(of: log, with: BarReader())
        #expect(events.values("train/mel_loss").count == 2)
        #expect(events.values("train/mel_loss").first == 2.5)
        #expect(events.steps("val/snr") == [100])
        #expect(events.samples.last?.key.unit == "dB")
        #expect(events.rejections.map(\.line) == [5])
    }

    @Test func theReaderGoesOnInTheMiddleOfALine() {
        let log = "1|a|0.5\n2|a|0.25\n3|b|inf\n"
        let whole = LogEvents(of: log, with: BarReader())
        for chunk in [1, 3, 7] {
            #expect(LogEvents(of: Array(log.utf8), with: BarReader(), chunk: chunk) == whole)
        }
    }
}
