import Foundation
import HealthReport
import HealthRules
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite struct JUnitTests {
    private func root(_ report: CheckReport, failingFrom severity: Severity? = .error) throws -> XMLElement {
        let text = JUnitCheckRenderer.render(report, failingFrom: severity)
        return try #require(try XMLDocument(data: Data(text.utf8)).rootElement())
    }

    private func cases(_ root: XMLElement) -> [XMLElement] {
        root.elements(forName: "testsuite").flatMap { $0.elements(forName: "testcase") }
    }

    @Test(arguments: [false, true])
    func everyChosenRuleIsACaseAndTheCountsAreRight(isHostile: Bool) throws {
        let report = isHostile ? try SampleReports.hostile() : try SampleReports.blind()
        let root = try root(report)
        let cases = cases(root)
        #expect(cases.count == RuleRegistry.all.count)
        let counts = [
            "tests": cases.count, "failures": cases.filter { !$0.elements(forName: "failure").isEmpty }.count,
            "skipped": cases.filter { !$0.elements(forName: "skipped").isEmpty }.count,
        ]
        for (name, count) in counts {
            #expect(root.attribute(forName: name)?.stringValue == String(count), "\(name)")
        }
        #expect(counts["failures"] ?? 0 > 0 && counts["skipped"] ?? 0 > 0)
    }

    @Test func failuresSayWhatWasMeasuredAndWhatToDo() throws {
        let cases = cases(try root(try SampleReports.blind()))
        let blind = try #require(
            cases.first { $0.attribute(forName: "name")?.stringValue?.hasPrefix("ADV001") == true }
        )
        let text = try #require(blind.elements(forName: "failure").first?.stringValue)
        #expect(text.contains("measured discriminator loss") && text.contains("1. "))
        #expect(blind.attribute(forName: "classname")?.stringValue == "codec-doctor.adversarial")
    }

    @Test func theSeverityThatFailsIsChosenByTheCaller() throws {
        let report = try SampleReports.blind()
        func failures(_ severity: Severity?) throws -> Int {
            cases(try root(report, failingFrom: severity)).filter { !$0.elements(forName: "failure").isEmpty }.count
        }
        #expect(try failures(nil) == 0)
        #expect(try failures(.error) > 2 && failures(.error) < failures(.info))
    }
}
