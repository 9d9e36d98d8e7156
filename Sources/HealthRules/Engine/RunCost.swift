import Foundation
public import TrainingMetrics

/// What a run has cost, and how much of that was spent after its first error could be seen.
public struct RunCost: Sendable, Hashable, Codable {
    /// Money spent in all.
    public var total: Double
    /// Money spent after the first error was visible, `nil` when there is no error.
    public var afterFirstError: Double?
    /// Currency sign or code, as given.
    public var currency: String
    /// Price of an hour, as given.
    public var pricePerHour: Double
    /// Hours in all.
    public var hours: Double
    /// What the hours rest on, as a sentence.
    public var basis: String

    /// The cost, `nil` without a price or without a way to know the time.
    ///
    /// Time comes from the log's own clock where it has one, else from the epoch time (given, logged or inferred) times
    /// the number of epochs.
    public init?(history: RunHistory, facts: RunFacts, firstError: Timeline.Entry?) {
        guard let price = facts.number(.pricePerHour) else { return nil }
        pricePerHour = price
        currency = facts[.currency]?.value ?? ""
        if facts[.epochSeconds]?.origin != .given, let clock = Self.clock(of: history) {
            let end = clock.last
            hours = (end.time - clock.first.time) / 3600
            basis = "the log's own clock, first to last line"
            if let firstError {
                let seen = clock.points.first { $0.position >= firstError.position } ?? end
                afterFirstError = max(0, end.time - seen.time) / 3600 * price
            }
        } else if let seconds = facts.number(.epochSeconds), let epochs = history.lastEpoch {
            hours = seconds * epochs / 3600
            basis = "\(Int(epochs)) epochs of \(Int(seconds.rounded())) s (\(facts[.epochSeconds]?.evidence ?? ""))"
            if let seen = firstError?.epoch { afterFirstError = max(0, epochs - seen) * seconds / 3600 * price }
        } else {
            return nil
        }
        total = hours * price
    }

    typealias Instant = (position: Int64, time: Double)

    /// The clock of the series with the longest span of wall times.
    static func clock(of history: RunHistory) -> (first: Instant, last: Instant, points: [Instant])? {
        var best: [Instant] = []
        for series in history.series where !series.times.isEmpty {
            let points = zip(series.positions, series.times).filter { !$0.1.isNaN }.map { ($0.0, $0.1) }
            let span = (points.last?.1 ?? 0) - (points.first?.1 ?? 0)
            let known = (best.last?.time ?? 0) - (best.first?.time ?? 0)
            if span > known { best = points }
        }
        guard let first = best.first, let last = best.last, last.time > first.time else { return nil }
        return (first, last, best)
    }
}
