import ArgumentParser
import Foundation
import HealthReport
import HealthRules
import RunStore
import TrainingMetrics

/// `watch`: follow a log while the run is still burning money.
struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Follow a log, a folder, a run or standard input, and say what is wrong as soon as it shows.",
        discussion: """
            Reads what is new into the store, checks again, and shows one live screen, or lines where there is no terminal. \
            'trainer 2>&1 | codec-doctor watch - --tee' passes the text on unchanged. Ctrl-C ends with a summary.
            Exit status: as of 'check'.
            """
    )

    @Argument(
        help: ArgumentHelp(
            "A log or folder, which need not exist yet; a run of the store; or - for standard input. Default: the newest run.",
            valueName: "path|run|-"
        ),
        completion: .file()
    )
    var target: String?

    @OptionGroup var store: StoreOptions
    @OptionGroup var rules: RuleOptions
    @OptionGroup var facts: FactOptions
    @OptionGroup var mapping: MappingOptions
    @OptionGroup var reading: WatchReadingOptions
    @OptionGroup var ends: WatchEndOptions
    @OptionGroup var actions: WatchActionOptions

    @Flag(help: "One JSON object a line for every event, see docs/watch.md.")
    var json = false

    @Flag(help: "Lines instead of the live screen.")
    var plain = false

    @Option(help: ArgumentHelp("Seconds between lines that say how the run stands; 0 for none.", valueName: "seconds"))
    var heartbeat = 60.0

    func validate() throws {
        guard heartbeat >= 0, heartbeat.isFinite else { throw ValidationError("--heartbeat: 0 or more seconds") }
        if reading.tee, target != "-" { throw ValidationError("--tee goes with standard input: watch - --tee") }
    }

    func run() throws {
        try ExitStatus.reporting {
            Interruption.listen()
            let configuration = try mapping.load()
            let given = try configuration.facts + facts.parsed()
            let store = try store.open()
            let target = try WatchTarget.resolve(target, in: store)
            let selection = RuleSelection(
                only: rules.only,
                ignore: rules.ignore + configuration.ignore,
                severities: configuration.severities,
                parameters: configuration.parameters
            )
            let judge = FollowedRun.Judge(
                store: store,
                engine: try RuleEngine(selection),
                selection: selection,
                profile: try (rules.profile ?? configuration.profile).map { try ProfileCatalogue.profile(named: $0) },
                overrides: configuration.overrides,
                facts: given
            )
            let stop = try actions.trainingStop()
            let intake = LogIntake(
                // A connection of its own: readers of the store never wait for the writer.
                store: try self.store.open(),
                format: reading.inputFormat,
                name: reading.name,
                overrides: configuration.overrides,
                facts: given
            )
            let output = WatchOutput(
                manner: WatchOutput.manner(isJSON: json, isPlain: plain, isTee: reading.tee),
                onError: reading.tee,
                target: target.label
            )
            output.tell(.started(target: target.label, store: store.path))
            try WatchSession(
                ends.settings(heartbeat: heartbeat, failOn: rules.failOn, keptSamples: reading.keep),
                judge: judge,
                feed: try LogFeed(target, intake: intake, isTee: reading.tee),
                output: output,
                alarm: try actions.alarm(),
                stop: stop
            ).run()
        }
    }
}
