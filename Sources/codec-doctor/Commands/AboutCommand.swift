import ArgumentParser
import HealthReport

/// `about`: versions and places.
struct AboutCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "about",
        abstract: "Versions of the program and its libraries, and where the store is: what belongs into a bug report."
    )

    @OptionGroup var store: StoreOptions

    @Flag(help: "JSON.")
    var json = false

    func run() throws {
        try ExitStatus.reporting {
            let about = AboutProgram(storePath: store.path)
            Console.write(json ? try JSONText.render(about) + "\n" : about.text(style: Console.style))
        }
    }
}
