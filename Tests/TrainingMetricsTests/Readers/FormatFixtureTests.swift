import Foundation
import TestSupport
import Testing

@testable import TrainingMetrics

/// Every format people have, from a fixture in its layout: metrics, roles, splits, axis, epochs and facts are those of
/// `Fixtures/logs/readings`. After a change that was meant, `CODEC_DOCTOR_RECORD=1` writes them anew: read the difference.
@Suite struct FormatFixtureTests {
    static let names = names(in: "formats")

    private static func names(in folder: String) -> [String] {
        let found = try? FileManager.default.contentsOfDirectory(atPath: location(folder).path)
        return (found ?? []).filter { !$0.hasPrefix(".") }.sorted()
    }

    private static func location(_ folder: String) -> URL { FixtureLocation.root.appending(path: "logs/\(folder)") }

    private static func log(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: location("formats").appending(path: name)))
    }

    @Test func thereIsAReadingOfEveryFormat() {
        #expect(Self.names.count > 30)
        #expect(Self.names(in: "readings") == Self.names.map { $0 + ".txt" }.sorted())
    }

    @Test(arguments: names)
    func everyFormatIsReadAsItsTrainerMeansIt(_ name: String) throws {
        let reading = try FormatReading(of: Self.log(name)).text
        let file = Self.location("readings").appending(path: name + ".txt")
        if ProcessInfo.processInfo.environment["CODEC_DOCTOR_RECORD"] == "1" {
            try Data(reading.utf8).write(to: file)
        }
        let expected = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        for (found, wanted) in zip(reading.split(separator: "\n"), expected) { #expect(found == wanted) }
        #expect(reading.split(separator: "\n").count == expected.count)
    }

    /// Windows line ends, colours around the message and a cut last line change nothing but that line.
    @Test(arguments: names)
    func lineEndsAndAMissingEndChangeNothing(_ name: String) throws {
        let log = try Self.log(name).filter { $0 != 0x0D || name.contains("bar") || name.contains("parallel") }
        let head = log.span.extracting(0..<min(log.count, LogFormatDetector.headLength))
        let reader = try LogFormatDetector.reader(for: head)
        let whole = LogEvents(of: log, with: reader)
        let windows = log.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
        #expect(LogEvents(of: windows, with: reader) == whole)
        let cut = LogEvents(of: Array(log.dropLast(log.count / 10)), with: reader)
        #expect(cut.samples.count > whole.samples.count / 2)
        #expect(cut.rejectedCount <= whole.rejectedCount + 2, "\(cut.rejections)")
    }

    @Test(arguments: ["trainer_state.json", "history.json", "records.json", "columns.json"])
    func jsonDocumentsConform(_ name: String) throws {
        let text = try #require(String(validating: try Self.log(name), as: UTF8.self))
        let blanks = ["", "  ", "\t", " \t "]
        try LogReaderConformance<JSONDocumentReader>(log: text, noise: blanks).verify()
    }

    @Test(arguments: ["lightning-metrics.csv", "keras-csvlogger.csv"])
    func tablesConform(_ name: String) throws {
        let text = try #require(String(validating: try Self.log(name), as: UTF8.self))
        try LogReaderConformance<CSVReader>(log: text, noise: ["", "  "]).verify()
    }
}
