import ArgumentParser
import HealthRules

/// Which rules run and what they compare with.
struct RuleChoiceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Run only this rule or group; several with commas, repeatable.", valueName: "rule"),
        completion: Completions.rulesAndGroups
    )
    var only: [String] = []

    @Option(
        help: ArgumentHelp("Leave this rule or group out; several with commas, repeatable.", valueName: "rule"),
        completion: Completions.rulesAndGroups
    )
    var ignore: [String] = []

    @Option(
        help: ArgumentHelp(
            "Compare with a profile of expectations: one of 'rules --profiles', or a YAML file.",
            valueName: "profile"
        ),
        completion: Completions.profiles
    )
    var profile: String?
}

/// Which rules run and when they make the program fail.
struct RuleOptions: ParsableArguments {
    @OptionGroup var choice: RuleChoiceOptions

    @Option(
        help: ArgumentHelp(
            "Exit with status 1 from this severity on: info, warning, error or never.",
            valueName: "level"
        )
    )
    var failOn: FailureLevel = .error

    /// Rules and groups to run, all when empty.
    var only: [String] { choice.only }
    /// Rules and groups to leave out.
    var ignore: [String] { choice.ignore }
    /// Profile of expectations.
    var profile: String? { choice.profile }
}

/// From which severity on a check fails.
enum FailureLevel: String, CaseIterable, ExpressibleByArgument {
    case info, warning, error, never

    /// The mildest severity that makes a check fail, `nil` when none does.
    var severity: Severity? { Severity(rawValue: rawValue) }

    /// Whether a finding of that severity makes the check fail.
    func fails(at found: Severity) -> Bool { severity.map { found >= $0 } ?? false }
}
