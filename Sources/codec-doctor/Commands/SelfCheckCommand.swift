import ArgumentParser
import HealthReport

/// `self-check`: whether the installation works.
struct SelfCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "self-check",
        abstract: "Check this installation: the store, folders, the clock, the numeric libraries.",
        discussion: "Exit status: 0 everything works (perhaps with warnings), 1 a check failed, 2 could not run."
    )

    @OptionGroup var store: StoreOptions

    @Flag(help: "JSON.")
    var json = false

    @Flag(help: .hidden)
    var blasSpeed = false

    func run() throws {
        try ExitStatus.reporting {
            if blasSpeed {
                Console.write(NumericLibraries.speed().map { "\($0)\n" } ?? "")
                return
            }
            let check = SelfCheck(storePath: store.path)
            Console.write(json ? try JSONText.render(check) + "\n" : check.text(style: Console.style))
            if !check.healthy { throw ExitStatus.findings }
        }
    }
}
