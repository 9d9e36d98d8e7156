import ArgumentParser
import Foundation
import Probe
import RunStore
import TrainingMetrics

/// Whether a probe's report is kept, and for which run.
struct SavingOptions: ParsableArguments {
    @Flag(help: "Keep the report in the run store.")
    var save = false

    @Option(
        name: .customLong("run"),
        defaultAsFlag: "@-1",
        help: ArgumentHelp(
            "Keep the report as evidence for this run, which 'check' then uses: its number, name or beginning, @-1 the newest.",
            discussion: "Alone: the newest run.",
            valueName: "run"
        )
    )
    var run: String?

    @OptionGroup var store: StoreOptions

    /// A store and the run to save for.
    struct Target {
        let store: RunStore
        let run: RunRecord?

        /// Saves a report and says so on standard error.
        func save(_ report: ProbeReport) throws {
            let number = try store.saveProbe(
                report: try report.json(),
                subject: report.subject,
                runID: run?.id,
                version: CodecDoctor.version
            )
            guard let run else {
                Console.error(
                    "codec-doctor: saved as probe \(number) for no run, so no check reads it; --run RUN names one"
                )
                return
            }
            Console.error(
                "codec-doctor: saved as probe \(number) for run \(run.id) \(run.name); 'codec-doctor check --run \(run.id)' uses it"
            )
        }
    }

    /// Where to save, found before anything is measured; nil when nothing is to be kept.
    func target() throws -> Target? {
        guard save || run != nil else { return nil }
        let store = try store.open()
        return Target(store: store, run: try run.map { try store.run(matching: $0) })
    }
}

extension ProbeReport {
    /// What was probed, as the store lists it.
    var subject: String { networks.first?.name ?? codec?.name ?? capacities.first?.layer ?? kind.rawValue }
}
