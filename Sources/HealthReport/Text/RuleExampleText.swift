import HealthRules
import TrainingMetrics

/// A rule's example in words.
enum RuleExampleText {
    /// What the rule makes of it: `fires (warning)`.
    static func outcome(_ example: RuleExample) -> String {
        switch example.expectation {
        case .fires(let severity): "fires" + (severity.map { " (\($0.rawValue))" } ?? "")
        case .passes: "passes"
        case .unmeasured: "cannot be measured"
        case .tooShort: "is too short to judge"
        }
    }

    /// Title, outcome and series in a line.
    static func line(_ example: RuleExample) -> String {
        let series = example.series.map { "\($0.0.rawValue): \($0.1)" }.joined(separator: "; ")
        return "\(example.title): \(outcome(example)). \(series)"
    }
}
