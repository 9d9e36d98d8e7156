import ArgumentParser
import Foundation
import HealthReport
import HealthRules
import RunStore
import TrainingMetrics

/// `check`: what is wrong with a run.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say what is wrong with a run: since when, why, how sure, what to do.",
        discussion: "Exit status: 0 healthy or unsettled, 1 findings at or above --fail-on, 2 could not run."
    )

    @OptionGroup var chosen: RunOption
    @OptionGroup var store: StoreOptions
    @OptionGroup var rules: RuleOptions
    @OptionGroup var acceptance: AcceptanceOptions
    @OptionGroup var facts: FactOptions
    @OptionGroup var mapping: MappingOptions
    @OptionGroup var output: CheckOutputOptions

    @Option(
        help: ArgumentHelp("Judge the run as it was at this epoch or step of its own axis.", valueName: "position")
    )
    var until: Int64?

    @Flag(help: "The run is still being trained: judge how long its log has been silent, too.")
    var live = false

    @Flag(name: .shortAndLong, help: "Write out infos, facts and everything that was not judged.")
    var verbose = false

    func run() throws {
        try ExitStatus.reporting {
            let configuration = try mapping.load()
            let store = try store.open()
            let loaded = try RunLoader(store: store, overrides: configuration.overrides)
                .load(chosen.reference, facts: configuration.facts + facts.parsed())
            var history = loaded.history
            if let until { history = history.prefix(through: until) }
            let checkup = try Checkup(
                history: history,
                facts: loaded.facts,
                selection: configuration.selection(only: rules.only, ignore: rules.ignore),
                profile: try (rules.profile ?? configuration.profile).map { try ProfileCatalogue.profile(named: $0) },
                silentSeconds: live ? loaded.silentSeconds() : nil,
                probes: loaded.probes.evidence,
                acceptance: try acceptance.acceptance(configuration, run: loaded.run.name)
            )
            try acceptance.save(checkup)
            if until == nil {
                try store.saveFindings(
                    try (checkup.results.findings + checkup.accepted.accepted).map { try FindingRecord($0) },
                    of: loaded.run,
                    version: CodecDoctor.version
                )
            }
            let logs = LogPlaces(loaded)
            let report = CheckReport(
                runID: loaded.run.id,
                runName: loaded.run.name,
                checkup: checkup,
                notes: loaded.probes.notes + checkup.accepted.notes,
                sources: logs.paths,
                places: output.resolved.showsLines ? logs.places(of: checkup.results.findings) : [],
                version: CodecDoctor.version
            )
            try output.write(report, isVerbose: verbose, failOn: rules.failOn)
            let preview = Set(RuleRegistry.all.map(\.description).filter(\.isPreview).map(\.id))
            let gating = checkup.results.findings.filter { !preview.contains($0.rule) }
            if gating.contains(where: { rules.failOn.fails(at: $0.severity) }) { throw ExitStatus.findings }
        }
    }
}

extension FindingRecord {
    /// The row that keeps a finding for people who open the store.
    init(_ finding: Finding) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity",
            negativeInfinity: "-Infinity",
            nan: "NaN"
        )
        self.init(
            rule: finding.rule.rawValue,
            firstStep: finding.episode.firstPosition,
            lastStep: finding.episode.lastPosition,
            severity: finding.severity.rawValue,
            message: finding.message,
            evidence: String(decoding: try encoder.encode(finding.evidence), as: UTF8.self)
        )
    }
}
