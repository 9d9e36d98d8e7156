import ArgumentParser

/// How results are written.
struct OutputOptions: ParsableArguments {
    /// A form of output.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    @Option(help: "How to write the result: text or json.")
    var format: Format = .text

    @Flag(help: "Short for --format json.")
    var json = false

    /// The form to write.
    var resolved: Format { json ? .json : format }
}
