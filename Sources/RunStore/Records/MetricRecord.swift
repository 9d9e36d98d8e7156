public import TrainingMetrics

/// A metric of a run as the store holds it.
public struct MetricRecord: Hashable, Sendable, Identifiable {
    /// Number of the metric in this store.
    public let id: Int64
    /// What the log said; the run label is empty.
    public let key: MetricKey
    /// How it is read.
    public let interpretation: MetricInterpretation
    /// Whether the interpretation was set by the user; such ones are kept when the log grows.
    public let isMapped: Bool
    /// Number of samples.
    public let sampleCount: Int
}
