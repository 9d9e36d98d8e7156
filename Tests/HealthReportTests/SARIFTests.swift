import Foundation
import HealthReport
import HealthRules
import Testing

/// The structure the SARIF 2.1.0 schema demands of what we write: properties known, required ones there, values allowed.
@Suite struct SARIFTests {
    /// Properties of the objects we use, as the schema lists them; `!` marks required ones.
    private static let shapes: [String: String] = [
        "log": "$schema version! runs!",
        "run": "tool! automationDetails invocations columnKind results properties",
        "tool": "driver!",
        "driver": "name! version rules",
        "rule": "id! name shortDescription fullDescription help defaultConfiguration properties",
        "invocation": "executionSuccessful! toolExecutionNotifications",
        "notification": "level message! associatedRule",
        "result":
            "ruleId ruleIndex level rank message! locations codeFlows partialFingerprints baselineState properties",
        "location": "physicalLocation logicalLocations message",
        "physicalLocation": "artifactLocation! region",
        "artifactLocation": "uri",
        "region": "startLine",
        "message": "text! markdown",
    ]

    private typealias Object = [String: Any]

    private func conform(_ object: Object, to shape: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let words = try #require(Self.shapes[shape]).split(separator: " ")
        let known = Set(words.map { String($0).replacing("!", with: "") })
        #expect(Set(object.keys).isSubset(of: known), "\(shape)", sourceLocation: sourceLocation)
        for word in words where word.hasSuffix("!") {
            #expect(object[String(word.dropLast())] != nil, "\(shape).\(word)", sourceLocation: sourceLocation)
        }
    }

    private func run(of report: CheckReport) throws -> Object {
        let text = try SARIFCheckRenderer.render(report)
        let log = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? Object)
        try conform(log, to: "log")
        #expect(log["version"] as? String == "2.1.0")
        return try #require((log["runs"] as? [Object])?.first)
    }

    @Test(arguments: [false, true])
    func everyObjectHasTheShapeOfTheStandard(isHostile: Bool) throws {
        let run = try run(of: isHostile ? SampleReports.hostile() : SampleReports.blind())
        try conform(run, to: "run")
        let tool = try #require(run["tool"] as? Object)
        try conform(tool, to: "tool")
        let driver = try #require(tool["driver"] as? Object)
        try conform(driver, to: "driver")
        let rules = try #require(driver["rules"] as? [Object])
        #expect(rules.count > 20)
        for rule in rules { try conform(rule, to: "rule") }
        let invocation = try #require((run["invocations"] as? [Object])?.first)
        try conform(invocation, to: "invocation")
        for notification in try #require(invocation["toolExecutionNotifications"] as? [Object]) {
            try conform(notification, to: "notification")
        }
        for result in try #require(run["results"] as? [Object]) {
            try conform(result, to: "result")
            let index = try #require(result["ruleIndex"] as? Int)
            #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
            #expect(["error", "warning", "note"].contains(result["level"] as? String))
            try conform(try #require(result["message"] as? Object), to: "message")
            for location in try #require(result["locations"] as? [Object]) { try conform(location: location) }
            for flow in result["codeFlows"] as? [Object] ?? [] {
                let thread = try #require((flow["threadFlows"] as? [Object])?.first)
                let steps = try #require(thread["locations"] as? [Object])
                #expect(steps.count > 1)
                for step in steps { try conform(location: try #require(step["location"] as? Object)) }
            }
        }
    }

    private func conform(location: Object) throws {
        try conform(location, to: "location")
        let physical = try #require(location["physicalLocation"] as? Object)
        try conform(physical, to: "physicalLocation")
        let artifact = try #require(physical["artifactLocation"] as? Object)
        try conform(artifact, to: "artifactLocation")
        let uri = try #require(artifact["uri"] as? String)
        #expect(URL(string: uri) != nil && uri.allSatisfy { $0.isASCII && $0 != " " })
        if let region = physical["region"] as? Object { #expect(try #require(region["startLine"] as? Int) >= 1) }
    }

    private func fingerprints(_ report: CheckReport) throws -> [String: String] {
        let results = try #require(run(of: report)["results"] as? [Object])
        return Dictionary(
            results.compactMap { result in
                guard let rule = result["ruleId"] as? String,
                    let prints = result["partialFingerprints"] as? [String: String]
                else { return nil }
                return (rule, prints["codecDoctorFinding/v1"] ?? "")
            },
            uniquingKeysWith: { first, _ in first }
        )
    }

    @Test func fingerprintsDoNotDependOnRunOrNumbers() throws {
        let first = try fingerprints(try SampleReports.blind(name: "one"))
        let second = try fingerprints(try SampleReports.blind(name: "two"))
        #expect(first == second && Set(first.values).count == first.count && first["ADV001"]?.count == 16)
    }

    @Test func aFindingPointsAtItsLine() throws {
        var report = try SampleReports.blind()
        report.places = report.checkup.results.findings.map { _ in LogPlace(path: "logs/a b.log", line: 42) }
        let result = try #require((run(of: report)["results"] as? [Object])?.first)
        let location = try #require((result["locations"] as? [Object])?.first?["physicalLocation"] as? Object)
        #expect((location["artifactLocation"] as? Object)?["uri"] as? String == "logs/a%20b.log")
        #expect((location["region"] as? Object)?["startLine"] as? Int == 42)
    }

    @Test func withoutALogTheRunsNameStandsInItsPlace() throws {
        var report = try SampleReports.blind(name: "night run")
        report.sources = ["-"]
        let result = try #require((run(of: report)["results"] as? [Object])?.first)
        let location = try #require((result["locations"] as? [Object])?.first?["physicalLocation"] as? Object)
        #expect((location["artifactLocation"] as? Object)?["uri"] as? String == "night%20run")
    }

    @Test func anEffectCarriesTheChainFromItsCause() throws {
        let results = try #require(run(of: SampleReports.blind())["results"] as? [Object])
        let feature = try #require(results.first { $0["ruleId"] as? String == "FTR001" })
        let thread = ((feature["codeFlows"] as? [Object])?.first?["threadFlows"] as? [Object])?.first
        let steps = try #require(thread?["locations"] as? [Object])
        let texts = steps.compactMap { (($0["location"] as? Object)?["message"] as? Object)?["text"] as? String }
        #expect(texts.count == 2 && texts[0].hasPrefix("ADV001") && texts[1].contains("because"))
    }
}
