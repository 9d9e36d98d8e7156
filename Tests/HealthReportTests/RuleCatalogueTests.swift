import Foundation
import HealthReport
import HealthRules
import TestSupport
import Testing

@Suite struct RuleCatalogueTests {
    @Test func theCommittedPageIsTheGeneratedOne() throws {
        let file = FixtureLocation.root.deletingLastPathComponent().appending(path: "docs/rules.md")
        let committed = try String(contentsOf: file, encoding: .utf8)
        let generated = RuleCatalogueMarkdown.render(RuleRegistry.all.map(\.description))
        #expect(committed == generated, "run: codec-doctor rules --markdown > docs/rules.md")
    }

    @Test(arguments: RuleRegistry.all.map(\.description.id.rawValue))
    func everyRuleHasAPage(rule: String) throws {
        let description = try #require(RuleRegistry.rule(named: rule)?.description)
        let page = RulePage().render(description)
        #expect(page.contains(description.name) && page.contains("What to do") && page.contains("References"))
    }
}
