import ArgumentParser
import HealthReport

/// How a check is written, and where to.
struct CheckOutputOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How to write the result: \(Self.formats).",
            discussion: "Default: what the ending of --output asks for, else text.",
            valueName: "format"
        ),
        completion: .list(CheckFormat.allCases.map(\.rawValue)),
        transform: Self.format
    )
    var format: CheckFormat?

    @Flag(help: "Short for --format json.")
    var json = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Write the result to this file, all of it or nothing; standard output gets a line a finding.",
            valueName: "file"
        ),
        completion: .file()
    )
    var output: String?

    private static let formats = CheckFormat.allCases.map(\.rawValue).joined(separator: ", ")

    private static func format(_ text: String) throws -> CheckFormat {
        guard let format = CheckFormat(rawValue: text) else {
            throw ValidationError("there is no format '\(text)'; formats: \(formats)")
        }
        return format
    }

    mutating func validate() throws {
        if json, let format, format != .json {
            throw ValidationError("--json and --format \(format.rawValue) contradict each other; give one")
        }
    }

    /// The form to write.
    var resolved: CheckFormat {
        json ? .json : format ?? output.flatMap { CheckFormat(fileName: $0) } ?? .text
    }

    /// Writes a check to the file, else to standard output.
    func write(_ report: CheckReport, isVerbose: Bool, failOn: FailureLevel) throws {
        let style = output == nil ? Console.style : .plain
        let width = output == nil ? Console.width : 100
        let document = try resolved.render(
            report,
            text: TextCheckRenderer(style: style, width: width, isVerbose: isVerbose),
            failingFrom: failOn.severity
        )
        guard let output else {
            Console.write(document)
            if resolved == .concise { Console.error("codec-doctor: \(ConciseCheckRenderer.summary(report))") }
            return
        }
        try OutputFile.write(document, to: output)
        let told = "written to \(TerminalText.escaped(output, width: 300)) as \(resolved.rawValue)"
        Console.write("\(ConciseCheckRenderer.render(report))\(ConciseCheckRenderer.summary(report)); \(told)\n")
    }
}
