/// What the integer position of a sample counts.
public enum StepAxis: String, Hashable, Sendable, Codable, CaseIterable {
    /// Optimiser steps (iterations).
    case step
    /// Epochs: the log gave no step for this metric.
    case epoch
    /// Records: the log gave neither; the n-th record of the metric has position n, starting at 1.
    case record
}
