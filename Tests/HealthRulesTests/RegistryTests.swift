import Foundation
import HealthRules
import TestSupport
import Testing

@Suite struct RegistryTests {
    static let rules = RuleRegistry.all.map(\.description)

    @Test func rulesAreInAlphabeticalOrderOfUniqueIdentifiers() {
        let ids = Self.rules.map(\.id.rawValue)
        #expect(ids == ids.sorted())
        #expect(Set(ids).count == ids.count)
        #expect(Set(Self.rules.map(\.name)).count == ids.count)
    }

    /// One rule, one file, named as the rule: a file that nobody registered, or a rule in another's file, fails here.
    @Test func everyRuleFileIsRegisteredAndEveryRuleHasItsFile() throws {
        let folder = FixtureLocation.root.deletingLastPathComponent().appending(path: "Sources/HealthRules/Rules")
        let found = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        let files = try found.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
            .filter { try String(contentsOf: $0, encoding: .utf8).contains("RuleDescription(\n") }
            .map { $0.deletingPathExtension().lastPathComponent.lowercased() }
        let registered = Self.rules.map { $0.name.filter { $0 != "-" } }
        #expect(files.sorted() == registered.sorted())
    }

    @Test(arguments: rules.map(\.id.rawValue))
    func aRuleSaysEverythingAboutItself(_ id: String) throws {
        let rule = try #require(RuleRegistry.rule(named: id)?.description)
        #expect(rule.id.rawValue.wholeMatch(of: /(ADV|FTR|SIG|VQ|OPT|RUN|EXP|PRB)\d{3}/) != nil)
        #expect(rule.name.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil)
        for text in [rule.summary, rule.rationale] {
            #expect(text.hasSuffix("."), "\(text) is not a sentence")
            #expect(!text.contains("\n") && !text.contains("  "))
        }
        #expect(!rule.causes.isEmpty && rule.causes.allSatisfy { !$0.text.isEmpty })
        #expect(!rule.advice.isEmpty && rule.advice.allSatisfy { !$0.text.isEmpty })
        #expect(!rule.references.isEmpty && rule.references.allSatisfy { !$0.isEmpty })
        for parameter in rule.parameters {
            #expect(!parameter.summary.isEmpty && !parameter.source.isEmpty, "\(parameter.name)")
        }
        #expect(Set(rule.parameters.map(\.name)).count == rule.parameters.count)
        #expect(Set(rule.examples.map(\.title)).count == rule.examples.count)
        let firing = rule.examples.filter { if case .fires = $0.expectation { true } else { false } }
        #expect(!firing.isEmpty, "no example in which it fires")
        #expect(rule.examples.contains { $0.expectation == .passes }, "no example that it passes")
        #expect(!rule.isPreview || !rule.calibration.isEmpty, "a rule in preview says what it waits for")
    }

    @Test func aRuleIsFoundByIdentifierOrNameInAnyCase() {
        for rule in Self.rules {
            #expect(RuleRegistry.rule(named: rule.id.rawValue.lowercased())?.description.id == rule.id)
            #expect(RuleRegistry.rule(named: rule.name.uppercased())?.description.id == rule.id)
        }
        #expect(RuleRegistry.rule(named: "no-such-rule") == nil)
    }
}
