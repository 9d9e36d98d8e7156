import HealthRules
import TrainingMetrics

enum Placeholder { static let x: RuleID = "A" }
