import ArgumentParser
import HealthReport

/// `report`: the whole analysis as a document.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract:
            "Write the whole analysis of a run as a document: causes, evidence with charts, what to change, cost.",
        discussion: """
            The HTML page is one file under 1 MB that needs no network and no script. The run may be a log that was never \
            ingested. The document is not a gate: its status is 0 whatever it says.
            """
    )

    @OptionGroup var chosen: RunOption
    @OptionGroup var store: StoreOptions
    @OptionGroup var rules: RuleChoiceOptions
    @OptionGroup var facts: FactOptions
    @OptionGroup var mapping: MappingOptions

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Where to write it: report.html or report.md; standard output unless given.",
            valueName: "file"
        ),
        completion: .file(extensions: ["html", "md"])
    )
    var output: String?

    @Option(
        help: ArgumentHelp(
            "html or markdown.",
            discussion: "Default: what the ending of --output asks for, else markdown.",
            valueName: "format"
        ),
        completion: .list(RunReport.Format.allCases.map(\.rawValue)),
        transform: Self.format
    )
    var format: RunReport.Format?

    @Flag(help: "Write the analysis as JSON, the document of check --format json.")
    var json = false

    private static func format(_ text: String) throws -> RunReport.Format {
        guard let format = RunReport.Format(rawValue: text) else {
            let known = RunReport.Format.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("there is no format '\(text)'; formats: \(known)")
        }
        return format
    }

    func run() throws {
        try ExitStatus.reporting {
            let report = try Examination(
                store: store,
                configuration: mapping.load(),
                choice: rules,
                facts: facts.parsed()
            ).report(chosen.reference)
            let format = format ?? output.flatMap { RunReport.Format(fileName: $0) } ?? .markdown
            let page = json ? try JSONCheckRenderer.render(report) + "\n" : RunReport.render(report, as: format)
            guard let output else {
                Console.write(page)
                return
            }
            try OutputFile.write(page, to: output)
            let size = NumberText.short(Double(page.utf8.count) / 1000)
            Console.write("\(ConciseCheckRenderer.summary(report))\n")
            Console.write("written to \(TerminalText.escaped(output, width: 300)), \(size) kB\n")
        }
    }
}
