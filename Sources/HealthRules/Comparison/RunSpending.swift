import TrainingMetrics

/// How far a run had come when so much time or money was spent.
struct RunSpending: Sendable {
    /// Hours in all.
    let hours: Double
    /// Price of an hour, `nil` when unknown.
    let price: Double?
    /// Currency of the price, empty when unknown.
    let currency: String
    /// Positions with the hours spent when they were reached, ascending in both.
    private let points: [(position: Double, hours: Double)]

    /// The spending of a run; `nil` when its log has no clock and the length of an epoch is unknown.
    init?(_ run: RunView) {
        let history = run.history
        price = run.facts.number(.pricePerHour)
        currency = run.facts[.currency]?.value ?? ""
        if run.facts[.epochSeconds]?.origin != .given, let clock = RunCost.clock(of: history) {
            var latest = 0.0
            points = Self.ends(
                clock.points.map { point in
                    latest = max(latest, (point.time - clock.first.time) / 3600)
                    return (Double(point.position), latest)
                }
            )
        } else if let seconds = run.facts.number(.epochSeconds), let epochs = history.lastEpoch, seconds > 0 {
            // Positions of ends of epochs: by the axis itself, else by the series that knows both.
            let witness = history.series.max { $0.epochs.count < $1.epochs.count }
            let places: [(Double, Double)] =
                history.axis == .epoch
                ? [(0, 0), (epochs, epochs)]
                : zip(witness?.positions ?? [], witness?.epochs ?? []).filter { !$1.isNaN }.map { (Double($0), $1) }
            guard !places.isEmpty else { return nil }
            points = Self.ends(places.map { (position: $0.0, hours: $0.1 * seconds / 3600) })
        } else {
            return nil
        }
        hours = points.last?.hours ?? 0
    }

    /// Of positions with equal hours the last.
    private static func ends(_ points: [(position: Double, hours: Double)]) -> [(position: Double, hours: Double)] {
        var ends: [(position: Double, hours: Double)] = []
        for point in points {
            if ends.last?.hours == point.hours { ends.removeLast() }
            ends.append(point)
        }
        return ends
    }

    private init(_ spending: RunSpending) {
        hours = spending.hours
        price = nil
        currency = ""
        points = spending.points
    }

    /// The same counted in hours.
    var unpriced: RunSpending { RunSpending(self) }

    /// The position reached when that much was spent (money with a price, else hours), linear between known points;
    /// `nil` before the first one.
    func position(at amount: Double) -> Double? {
        let hours = amount / (price ?? 1)
        // The end of a run is reached exactly, whatever division and multiplication lost.
        let slack = 1e-9 * max(1, abs(hours))
        guard let next = points.firstIndex(where: { $0.hours >= hours - slack }) else { return points.last?.position }
        let upper = points[next]
        guard next > 0 else { return upper.hours <= hours + slack ? upper.position : nil }
        let lower = points[next - 1]
        guard upper.hours > lower.hours else { return upper.position }
        let share = min(1, (hours - lower.hours) / (upper.hours - lower.hours))
        return share > 1 - 1e-9 ? upper.position : lower.position + share * (upper.position - lower.position)
    }
}
