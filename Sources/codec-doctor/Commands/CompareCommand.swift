import ArgumentParser
import HealthReport

/// `compare`: two runs beside each other.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract:
            "Compare two runs: findings appeared and gone, metrics at equal epochs and at equal cost, facts that differ.",
        discussion: """
            A is the old run and B the new one: a number, a name or a unique beginning of it, @-1 the newest, or a log that \
            was never ingested. Where the numbers of the two do not mean the same, the comparison says so.
            """
    )

    @Argument(help: "The old run, or its log.", completion: Completions.runs)
    var first: String

    @Argument(help: "The new run, or its log.", completion: Completions.runs)
    var second: String

    @OptionGroup var store: StoreOptions
    @OptionGroup var rules: RuleChoiceOptions
    @OptionGroup var facts: FactOptions
    @OptionGroup var mapping: MappingOptions

    @Option(
        help: ArgumentHelp(
            "text, json, markdown or html.",
            discussion: "Default: what the ending of --output asks for, else text.",
            valueName: "format"
        ),
        completion: .list(ComparisonReport.Format.allCases.map(\.rawValue)),
        transform: Self.format
    )
    var format: ComparisonReport.Format?

    @Flag(help: "Short for --format json.")
    var json = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write it to this file, all of it or nothing.", valueName: "file"),
        completion: .file()
    )
    var output: String?

    private static func format(_ text: String) throws -> ComparisonReport.Format {
        guard let format = ComparisonReport.Format(rawValue: text) else {
            let known = ComparisonReport.Format.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("there is no format '\(text)'; formats: \(known)")
        }
        return format
    }

    func run() throws {
        try ExitStatus.reporting {
            let examination = Examination(
                store: store,
                configuration: try mapping.load(),
                choice: rules,
                facts: try facts.parsed()
            )
            let report = ComparisonReport(try examination.report(first), try examination.report(second))
            let format = json ? .json : format ?? output.flatMap { ComparisonReport.Format(fileName: $0) } ?? .text
            guard let output else {
                Console.write(try report.render(format, style: Console.style, width: Console.width))
                return
            }
            try OutputFile.write(try report.render(format), to: output)
            Console.write("written to \(TerminalText.escaped(output, width: 300)) as \(format.rawValue)\n")
        }
    }
}
