import HealthRules
import TrainingMetrics

extension RuleOutcome.Need {
    /// Whether a fact is missing, not a metric.
    var isFact: Bool { FactKey(rawValue: name) != nil }
}
