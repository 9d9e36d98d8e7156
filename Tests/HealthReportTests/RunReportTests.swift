import Foundation
import HealthReport
import HealthRules
import Testing
import TrainingMetrics

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite struct RunReportTests {
    /// Every chart of a page, parsed.
    private func charts(_ page: String) throws -> [XMLElement] {
        let pieces = page.components(separatedBy: "<svg").dropFirst()
        return try pieces.map { piece in
            let text = "<svg" + piece.components(separatedBy: "</svg>")[0] + "</svg>"
            return try #require(try XMLDocument(data: Data(text.utf8)).rootElement())
        }
    }

    private func occurrences(_ text: String, in page: String) -> Int { page.components(separatedBy: text).count - 1 }

    @Test(arguments: RunReport.Format.allCases)
    func everyErrorAndWarningHasItsPlaceAndTheBytesAreTheSameTwice(format: RunReport.Format) throws {
        let report = try SampleReports.blind()
        let page = RunReport.render(report, as: format)
        for finding in report.checkup.results.findings where finding.severity > .info {
            #expect(page.contains("\(finding.rule) \(finding.name)"), "\(finding.rule) is missing")
        }
        for heading in [
            "What happened", "Critical observations", "Root cause", "Evidence", "What was visible when",
            "What to change", "Expected ranges", "Cost", "The curves", "What could not be judged", "Facts",
            "rules judged",
        ] { #expect(page.contains(heading), "no '\(heading)'") }
        #expect(RunReport.render(try SampleReports.blind(), as: format) == page)
    }

    @Test func thePageNeedsNothingElse() throws {
        let page = RunReport.render(try SampleReports.blind(), as: .html)
        for foreign in ["<script", "http://", "https://", "src=", "@import", "url("] {
            #expect(!page.contains(foreign), "holds \(foreign)")
        }
        #expect(page.contains("prefers-color-scheme: dark") && page.contains("@media print"))
        #expect(page.contains("<html lang=\"en\">") && page.contains("name=\"viewport\""))
    }

    @Test func chartsAreWellFormedNamedAndMarked() throws {
        let charts = try charts(RunReport.render(try SampleReports.blind(), as: .html))
        #expect(charts.count >= 4)
        for chart in charts {
            #expect(chart.elements(forName: "title").count == 1 && chart.elements(forName: "desc").count == 1)
            #expect(chart.attribute(forName: "role")?.stringValue == "img")
        }
        let first = try #require(charts.first)
        let classes = (first.children ?? []).compactMap {
            ($0 as? XMLElement)?.attribute(forName: "class")?.stringValue
        }
        for part in ["band", "onset", "onset-label", "line c0"] { #expect(classes.contains(part), "no \(part)") }
    }

    @Test func linksLeadSomewhere() throws {
        let page = RunReport.render(try SampleReports.blind(), as: .html)
        for piece in page.components(separatedBy: "href=\"#").dropFirst() {
            let anchor = piece.components(separatedBy: "\"")[0]
            #expect(occurrences("id=\"\(anchor)\"", in: page) == 1, "\(anchor)")
        }
    }

    @Test func nothingFromALogIsMarkup() throws {
        let report = try SampleReports.hostile()
        let page = RunReport.render(report, as: .html)
        #expect(!page.contains("<script") && !page.contains("\u{1B}") && !page.contains("\u{202E}"))
        #expect(page.contains("&lt;script&gt;"))
        _ = try charts(page)
        let markdown = RunReport.render(report, as: .markdown)
        #expect(!markdown.contains("<script") && !markdown.contains(/[^\\]\]\(http/))
    }

    @Test func aNameOfFiveThousandCharactersIsCut() throws {
        let name = String(repeating: "loss", count: 1250)
        let report = try SampleReports.report(
            [SampleReports.series(name, .totalLoss, [1, .nan, .nan, .nan])],
            name: name
        )
        #expect(!RunReport.render(report, as: .html).contains(String(repeating: "loss", count: 600)))
    }

    @Test func whatIsNotFiniteIsMarkedAndCounted() throws {
        var values = (0..<2000).map { 1 + Double($0) }
        for offset in [7, 507, 1007, 1507] { values[offset] = .nan }
        values[1000] = .infinity
        values[1500] = -.infinity
        let page = RunReport.render(
            try SampleReports.report([SampleReports.series("loss", .totalLoss, values)]),
            as: .html
        )
        #expect(page.contains("4 × NaN, 1 × +∞, 1 × −∞"))
        let marks = try charts(page)[0].elements(forName: "text").filter {
            $0.attribute(forName: "class")?.stringValue == "lost"
        }.compactMap(\.stringValue)
        #expect(Set(marks) == ["×", "↑", "↓"])
    }

    @Test func aRunOfNothingButNaNStillHasAPage() throws {
        let report = try SampleReports.report([
            SampleReports.series("loss", .totalLoss, Array(repeating: .nan, count: 50))
        ])
        let page = RunReport.render(report, as: .html)
        #expect(page.contains("no finite value"))
        _ = try charts(page)
    }

    @Test(arguments: [RunReport.Format.html, .markdown])
    func hundredsOfMetricsStayUnderAMegabyte(format: RunReport.Format) throws {
        let values = (0..<3000).map { Double(($0 * 7919) % 1000) }
        let broken = values.indices.map { $0 > 2000 ? Double.nan : values[$0] }
        let series = (0..<400).map { number in
            SampleReports.series(
                "metric \(number)",
                number.isMultiple(of: 2) ? .otherLoss : .unknown,
                number % 3 == 0 ? broken : values
            )
        }
        let page = RunReport.render(try SampleReports.report(series), as: format)
        #expect(page.utf8.count < RunReport.sizeLimit)
        #expect(page.contains("more"))
    }

    @Test func aProfileIsComparedRowByRow() throws {
        let series = [SampleReports.series("D", .discriminatorLoss, [2, 1.99, 1.98, 1.97, 1.96])]
        let report = try SampleReports.report(series, profile: try ProfileCatalogue.profile(named: "telugu-dac"))
        let page = RunReport.render(report, as: .markdown)
        #expect(page.contains("| discriminator loss | epoch 1 | 1.2 to 1.8 | **2.000** | **outside** | claim |"))
    }

    @Test func probesAreTold() throws {
        let probe = ProbeEvidence(
            kind: .discriminator,
            subject: "disc.pth",
            weights: .trained,
            parameterCount: 1234,
            learning: ProbeEvidence.Learning(
                verdict: .unable,
                steps: 200,
                leftBlindAt: nil,
                gap: 0.01,
                heldOutAccuracy: 0.5,
                featureMatching: 0.02,
                remedy: "weight normalisation"
            )
        )
        let report = try SampleReports.report(
            [SampleReports.series("D", .discriminatorLoss, Array(repeating: 2, count: 10))],
            facts: [Fact(.lossFamily, "hinge", .given, evidence: "the test says so")],
            probes: [probe]
        )
        let page = RunReport.render(report, as: .markdown)
        #expect(page.contains("disc.pth") && page.contains("stays at the blind value in 200 steps"))
        #expect(page.contains("weight normalisation"))
    }

    @Test func anUnsettledRunSaysWhy() throws {
        let page = RunReport.render(
            try SampleReports.report([SampleReports.series("loss", .totalLoss, [1])]),
            as: .markdown
        )
        #expect(page.contains("Neither healthy nor failing"))
    }

    @Test(arguments: [("a.html", RunReport.Format.html), ("b.md", .markdown)])
    func theEndingOfAFileNameTellsTheFormat(name: String, format: RunReport.Format) {
        #expect(RunReport.Format(fileName: name) == format)
    }

    @Test func datesComeFromTheLog() throws {
        let times = [1_700_000_000, 1_700_003_600.0, .nan]
        let series = MetricSeries(
            key: MetricKey(name: "loss", axis: .epoch),
            interpretation: MetricInterpretation(role: .totalLoss),
            positions: [1, 2, 3][...],
            times: times[...],
            values: [3, 2, 1][...]
        )
        let page = RunReport.render(try SampleReports.report([series]), as: .markdown)
        #expect(page.contains("logged 2023-11-14 22:13 to 2023-11-14 23:13 UTC"))
    }
}
