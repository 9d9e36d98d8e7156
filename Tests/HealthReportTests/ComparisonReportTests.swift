import Foundation
import HealthReport
import Testing

@Suite struct ComparisonReportTests {
    private func report() throws -> ComparisonReport {
        ComparisonReport(try SampleReports.blind(), try SampleReports.healthy())
    }

    @Test(arguments: ComparisonReport.Format.allCases)
    func everyFormatTellsWhatBecameOfTheErrorsAndIsTheSameTwice(format: ComparisonReport.Format) throws {
        let text = try report().render(format)
        for rule in ["ADV001", "SIG001", "SIG004"] { #expect(text.contains(rule), "\(rule) is missing") }
        #expect(try report().render(format) == text && text.hasSuffix("\n"))
    }

    @Test func textShowsOldBesideNew() throws {
        let text = try report().render(.text)
        #expect(text.contains("A (old)") && text.contains("B (new)") && text.contains("At equal epochs"))
        #expect(text.contains(/verdict +failing +healthy/))
        #expect(text.contains("What could not be compared"))
    }

    @Test func theDocumentIsJSON() throws {
        let object = try JSONSerialization.jsonObject(with: Data(try report().render(.json).utf8)) as? [String: Any]
        let progress = try #require(object?["at_equal_progress"] as? [String: Any])
        #expect(progress["scale"] as? String == "epoch")
        let changes = try #require(object?["findings"] as? [[String: Any]])
        #expect(changes.first { $0["rule"] as? String == "SIG001" }?["change"] as? String == "gone")
    }

    @Test(arguments: ComparisonReport.Format.allCases)
    func noFormatLetsTextOfALogBreakOut(format: ComparisonReport.Format) throws {
        let hostile = ComparisonReport(try SampleReports.hostile(), try SampleReports.hostile())
        let text = try hostile.render(format)
        if format != .json { #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}")) }
        if format == .html || format == .markdown { #expect(!text.contains("<script")) }
    }
}
