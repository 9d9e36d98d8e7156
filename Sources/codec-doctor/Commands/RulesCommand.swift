import ArgumentParser
import Foundation
import HealthReport
import HealthRules

/// `rules`: all rules in a table, or written out as pages.
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "List all rules, or the profiles of expectations."
    )

    @OptionGroup var output: OutputOptions

    @Flag(help: "Write everything about all rules as a Markdown page.")
    var markdown = false

    @Flag(help: "List the expectation profiles that 'check --profile NAME' knows.")
    var profiles = false

    @Option(help: ArgumentHelp("Write a DocC catalogue of all rules into this folder.", valueName: "folder"))
    var docc: String?

    func run() throws {
        try ExitStatus.reporting {
            let rules = RuleRegistry.all.map(\.description)
            if let docc { return try write(RuleCatalogueDocC.files(rules), into: URL(filePath: docc)) }
            if markdown { return Console.write(RuleCatalogueMarkdown.render(rules)) }
            if profiles { return try listProfiles() }
            guard output.resolved == .text else {
                return Console.write(try RuleCatalogueJSON.render(rules) + "\n")
            }
            var table = TextTable([
                ("rule", .left), ("name", .left), ("group", .left), ("severity", .left), ("looks for", .left),
            ])
            let room = max(30, Console.width - 65)
            for rule in rules {
                table.append([
                    rule.id.rawValue, rule.name, rule.group.rawValue, rule.severity.rawValue,
                    Self.cut(rule.summary, to: room),
                ])
            }
            Console.write(table.lines(style: Console.style).joined(separator: "\n") + "\n")
        }
    }

    private func listProfiles() throws {
        let profiles = try ProfileCatalogue.names.map { try ProfileCatalogue.profile(named: $0) }
        guard output.resolved == .text else {
            struct Item: Encodable {
                let name: String
                let summary: String
                let source: String
                let roles: [String]
            }
            let items = profiles.map { Item(name: $0.name, summary: $0.summary, source: $0.source, roles: $0.roles) }
            return Console.write(try JSONText.render(items) + "\n")
        }
        var table = TextTable([("profile", .left), ("for", .left), ("expects something of", .left)])
        for profile in profiles {
            table.append([
                profile.name, Self.cut(profile.summary, to: 60),
                Self.cut(profile.roles.joined(separator: ", "), to: max(30, Console.width - 80)),
            ])
        }
        Console.write(table.lines(style: Console.style).joined(separator: "\n") + "\n")
    }

    private func write(_ files: [(path: String, text: String)], into folder: URL) throws {
        for file in files {
            let place = folder.appending(path: file.path)
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(file.text.utf8).write(to: place)
        }
    }

    private static func cut(_ text: String, to room: Int) -> String {
        text.count <= room ? text : text.prefix(room - 1) + "…"
    }
}
