import ArgumentParser
import HealthReport
import HealthRules

/// `rules`: all rules in a table.
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "rules", abstract: "List all rules.")

    @OptionGroup var output: OutputOptions

    @Flag(help: "Write everything about all rules as a Markdown page.")
    var markdown = false

    func run() throws {
        try ExitStatus.reporting {
            let rules = RuleRegistry.all.map(\.description)
            guard !markdown else {
                Console.write(RuleCatalogueMarkdown.render(rules))
                return
            }
            guard output.resolved == .text else {
                Console.write(try RuleCatalogueJSON.render(rules) + "\n")
                return
            }
            var table = TextTable([
                ("rule", .left), ("name", .left), ("group", .left), ("severity", .left), ("looks for", .left),
            ])
            let room = max(30, Console.width - 65)
            for rule in rules {
                let summary = rule.summary.count <= room ? rule.summary : rule.summary.prefix(room - 1) + "…"
                table.append([
                    rule.id.rawValue, rule.name, rule.group.rawValue, rule.severity.rawValue, String(summary),
                ])
            }
            Console.write(table.lines(style: Console.style).joined(separator: "\n") + "\n")
        }
    }
}
