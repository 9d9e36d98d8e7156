import HealthRules
import Testing

@Suite struct RuleSelectionTests {
    @Test func aGroupSelectsItsRules() throws {
        let rules = try RuleSelection(only: ["adversarial"]).rules()
        #expect(!rules.isEmpty)
        #expect(rules.allSatisfy { $0.description.group == .adversarial })
    }

    @Test func ignoringWinsOverSelecting() throws {
        let rules = try RuleSelection(only: ["adversarial"], ignore: ["adv001"]).rules()
        #expect(!rules.contains { $0.description.id == "ADV001" })
    }

    @Test func anUnknownWordListsWhatThereIs() {
        #expect {
            try RuleSelection(only: ["nonsense"]).rules()
        } throws: { error in
            "\(error)".contains("'nonsense'") && "\(error)".contains("ADV001") && "\(error)".contains("quantizer")
        }
    }

    @Test func anUnknownParameterListsTheKnownOnes() {
        #expect {
            try RuleSelection(parameters: ["ADV001": ["nonsense": 1]]).rules()
        } throws: { error in
            "\(error)".contains("'nonsense'") && "\(error)".contains("ADV001")
        }
    }
}
