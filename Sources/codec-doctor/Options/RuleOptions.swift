import ArgumentParser
import HealthRules

/// Which rules run and when they make the program fail.
struct RuleOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Run only this rule or group; repeatable.", valueName: "rule"))
    var only: [String] = []

    @Option(help: ArgumentHelp("Leave this rule or group out; repeatable.", valueName: "rule"))
    var ignore: [String] = []

    @Option(
        help: ArgumentHelp(
            "Compare with a profile of expectations: a shipped one or a YAML file.",
            valueName: "profile"
        )
    )
    var profile: String?

    @Option(
        help: ArgumentHelp(
            "Exit with status 1 from this severity on: info, warning, error or never.",
            valueName: "level"
        )
    )
    var failOn: FailureLevel = .error
}

/// From which severity on a check fails.
enum FailureLevel: String, CaseIterable, ExpressibleByArgument {
    case info, warning, error, never

    /// Whether a finding of that severity makes the check fail.
    func fails(at severity: Severity) -> Bool {
        guard let threshold = Severity(rawValue: rawValue) else { return false }
        return severity >= threshold
    }
}
