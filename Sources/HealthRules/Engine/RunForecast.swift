public import TrainingMetrics

/// What a run has cost so far and what it will still cost when it goes on as planned.
public struct RunForecast: Sendable, Equatable {
    /// Money spent, and spent since the first error could be seen.
    public let cost: RunCost
    /// Money still to be spent until the planned end, `nil` when no end is planned or it is reached.
    public let remaining: Double?

    /// The forecast, `nil` without a price or a clock; `firstError` is the position at which the first error could be seen.
    public init?(history: RunHistory, facts: RunFacts, firstError: Int64?) {
        let seen = firstError.map { position in
            Timeline.Entry(
                position: position,
                epoch: history.prefix(through: position).lastEpoch,
                appeared: []
            )
        }
        guard let cost = RunCost(history: history, facts: facts, firstError: seen) else { return nil }
        self.cost = cost
        remaining = Self.shareDone(history, facts).map { cost.total * (1 / $0 - 1) }
    }

    /// How much of the plan is done, above 0 and below 1.
    private static func shareDone(_ history: RunHistory, _ facts: RunFacts) -> Double? {
        let shares = [
            (facts.number(.plannedSteps), history.axis == .step ? history.lastPosition.map(Double.init) : nil),
            (facts.number(.plannedEpochs), history.lastEpoch),
        ].compactMap { planned, done in planned.flatMap { planned in done.map { $0 / planned } } }
        return shares.first { $0 > 0 && $0 < 1 }
    }
}
