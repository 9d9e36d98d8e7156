import ArgumentParser
import Foundation
import HealthRules

/// Which findings are known and need not be reported again.
struct AcceptanceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Report only what is new or worse than in this earlier report (check --format json) or baseline.",
            valueName: "file"
        )
    )
    var baseline: String?

    @Option(help: ArgumentHelp("Write all present findings to a baseline.", valueName: "file"))
    var writeBaseline: String?

    /// What is accepted of a run's findings: the configuration's suppressions and the baseline.
    func acceptance(_ configuration: DoctorConfiguration, run name: String) throws -> Acceptance {
        Acceptance(
            suppressions: configuration.suppressions,
            baseline: try (baseline ?? configuration.baseline).map(Self.read),
            runName: name,
            today: Self.today()
        )
    }

    /// Writes the new baseline where one is asked for: everything but what is suppressed.
    func save(_ checkup: Checkup) throws {
        guard let writeBaseline else { return }
        let text = try BaselineFile.write(Baseline(checkup.results.findings + checkup.accepted.known))
        do {
            try OutputFile.write(text, to: writeBaseline)
        } catch {
            throw BaselineError.unwritable(path: writeBaseline)
        }
    }

    private static func read(_ path: String) throws -> Baseline {
        guard let data = FileContents.read(path) else { throw BaselineError.unreadable(path: path) }
        return try BaselineFile.read(data, path: path)
    }

    /// The day it is here.
    private static func today() -> CalendarDay? {
        let parts = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: Date())
        guard let year = parts.year, let month = parts.month, let day = parts.day else { return nil }
        return CalendarDay(year: year, month: month, day: day)
    }
}
