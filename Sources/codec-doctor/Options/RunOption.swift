import ArgumentParser

/// Which run a command is about; the newest when nothing is said.
struct RunOption: ParsableArguments {
    @Option(
        name: .customLong("run"),
        defaultAsFlag: "@-1",
        help: ArgumentHelp(
            "The run: its number, its name or a unique beginning of it, @-1 the newest, @-2 the one before.",
            discussion: "Alone, or left out: the newest run.",
            valueName: "run"
        ),
        completion: Completions.runs
    )
    var option: String?

    @Argument(help: ArgumentHelp("The run, as with --run.", valueName: "run"), completion: Completions.runs)
    var argument: String?

    /// The reference as given, `nil` for the newest run.
    var reference: String? { argument ?? option }

    mutating func validate() throws {
        if let option, let argument, option != argument, option != "@-1" {
            throw ValidationError("two runs are named, '\(option)' and '\(argument)'; name one")
        }
    }
}
