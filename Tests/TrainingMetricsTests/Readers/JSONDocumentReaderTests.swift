import TestSupport
import Testing

@testable import TrainingMetrics

@Suite struct JSONReaderTests {
    private func read(_ text: String, chunk: Int = .max) -> LogEvents {
        LogEvents(of: Array(text.utf8), with: JSONDocumentReader(), chunk: chunk)
    }

    private func shown(_ text: String) -> [String] {
        read(text).samples.map { "\($0.key.split) \($0.key.name) \($0.key.axis) \($0.step) \($0.value)" }
    }

    @Test func aListNamedAfterASplitGivesItToItsRecords() {
        let log = "{\"train\": [{\"step\": 1, \"loss\": 2}], \"val_history\": [{\"step\": 1, \"loss\": 3}]}"
        #expect(shown(log) == ["train loss step 1 2.0", "validation loss step 1 3.0"])
    }

    @Test func aListWithANameOfItsOwnStandsInFrontOfItsMetrics() {
        let log = "{\"generator\": [{\"step\": 1, \"loss\": 2}], \"records\": [{\"step\": 2, \"loss\": 3}]}"
        #expect(shown(log) == ["train generator/loss step 1 2.0", "train loss step 2 3.0"])
    }

    @Test func aListOfPlacesAndValuesIsTheMetricItIsNamedAfter() {
        let log = "{\"val_loss\": [{\"step\": 5, \"value\": 2}, {\"step\": 6, \"value\": 1}]}"
        #expect(shown(log) == ["validation val_loss step 5 2.0", "validation val_loss step 6 1.0"])
    }

    @Test func keysThatArePlacesPlaceTheirRecords() {
        #expect(shown("{\"epoch_3\": {\"d_loss\": 2}}") == ["train d_loss epoch 3 2.0"])
        #expect(shown("{\"steps\": {\"100\": {\"d_loss\": 2}}}") == ["train d_loss step 100 2.0"])
        #expect(shown("{\"7\": {\"d_loss\": 2, \"step\": 70}}") == ["train d_loss step 70 2.0"])
    }

    @Test func stagesAreAnEpoch() {
        let log = "[{\"train\": {\"d_loss\": 2}, \"valid\": {\"d_loss\": 3}}, {\"train\": {\"d_loss\": NaN}}]"
        #expect(
            shown(log) == [
                "train train/d_loss epoch 1 2.0", "validation valid/d_loss epoch 1 3.0",
                "train train/d_loss epoch 2 nan",
            ]
        )
    }

    @Test func columnsArePlacedByTheListThatCountsWhereverItStands() {
        let log = "{\"a\": {\"loss\": [5, null, \"inf\", 7], \"epoch\": [0, 0, 1], \"step\": [10, 20, 30]}}"
        let events = read(log)
        #expect(shown(log) == ["train a/loss step 10 5.0", "train a/loss step 30 inf"])
        #expect(events.samples.map { Double(bitPattern: $0.epoch) } == [0, 1])
        #expect(
            events.rejections.map(\.reason) == [
                "1 numbers of a/loss have no place: the list that counts is shorter or not whole"
            ]
        )
    }

    @Test func anObjectOfNumberedKeysIsAColumn() {
        let log = "{\"loss\": {\"0\": 5, \"1\": 6}, \"step\": {\"0\": 10, \"1\": 20}}"
        #expect(shown(log) == ["train loss step 10 5.0", "train loss step 20 6.0"])
    }

    @Test func aConfigurationGivesFactsAndNoMetrics() {
        let events = read("{\"config\": {\"betas\": [0.5, 0.9], \"lr\": 1e-4}, \"log\": [{\"step\": 1, \"loss\": 2}]}")
        #expect(events.samples.map(\.key.name) == ["loss"])
        #expect(events.facts.map { "\($0.key)=\($0.value)" } == ["config/lr=1e-4"])
        #expect(events.rejectedCount == 0)
    }

    @Test func aDocumentStillBeingWrittenIsReadToItsLastWholeRecord() {
        let whole = "[\n{\"step\": 1, \"loss\": 2},\n{\"step\": 2, \"loss\": 3}"
        #expect(read(whole).values("loss") == [2, 3])
        #expect(read(whole).rejectedCount == 0)
        let cut = read(whole + ",\n{\"step\": 3, \"lo")
        #expect(cut.values("loss") == [2, 3])
        #expect(cut.rejections.map(\.line) == [4])
    }

    @Test(arguments: [
        "{\"log\": [{\"step\": 1, \"loss\": 2}]} x", "[{\"step\": 1, \"loss\": 2}, oops]",
        "[{\"step\": 1, \"loss\": 2}}",
        "[{\"step\": 1, \"loss\": 2}, {\"a\" 1}]", "{\"log\": [{\"step\": 1, \"loss\": 2}], a: 1}",
    ])
    func whatIsBrokenIsSaidOnceAndWhatStandsBeforeItIsKept(_ text: String) {
        for chunk in [1, 7, 4096] {
            let events = read(text, chunk: chunk)
            #expect(events.values("loss") == [2])
            #expect(events.rejectedCount == 1)
        }
    }

    @Test func nestingAndNumbersOfColumnsAreBounded() {
        let deep = read(String(repeating: "[", count: 100_000))
        #expect(deep.rejections.first?.reason.contains("nested more than 32 deep") == true)
        let many = (0..<21_000).map { "\"m\($0)\": {\"0\": 1}" }.joined(separator: ",")
        let wide = read("{\(many)}")
        #expect(wide.samples.count == EventBuffer.mostMetrics)
        #expect(wide.rejectedCount == 1000)
    }

    /// Half of such a document says what it is: the rest is not needed.
    @Test(arguments: [
        ("[{\"step\": 1, \"loss\": 2}", LogFormat.json), ("{\"loss\": [1, 2, 3]}", .json),
        ("{\"step\": 1, \"loss\": 2, \"bins\": [1, 2]}\n", .jsonl),
        ("{\"step\": 1, \"loss\": 2}\n{\"step\": 2}\n", .jsonl),
        ("[2024-06-07 09:00:00] step 1 loss 0.5\n", .text), ("{\n  \"lr\": 0.1,\n  \"loss\": 0.5\n}\n", .text),
    ])
    func documentsAreToldFromLinesAndText(text: String, format: LogFormat) throws {
        #expect(type(of: try LogFormatDetector.reader(for: Array(text.utf8).span)).format == format)
    }
}
