import ArgumentParser

/// `experiment`: claims put to the test by training.
struct ExperimentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "experiment",
        abstract: "Put claims to the test by training: what caused the origin's failure, and whether faults are found.",
        subcommands: [ExperimentFaultsCommand.self, ExperimentOriginCommand.self]
    )
}
