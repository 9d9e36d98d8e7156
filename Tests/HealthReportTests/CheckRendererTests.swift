import Foundation
import HealthReport
import HealthRules
import Testing
import TrainingMetrics

@Suite struct CheckRendererTests {
    private func report(_ values: [Double], name: String = "a run") throws -> CheckReport {
        let history = RunHistory(
            name: name,
            axis: .epoch,
            series: [
                MetricSeries(
                    key: MetricKey(name: "loss\u{1B}[31m", axis: .epoch),
                    interpretation: MetricInterpretation(role: .totalLoss),
                    positions: values.indices.map { Int64($0 + 1) }[...],
                    values: values[...]
                )
            ]
        )
        return CheckReport(runID: 7, runName: name, checkup: try Checkup(history: history, facts: RunFacts()))
    }

    @Test func theDocumentIsJSONEvenWithNonFiniteEvidence() throws {
        let text = try JSONCheckRenderer.render(try report([1, 0.9, .nan, .infinity, .nan]))
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["schema_version"] as? Int == 1)
        #expect(object["verdict"] as? String == "failing")
        let run = try #require(object["run"] as? [String: Any])
        #expect(run["id"] as? Int == 7 && run["epochs"] as? Double == 5)
        let finding = try #require((object["findings"] as? [[String: Any]])?.first)
        #expect(finding["rule"] as? String == "OPT001")
        #expect(finding["root"] as? Bool == true)
        #expect(finding["first_step"] as? Int == 3)
        for key in ["severity", "confidence", "message", "evidence", "causes", "caused_by", "advice", "visible_since"] {
            #expect(finding[key] != nil, "\(key) is missing")
        }
    }

    @Test func theTextBeginsWithTheVerdictAndHidesEscapes() throws {
        let text = TextCheckRenderer().render(try report([1, 0.9, .nan, .nan], name: "evil\u{1B}[2J\u{202E}"))
        #expect(text.hasPrefix("FAILING"))
        #expect(text.contains("OPT001 non-finite"))
        #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
        #expect(text.contains("explain OPT001"))
    }

    @Test func linesKeepToTheWidth() throws {
        let text = TextCheckRenderer(width: 80).render(try report([1, 0.9, .nan, .nan]))
        let long = text.split(separator: "\n").filter { $0.count > 110 }
        #expect(long.isEmpty, "\(long)")
    }

    @Test func aShortRunIsUnsettledAndSaysWhy() throws {
        let text = TextCheckRenderer().render(try report([1]))
        #expect(text.hasPrefix("UNSETTLED"))
        #expect(text.contains("Neither healthy nor failing"))
    }

    @Test func theOverviewShowsEveryMetricAndEpoch() throws {
        let history = try report([1, .nan, 0.5]).checkup.run.history
        let text = RunOverview().render(history, facts: RunFacts())
        #expect(text.contains("totalLoss") && text.contains("nan") && text.contains("×"))
        #expect(text.split(separator: "\n").contains { $0.hasPrefix("    3") || $0.hasPrefix("  3") })
        #expect(!text.contains("\u{1B}"))
    }
}
