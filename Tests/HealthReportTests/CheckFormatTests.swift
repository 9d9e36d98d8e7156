import Foundation
import HealthReport
import HealthRules
import TestSupport
import Testing

@Suite struct CheckFormatTests {
    @Test(arguments: CheckFormat.allCases)
    func everyFormatNamesEveryErrorAndIsTheSameTwice(format: CheckFormat) throws {
        let report = try SampleReports.blind()
        let text = try format.render(report)
        let errors = report.checkup.results.findings.filter { $0.severity == .error }
        #expect(errors.count > 2)
        for finding in errors { #expect(text.contains(finding.rule.rawValue), "\(finding.rule) is missing") }
        #expect(text.hasSuffix("\n"))
        #expect(try format.render(SampleReports.blind()) == text)
    }

    @Test(arguments: CheckFormat.allCases)
    func noFormatLetsTextOfALogBreakOut(format: CheckFormat) throws {
        let text = try format.render(SampleReports.hostile())
        #expect(text.contains("OPT001"))
        let isSafe = { (scalar: Unicode.Scalar) in
            scalar == "\n" || ![.control, .format].contains(scalar.properties.generalCategory)
        }
        // JSON escapes control characters itself; a bidirectional override is a character like any other there.
        if format != .json { #expect(text.unicodeScalars.allSatisfy(isSafe)) }
        if ![.json, .sarif, .text, .concise, .github].contains(format) { #expect(!text.contains("<script")) }
        #expect(!text.split(separator: "\n").contains { $0.hasPrefix("::error::owned") })
    }

    @Test(arguments: [
        ("a.sarif", CheckFormat.sarif), ("b/c.xml", .junit), ("summary.md", .markdown), ("x.JSON", .json),
        ("y.txt", .text),
    ])
    func theEndingOfAFileNameTellsTheFormat(name: String, format: CheckFormat) {
        #expect(CheckFormat(fileName: name) == format)
    }

    @Test(arguments: ["plain", "a.html", ""])
    func otherEndingsTellNothing(name: String) { #expect(CheckFormat(fileName: name) == nil) }

    // MARK: concise

    @Test func aConciseLineBeginsWithTheLogAndItsLine() throws {
        var report = try SampleReports.blind()
        report.places = [LogPlace(path: "logs/train.log", line: 12)]
        let lines = ConciseCheckRenderer.render(report).split(separator: "\n")
        #expect(lines.count == report.checkup.results.findings.count)
        #expect(lines[0].hasPrefix("logs/train.log:12: error ADV001 discriminator-blind: "))
        #expect(lines[1].hasPrefix("logs/train.log: "))
    }

    @Test func aHealthyRunHasNoConciseLineOfAnError() throws {
        let report = try SampleReports.healthy()
        #expect(!ConciseCheckRenderer.render(report).contains(": error "))
        #expect(ConciseCheckRenderer.summary(report).hasPrefix("a run: healthy: 0 errors, 0 warnings"))
    }

    // MARK: github

    @Test func workflowCommandsAreEscaped() throws {
        let lines = GitHubCheckRenderer.render(try SampleReports.hostile()).split(separator: "\n")
        #expect(
            lines.allSatisfy { $0.hasPrefix("::error ") || $0.hasPrefix("::warning ") || $0.hasPrefix("::notice ") }
        )
        let first = try #require(lines.first)
        #expect(first.contains("%250A") && !first.contains("%0A|"))
        let properties = first.dropFirst("::error ".count).components(separatedBy: "::")[0]
        #expect(properties.split(separator: ",").allSatisfy { $0.hasPrefix("file=") || $0.hasPrefix("title=") })
    }

    @Test func annotationsCarryFileAndLineAndComeErrorsFirst() throws {
        var report = try SampleReports.blind()
        report.places = report.checkup.results.findings.map { _ in LogPlace(path: "a,b.log", line: 3) }
        let lines = GitHubCheckRenderer.render(report).split(separator: "\n")
        #expect(lines[0].hasPrefix("::error file=a%2Cb.log,line=3,title=ADV001 discriminator-blind::"))
        let words = lines.map { $0.split(separator: " ")[0] }
        let ranks = words.map { ["::error": 0, "::warning": 1, "::notice": 2][String($0)] ?? 3 }
        #expect(ranks == ranks.sorted())
    }

    // MARK: markdown

    @Test func markdownIsATableInCausalOrder() throws {
        let text = MarkdownCheckRenderer.render(try SampleReports.blind())
        #expect(text.hasPrefix("## ❌ origin: failing\n"))
        #expect(text.contains("| error | **ADV001** discriminator-blind | since epoch 1 |"))
        #expect(text.contains("| error | ↳ **FTR001** feature-matching-tiny |"))
        #expect(text.contains("₹62.50 spent"))
        #expect(text.contains("### What to do"))
    }

    @Test func markdownOfHostileTextIsText() throws {
        let text = MarkdownCheckRenderer.render(try SampleReports.hostile())
        #expect(text.contains("@<!-- -->everyone") && !text.contains(/[^\\]\]\(http/))
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| error") }
        #expect(rows.allSatisfy { $0.replacing("\\|", with: "").filter { $0 == "|" }.count == 5 })
    }
}
