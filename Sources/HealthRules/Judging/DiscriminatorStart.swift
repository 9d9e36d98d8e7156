import TrainingMetrics

/// Whether, and since when, the discriminator is being trained.
///
/// A trainer that has not switched its discriminator on prints a loss of exactly 0. A relativistic hinge loss may be
/// exactly 0 for most of a healthy run. Neither is a fault, so zeros alone never count as training.
enum DiscriminatorStart: Equatable {
    /// Not switched on: exactly 0 from the beginning, and no adversarial or feature term is anything else either.
    case notStarted
    /// Training since that position.
    case since(Int64)

    /// Reads it off the discriminator's loss, the generator's terms, and the fact, which wins where it is later.
    init(_ discriminator: MetricSeries, in run: RunView) {
        let given = run.facts.number(.discriminatorStart).map { Int64($0) }
        if let given, let last = discriminator.positions.last, run.history.axis == .step, last < given {
            self = .notStarted
            return
        }
        // A log that opens with a discriminator at work says nothing about when it started: before the log.
        if let start = discriminator.start {
            self = .since(max(given ?? 0, start))
        } else {
            let active = [MetricRole.adversarialLoss, .featureMatchingLoss].flatMap(run.history.all)
                .compactMap { series in series.firstOffset { $0 != 0 }.map { series[$0].position } }.min()
            self = active.map { .since(max(given ?? 0, $0)) } ?? .notStarted
        }
    }

    /// What a rule answers about a discriminator that has not started.
    static let need = RuleOutcome.unmeasured(needs: [
        .fact(
            .discriminatorStart,
            "a discriminator that has started: so far its loss is exactly 0 and no adversarial or feature term is "
                + "anything else"
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
