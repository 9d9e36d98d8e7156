import ArgumentParser
import HealthReport
import HealthRules
import RunStore
import TrainingMetrics

/// `show`: the numbers of a run.
struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a run: every metric with a sparkline, and a table with a row an epoch."
    )

    @OptionGroup var chosen: RunOption
    @OptionGroup var store: StoreOptions
    @OptionGroup var facts: FactOptions
    @OptionGroup var mapping: MappingOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        try ExitStatus.reporting {
            let configuration = try mapping.load()
            let loaded = try RunLoader(store: store.open(), overrides: configuration.overrides)
                .load(chosen.reference, facts: configuration.facts + facts.parsed())
            let view = Checkup.view(of: loaded.history, facts: loaded.facts)
            guard output.resolved == .text else {
                let json = try RunOverviewJSON.render(
                    runID: loaded.run.id,
                    name: loaded.run.name,
                    history: view.history,
                    facts: view.facts,
                    probes: loaded.probes.evidence,
                    notes: loaded.probes.notes
                )
                Console.write(json + "\n")
                return
            }
            let style = Console.style
            let attempt =
                view.history.attemptCount > 1
                ? ", attempt \(view.history.attempt) of \(view.history.attemptCount)" : ""
            Console.write(
                style("run \(loaded.run.id) \(TerminalText.escaped(loaded.run.name, width: 60))\(attempt)", .bold)
                    + "\n"
            )
            Console.write(RunOverview(style: style, width: Console.width).render(view.history, facts: view.facts))
            let lines = [ProbeLine.text(loaded.probes.evidence)].compactMap { $0 } + loaded.probes.notes
            if !lines.isEmpty { Console.write("\n" + lines.joined(separator: "\n") + "\n") }
        }
    }
}
