import ArgumentParser
import HealthReport
import RunStore

/// `forget`: remove a run from the store.
struct ForgetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Remove a run from the store; the log itself is not touched."
    )

    @Argument(help: ArgumentHelp("The run: its number, its name or a unique beginning of it, @-1.", valueName: "run"))
    var reference: String

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    private struct Forgotten: Encodable {
        let id: Int64
        let name: String
    }

    func run() throws {
        try ExitStatus.reporting {
            let store = try store.open()
            let run = try store.run(matching: reference)
            try store.forget(run)
            switch output.resolved {
            case .json: Console.write(try JSONText.render(["forgotten": Forgotten(id: run.id, name: run.name)]) + "\n")
            case .text: Console.write("forgot run \(run.id) \(TerminalText.escaped(run.name, width: 60))\n")
            }
        }
    }
}
