import TrainingMetrics

/// Whether, and since when, the discriminator is being trained.
///
/// A trainer that has not switched its discriminator on prints a loss of exactly 0. A relativistic hinge loss may be
/// exactly 0 for most of a healthy run. Neither is a fault, so zeros alone never count as training.
enum DiscriminatorStart: Equatable {
    /// Not switched on: its losses and the adversarial term have been exactly 0 from the beginning.
    case notStarted
    /// Training since that position.
    case since(Int64)

    /// Reads it off the log (`DiscriminatorActivity`), and the fact, which wins where it is later.
    init(_ discriminator: MetricSeries, in run: RunView) {
        let given = run.facts.number(.discriminatorStart).map { Int64($0) }
        if let given, let last = discriminator.positions.last, run.history.axis == .step, last < given {
            self = .notStarted
            return
        }
        switch DiscriminatorActivity.start(in: run.history) {
        case .notStarted: self = .notStarted
        // A log that opens with a discriminator at work says nothing about when it started: before the log.
        case .started(let position) where position > run.history.firstPosition ?? position:
            self = .since(max(given ?? 0, position))
        case .started, .unknown: self = .since(given ?? 0)
        }
    }

    /// What a rule answers about a discriminator that has not started.
    static let need = RuleOutcome.unmeasured(needs: [
        .fact(
            .discriminatorStart,
            "a discriminator that has started: so far its losses are exactly 0"
        )
    ])
}

extension MetricSeries {
    /// Position at which a term that is exactly 0 before it is switched on came alive: 0 where the log opens with it
    /// alive, however late that is; `nil` where it never was anything but 0.
    var start: Int64? {
        firstOffset { $0 != 0 }.map { $0 == 0 ? 0 : self[$0].position }
    }

    /// The first offset whose value meets a condition.
    func firstOffset(where condition: (Double) -> Bool) -> Int? {
        values.firstIndex(where: condition).map { $0 - values.startIndex }
    }
}
