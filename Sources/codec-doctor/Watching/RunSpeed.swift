import TrainingMetrics

/// How fast positions of a run advance, by what was seen in the last half minute.
struct RunSpeed {
    private static let memory = 30.0
    private var seen: [(time: Double, position: Int64)] = []

    /// Notes how far a run is at a time in seconds.
    mutating func note(_ history: RunHistory, now: Double) {
        guard let position = history.lastPosition else { return }
        // A restart begins a new count.
        if let last = seen.last, position < last.position { seen = [] }
        seen.append((now, position))
        seen.removeAll { now - $0.time > Self.memory && now != $0.time }
    }

    /// Positions per second, `nil` while nothing can be said.
    var perSecond: Double? {
        guard let first = seen.first, let last = seen.last, last.time - first.time >= 1, last.position > first.position
        else { return nil }
        return Double(last.position - first.position) / (last.time - first.time)
    }
}
