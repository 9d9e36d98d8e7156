import ArgumentParser
import HealthReport
import HealthRules

/// `explain`: everything about a rule.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain a rule: what it looks for, why it matters, causes, what to do, thresholds and their sources."
    )

    @Argument(help: "The rule's identifier or name (ADV001, discriminator-blind).", completion: Completions.rules)
    var rule: String

    @OptionGroup var output: OutputOptions

    func run() throws {
        try ExitStatus.reporting {
            guard let found = RuleRegistry.rule(named: rule) else {
                throw RuleSelectionError.unknownRule(rule, known: RuleRegistry.all.map(\.description.id.rawValue))
            }
            switch output.resolved {
            case .json: Console.write(try RuleCatalogueJSON.render([found.description]) + "\n")
            case .text:
                Console.write(RulePage(style: Console.style, width: Console.width).render(found.description))
            }
        }
    }
}
