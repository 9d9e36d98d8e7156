/// Time that training and judging may take.
struct LearningBudget {
    private let start = ContinuousClock.now
    private let end: ContinuousClock.Instant?

    /// So many seconds from now; infinity for no limit.
    init(seconds: Double) {
        end = seconds.isFinite ? start.advanced(by: .seconds(max(0, seconds))) : nil
    }

    /// The first of `pieces` equal parts of the time until `end`; nil for no limit.
    init(until end: ContinuousClock.Instant?, pieces: Int) {
        let start = start
        self.end = end.map { start.advanced(by: start.duration(to: $0) / pieces) }
    }

    /// The share of the time that is spent, 0 to 1.
    var share: Double {
        guard let end else { return 0 }
        return min(1, max(0, (ContinuousClock.now - start) / (end - start)))
    }

    /// Whether fewer seconds are left.
    func isSpent(keeping seconds: Double) -> Bool {
        guard let end else { return false }
        return (end - ContinuousClock.now) / .seconds(1) < seconds
    }

    /// When the piece `index` of `count` equal pieces of the remaining time ends; nil for no limit.
    func end(ofPiece index: Int, of count: Int) -> ContinuousClock.Instant? {
        guard let end else { return nil }
        let now = ContinuousClock.now
        return now.advanced(by: (end - now) / (count - index))
    }
}
