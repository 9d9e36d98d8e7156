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

    @Test func theCommittedDocumentationCatalogueIsTheGeneratedOne() throws {
        let folder = FixtureLocation.root.deletingLastPathComponent()
            .appending(path: "Sources/HealthRules/HealthRules.docc").resolvingSymlinksInPath()
        let advice = "run: codec-doctor rules --docc Sources/HealthRules/HealthRules.docc"
        let generated = RuleCatalogueDocC.files(RuleRegistry.all.map(\.description))
        for file in generated {
            let committed = try String(contentsOf: folder.appending(path: file.path), encoding: .utf8)
            #expect(committed == file.text, "\(file.path): \(advice)")
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "Rules").path())
        #expect(names.count == generated.count - 1, "a page of a rule that is gone: \(advice)")
    }

    @Test(arguments: RuleRegistry.all.map(\.description.id.rawValue))
    func everyRuleHasAPage(rule: String) throws {
        let description = try #require(RuleRegistry.rule(named: rule)?.description)
        let page = RulePage().render(description)
        #expect(page.contains(description.name) && page.contains("What to do") && page.contains("References"))
    }
}
