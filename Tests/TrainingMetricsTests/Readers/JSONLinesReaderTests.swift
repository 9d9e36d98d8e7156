import Foundation
import TestSupport
import Testing
import TrainingMetrics

struct JSONLinesReaderTests {
    private func fixture(_ name: String) throws -> String {
        try String(contentsOf: FixtureLocation.root.appending(path: "logs/jsonl/\(name)"), encoding: .utf8)
    }

    private func read(_ text: String) -> LogEvents { LogEvents(of: text, with: JSONLinesReader()) }

    @Test func conforms() throws {
        try LogReaderConformance<JSONLinesReader>(log: fixture("codec-gan.jsonl"), rejections: 3).verify()
    }

    @Test func findsEveryFieldOfACodecRun() throws {
        let events = read(try fixture("codec-gan.jsonl"))
        #expect(events.steps("train/loss_d") == [10, 20, 30, 40])
        #expect(events.values("train/loss_g") == [48.5, .infinity, 40.25, 39.75])
        #expect(events.values("train/parts/mel") == [0.75, -.infinity, 0.5])
        #expect(events.values("loss_d", split: .validation).map(\.isNaN) == [true])
        #expect(events.values("mel", split: .validation) == [0.625])
        #expect(events.values("val/snr", split: .validation) == [2.25, 2.5])
        #expect(events.steps("val/snr") == [40, 40])
        #expect(events.values("name é") == [3.5])
        #expect(events.values("seed") == [7])
        #expect(Double(bitPattern: events.samples[1].time) == 1_750_000_000.25)
        #expect(Double(bitPattern: events.samples[1].epoch) == 0.5)
        #expect(
            events.facts.map { "\($0.key)=\($0.value)@\($0.line)" } == [
                "config/lr=0.0001@1", "config/model=codec@1", "amp=true@5",
            ]
        )
        #expect(events.rejections.map(\.line) == [4, 6, 7])
        #expect(events.rejections[0].reason.contains("usage is a list"))
    }

    @Test func anObjectOfCountMeanAndDeviationIsItsMean() throws {
        let events = read(try fixture("ticks.jsonl"))
        #expect(events.values("Loss/D/loss") == [0.5, 0.75])
        #expect(events.steps("Loss/D/loss") == [0, 1])
        #expect(events.values("Progress/kimg") == [0.25, 4.25])
        #expect(Set(events.samples.map(\.key.name)) == ["Loss/D/loss", "Progress/kimg"])
    }

    @Test func meanAndDeviationWithOtherNamesAreMetricsOfTheirOwn() {
        let events = read(
            "{\"z\": {\"num\": 3, \"mean\": 0.5, \"std\": 2, \"max\": 4}, \"y\": {\"mean\": 1, \"std\": 2}}\n"
        )
        #expect(events.samples.map(\.key.name) == ["z/num", "z/mean", "z/std", "z/max", "y/mean", "y/std"])
        #expect(events.samples.map(\.step) == [1, 1, 1, 1, 1, 1])
    }

    @Test(arguments: [
        "[1, 2]", "3.5", "\"text\"", "{", "{\"a\": }", "{\"a\": 1,}", "{\"a\" 1}", "{\"a\": 1} x", "{a: 1}",
        "{\"a\": 1 \"b\": 2}",
        "{\"a\": tru}", "{\"a\": 1e}", "{\"a\": \"x}", "{\"a\": [1, 2}", "{'loss': 0.5}", "{\"a\": nanx}", "}",
        "{\"a\": 1}}",
        "{\"a\":\"\u{01}\"}",
    ])
    func whatIsNoObjectIsRejectedOnceWithAReason(line: String) {
        let events = read("\(line)\n{\"step\": 1, \"loss\": 0.5}\n")
        #expect(events.values("loss") == [0.5])
        #expect(events.samples.count == 1)
        #expect(events.rejectedCount == 1)
        #expect(events.rejections[0].reason.contains("JSON"))
    }

    @Test func nestingIsLimited() {
        let deep = String(repeating: "{\"a\":", count: 100_000) + "1" + String(repeating: "}", count: 100_000)
        let wide = String(repeating: "[", count: 500_000)
        let events = read("\(deep)\n\(wide)\n{\"x\": \(wide)\n{\"loss\": 1}\n")
        #expect(events.rejectedCount == 3)
        #expect(events.rejections[0].reason.contains("nested more than 32 deep"))
        #expect(events.values("loss") == [1])
    }

    @Test func tooManyNamesAreRejectedNotKept() {
        let lines = (0..<66_000).map { "{\"m\($0)\": 1}" }.joined(separator: "\n")
        let events = read(lines + "\n")
        #expect(events.samples.count == EventBuffer.mostMetrics)
        #expect(events.rejectedCount == 66_000 - EventBuffer.mostMetrics)
        #expect(events.rejections[0].reason.contains("more than 20000 different metrics"))
    }

    @Test func withoutStepTheEpochIsTheAxisAndWithoutBothTheRecord() {
        let epochs = read("{\"epoch\": 3, \"loss\": 1}\n{\"epoch\": 4, \"loss\": 2}\n")
        #expect(epochs.steps("loss") == [3, 4])
        #expect(epochs.samples.allSatisfy { $0.key.axis == .epoch })
        let records = read("{\"loss\": 1}\n{\"loss\": 2}\n")
        #expect(records.steps("loss") == [1, 2])
        #expect(records.samples.allSatisfy { $0.key.axis == .record })
    }

    @Test func aStepThatStartsAgainWithEveryEpochIsCountedOn() {
        let lines = [
            ("train", 1, 50), ("train", 1, 100), ("val", 1, 7), ("train", 2, 50), ("train", 2, 100), ("val", 2, 7),
            ("train", 3, 50),
        ].map { "{\"mode\": \"\($0)\", \"epoch\": \($1), \"iter\": \($2), \"loss\": 1}\n" }
        #expect(read(lines.joined()).steps("loss", split: .train) == [50, 100, 150, 200, 250])
    }

    @Test func runsAndPhasesAreNamedByFields() {
        let events = read(
            "{\"run\": \"a\", \"step\": 1, \"phase\": \"warm-up\", \"x\": 1}\n{\"run\": \"b\", \"step\": 1, \"phase\": \"gan\", \"x\": 2}\n"
        )
        #expect(events.samples.map(\.key.run) == ["a", "b"])
        #expect(events.samples.map(\.key.name) == ["x", "x"])
        #expect(events.facts.map(\.value) == ["warm-up", "gan"])
    }

    @Test func escapesInNamesAreUndone() {
        let events = read(#"{"a\"b\\c\/d\u0041\ud83d\ude00": 1}"# + "\n")
        #expect(events.samples.map(\.key.name) == ["a\"b\\c/dA😀"])
    }
}

/// Lines other programs write.
struct JSONLinesExportTests {
    @Test func aLineThatNamesItsMetricGivesIt() {
        let text =
            "{\"tag\": \"eval/snr\", \"step\": 3, \"value\": 1.5}\n{\"name\": \"loss\", \"step\": 4, \"value\": NaN}\n"
        let events = LogEvents(of: text, with: JSONLinesReader())
        #expect(events.samples.map(\.key.name) == ["eval/snr", "loss"])
        #expect(events.samples.map(\.key.split) == [.evaluation, .train])
        #expect(events.samples.map(\.step) == [3, 4])
    }
}
