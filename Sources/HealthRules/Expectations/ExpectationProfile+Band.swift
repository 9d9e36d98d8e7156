public import TrainingMetrics

extension ExpectationProfile {
    /// The range the profile states for a role at a point of a run, `nil` when it states none.
    /// - Parameters:
    ///   - role: the metric's role.
    ///   - epoch: the epoch, for rows stated by epoch; `nil` (unknown) counts as the first.
    ///   - step: the step, for rows stated by step; without one these do not count.
    /// - Returns: the edges, each `nil` for none.
    public func band(of role: MetricRole, epoch: Double?, step: Double? = nil) -> (lower: Double?, upper: Double?)? {
        let ranges = ExpectedRange.all(of: self).filter { $0.role == role }
        let range =
            ranges.first { $0.axis == .epoch }?.range(at: epoch ?? 0)
            ?? step.flatMap { step in ranges.first { $0.axis == .step }?.range(at: step) }
        return range.map { ($0.lower, $0.upper) }
    }
}
