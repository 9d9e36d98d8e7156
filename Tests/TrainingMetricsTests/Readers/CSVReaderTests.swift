import Foundation
import TestSupport
import Testing
import TrainingMetrics

struct CSVReaderTests {
    private func fixture(_ name: String) throws -> String {
        try String(contentsOf: FixtureLocation.root.appending(path: "logs/csv/\(name)"), encoding: .utf8)
    }

    private func read(_ text: String) -> LogEvents { LogEvents(of: text, with: CSVReader()) }

    @Test(arguments: [("codec-gan.csv", 2), ("runs.tsv", 0)])
    func conforms(name: String, rejections: Int) throws {
        try LogReaderConformance<CSVReader>(log: fixture(name), rejections: rejections).verify()
    }

    @Test func findsEveryColumnOfACodecRun() throws {
        let events = read(try fixture("codec-gan.csv"))
        #expect(events.values("loss_d") == [2.0113, 1.9871, 1024.5, 1.5, 1.75, 1.625])
        #expect(events.steps("loss_d") == [10, 20, 30, 50, 40, 50])
        #expect(events.values("codebook_usage").prefix(3) == [1 / 256, 0.25, 0.5])
        #expect(events.values("val_mel", split: .validation) == [1.75])
        #expect(events.values("SNR", split: .validation) == [0.75])
        #expect(events.values("SNR", split: .train) == [-3.25, -1.5, -.infinity, 2.5, 3])
        #expect(events.values("extra") == [0.5])
        let units = Set(events.samples.map { "\($0.key.name) \($0.key.unit)" })
        #expect(units.isSuperset(of: ["SNR dB", "grad_norm ", "grad_norm %", "loss_d "]))
        #expect(events.samples.allSatisfy { $0.key.axis == .step })
        #expect(Double(bitPattern: events.samples[0].time) == 1_750_000_000.5)
        #expect(Double(bitPattern: events.samples[0].epoch) == 1)
        #expect(events.facts.map { "\($0.key)=\($0.value)@\($0.line)" } == ["note=warm-up@2"])
        #expect(
            events.rejections.map { "\($0.line): \($0.reason)" } == [
                "6: the cell of the column grad_norm is not a number", "8: 12 cells where the header names 11",
            ]
        )
    }

    @Test func aRunColumnMakesSeveralRuns() throws {
        let events = read(try fixture("runs.tsv"))
        let wide = events.samples.filter { $0.key.run == "wide" && $0.key.name == "Train Loss" }
        #expect(wide.map(\.value) == [3.25, .infinity])
        #expect(wide.map(\.step) == [100, 200])
        #expect(Set(events.samples.map(\.key.run)) == ["baseline", "wide"])
        #expect(
            events.facts.map { "\($0.run) \($0.key)=\($0.value)" } == [
                "baseline phase=A/warm-up", "baseline phase=B/GAN",
            ]
        )
    }

    @Test(arguments: [
        ("loss\n", StepAxis.record, [1, 2] as [Int64]), ("Epoch,loss\n", .epoch, [7, 8]),
        ("STEP;loss\n", .step, [7, 8]),
        ("total_steps|loss\n", .record, [1, 2]), (",loss\n", .step, [7, 8]), ("global step\tloss\n", .step, [7, 8]),
        ("trainer/global_step,loss\n", .step, [7, 8]), ("run_last_step,loss\n", .record, [1, 2]),
    ])
    func findsTheAxis(header: String, axis: StepAxis, steps: [Int64]) {
        let delimiter = [",", ";", "|", "\t"].first { header.contains($0) }
        let rows = delimiter.map { "7\($0)0.5\n8\($0)0.25\n" } ?? "0.5\n0.25\n"
        let events = read(header + rows)
        #expect(events.values("loss") == [0.5, 0.25])
        #expect(events.steps("loss") == steps)
        #expect(events.samples.allSatisfy { $0.key.axis == axis })
    }

    @Test func ofSeveralStepsTheBestIsTheAxisAndTheOthersAreMetrics() {
        let events = read("iter,step,steps_per_epoch,loss\n3,103,100,0.5\n")
        #expect(
            events.samples.map { "\($0.key.name)@\($0.step)=\($0.value)" } == [
                "iter@103=3.0", "steps_per_epoch@103=100.0", "loss@103=0.5",
            ]
        )
    }

    @Test(arguments: ["", "NA", "N/A", "null", "None", "-", "  ", "--", "#N/A", "nil"])
    func aCellThatWasNotLoggedIsNoSample(cell: String) {
        let events = read("step,loss,b\n1,\(cell),2\n")
        #expect(events.values("loss").isEmpty)
        #expect(events.values("b") == [2])
        #expect(events.rejectedCount == 0)
    }

    @Test(arguments: ["100", "100.0", "1e2", "\"100\"", " 100 ", "100/5000", "100/0"])
    func aStepIsReadInAnyForm(cell: String) {
        #expect(read("step,loss\n\(cell),0.5\n").steps("loss") == [100])
    }

    @Test func aRowWithoutAReadableStepIsRejected() {
        let events = read("step,loss\n1,0.5\nbest,0.25\n1e300,0.25\n\"1,000\",0.125\n")
        #expect(events.steps("loss") == [1, 1000])
        #expect(events.rejections.map(\.line) == [3, 4])
    }

    @Test func aBlankStepIsTheStepBefore() {
        let events = read("step,epoch,loss,val_loss\n100,0,0.5,\n,0,,0.75\n200,1,0.25,\n")
        #expect(events.steps("val_loss") == [100])
    }

    @Test func aStepThatStartsAgainWithEveryEpochIsCountedOn() {
        let rows = [(1, 50), (1, 100), (2, 50), (2, 100), (3, 50)].map { "\($0),\($1),0.5\n" }.joined()
        #expect(read("epoch,iter,loss\n" + rows).steps("loss") == [50, 100, 150, 200, 250])
        #expect(read("epoch,global_step,loss\n" + rows).steps("loss") == [50, 100, 50, 100, 50])
    }

    @Test func aResumedRunKeepsItsSteps() {
        let rows = [(1, 100), (2, 200), (3, 300), (2, 200), (3, 300)].map { "\($0),\($1),0.5\n" }.joined()
        #expect(read("epoch,step,loss\n" + rows).steps("loss") == [100, 200, 300, 200, 300])
    }

    @Test func aTextColumnIsReportedOnceHoweverLongTheTableIs() {
        let rows = (0..<5000).map { "\($0),0.5,file\($0 % 3).wav,off" }.joined(separator: "\n")
        let events = read("step,loss,source,balancer\n\(rows)\n")
        #expect(events.samples.count == 5000)
        #expect(events.rejectedCount == 0)
        #expect(events.facts.map { "\($0.key)=\($0.value)" } == ["source=file0.wav", "balancer=off"])
    }

    @Test func quotesHideDelimitersAndDoubledQuotesAreOne() {
        let events = read("step,\"loss, \"\"total\"\"\",note\n1,\"0.5\",\"a, b\"\n2,0.25,\n")
        #expect(events.values("loss, \"total\"") == [0.5, 0.25])
        #expect(events.facts.map(\.value) == ["a, b"])
    }

    @Test func aCellWithALineBreakIsRejectedAndTheTableGoesOn() {
        let events = read("step,loss,note\n1,0.5,\"first\nsecond\"\n2,0.25,x\n")
        #expect(events.values("loss") == [0.25])
        #expect(events.rejections.map(\.line) == [2, 3])
    }

    @Test func datesAndUnixTimesAreWallTimes() {
        let events = read(
            "step,timestamp,loss\n1,2024-05-01T12:34:56.500Z,1\n2,2024-05-01 14:34:56.5+02:00,2\n3,1714566896500,3\n"
        )
        #expect(
            events.samples.map { Double(bitPattern: $0.time) } == [1_714_566_896.5, 1_714_566_896.5, 1_714_566_896.5]
        )
    }

    @Test func aTimeThatIsADurationIsAMetric() {
        let events = read("step,time,loss\n1,0.25,1\n")
        #expect(events.values("time") == [0.25])
    }

    @Test func numbersWithoutAHeaderAreRejectedWithAReason() {
        let events = read("1,0.5\n2,0.25\n")
        #expect(events.samples.isEmpty)
        #expect(events.rejectedCount == 2)
        #expect(events.rejections[0].reason.contains("no header yet"))
        #expect(CSVReader.recognises(Array("1,0.5\n2,0.25\n".utf8).span) == 0)
    }

    @Test func hostileLabelsAreOnlyLabels() {
        let events = read("run,step,loss\n'; DROP TABLE run; --,1,0.5\n")
        #expect(events.samples.map(\.key.run) == ["'; DROP TABLE run; --"])
    }

    @Test func tooManyRunsAreRejectedNotKept() {
        let rows = (0..<5000).map { "r\($0),1,0.5" }.joined(separator: "\n")
        let events = read("run,step,loss\n\(rows)\n")
        #expect(events.samples.count == 4095)
        #expect(events.rejectedCount == 905)
    }
}

/// Tables other programs export.
struct CSVExportTests {
    private func read(_ text: String) -> LogEvents { LogEvents(of: text, with: CSVReader()) }

    @Test func aTableWithOneRowPerMetricNamesThemInAColumn() {
        let events = read(
            "tag,wall_time,step,value\nloss/d,1750000000.5,1,0.5\nval/mel,1750000000.5,1,0.25\nloss/d,1750000001.5,2,nan\n"
        )
        #expect(events.samples.map(\.key.name) == ["loss/d", "val/mel", "loss/d"])
        #expect(events.samples.map(\.key.split) == [.train, .validation, .train])
        #expect(events.samples.map(\.step) == [1, 1, 2])
        #expect(events.facts.isEmpty)
    }

    @Test func aPanelOfSeveralRunsNamesThemInItsColumns() {
        let events = read(
            "\"Step\",\"base - loss/d\",\"wide - loss/d\",\"wide - loss/d__MIN\"\n\"10\",\"0.5\",\"\",\"\"\n\"20\",\"0.25\",\"0.75\",\"0.75\"\n"
        )
        #expect(
            events.samples.map { "\($0.key.run) \($0.key.name) \($0.step) \($0.value)" } == [
                "base loss/d 10 0.5", "base loss/d 20 0.25", "wide loss/d 20 0.75",
            ]
        )
    }

    @Test func betweenSemicolonsACommaIsADecimalComma() {
        let events = read("Epoche;step;loss;snr\n1;10;0,5;-3,25 dB\n1;20;1,125;inf\n")
        #expect(events.values("loss") == [0.5, 1.125])
        #expect(events.values("snr") == [-3.25, .infinity])
        #expect(events.samples.first { $0.key.name == "snr" }?.key.unit == "dB")
    }

    @Test func aUnitInBracketsInTheHeaderIsTheUnit() {
        let events = read("step,SNR (dB),codebook use [%],loss (mel)\n1,2,3,4\n")
        #expect(events.samples.map(\.key.unit) == ["dB", "%", ""])
        #expect(events.samples.map(\.key.name) == ["SNR (dB)", "codebook use [%]", "loss (mel)"])
    }

    @Test func theBetterTimeColumnIsTheWallTime() {
        let events = read("step,time,timestamp,loss\n1,0.25,1750000000.5,1\n")
        #expect(events.samples.map(\.key.name) == ["time", "loss"])
        #expect(Double(bitPattern: events.samples[1].time) == 1_750_000_000.5)
    }
}
