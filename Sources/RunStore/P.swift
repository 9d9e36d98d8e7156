import TrainingMetrics

enum Placeholder { static let x: MetricRole = .snr }
