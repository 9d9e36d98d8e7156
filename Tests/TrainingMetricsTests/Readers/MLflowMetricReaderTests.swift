import TestSupport
import Testing
import TrainingMetrics

@Suite struct MLflowMetricReaderTests {
    @Test func conforms() throws {
        let values = ["0.5", "nan", "inf", "-inf", "2"]
        let log = values.enumerated().map { "170000000012\($0) \($1) \($0 * 10)\n" }.joined()
        let noise = LogReaderConformance<MLflowMetricReader>.commonNoise
        try LogReaderConformance<MLflowMetricReader>(log: log, noise: noise).verify()
    }

    @Test func keepsNameTimeAndStep() throws {
        let log = "1700000000500 0.5 10\n1700000001500 0.25 20 data abc\n"
        let events = LogEvents(of: Array(log.utf8), with: MLflowMetricReader(name: "val/mel"))
        #expect(
            events.samples.map(\.key) == [
                .init(name: "val/mel", split: .validation), .init(name: "val/mel", split: .validation),
            ]
        )
        #expect(events.steps("val/mel") == [10, 20] && events.values("val/mel") == [0.5, 0.25])
        #expect(events.samples.map { Double(bitPattern: $0.time) } == [1_700_000_000.5, 1_700_000_001.5])
    }

    @Test func aMetricLoggedWithoutStepsIsReadByRecords() {
        let log = (0..<5).map { "170000000000\($0) \($0) 0\n" }.joined()
        let events = LogEvents(of: log, with: MLflowMetricReader(name: "loss"))
        #expect(events.samples.map(\.key.axis) == Array(repeating: .record, count: 5))
        #expect(events.steps("loss") == [1, 2, 3, 4, 5])
        let single = LogEvents(of: "1700000000000 3 0\n", with: MLflowMetricReader(name: "loss"))
        #expect(single.samples.map(\.key.axis) == [.step] && single.steps("loss") == [0])
    }

    @Test(arguments: [
        "0.5 0.25 1", "1700000000000", "1700000000000 x 1", "1700000000000 1 1e300", "1700000000000 1 0.5",
    ])
    func refusesOtherLines(line: String) {
        let events = LogEvents(of: "1700000000000 1 1\n\(line)\n1700000000000 2 2\n", with: MLflowMetricReader())
        #expect(events.samples.map(\.value) == [1, 2] && events.rejectedCount == 1)
    }
}
