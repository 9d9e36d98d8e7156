import Foundation

/// When a run that grows is checked again: soon, but never for more than a share of the time.
struct CheckPace: Equatable {
    /// Share of one core that checks may take.
    static let share = 0.1
    /// Seconds between two checks at least.
    static let shortest = 0.5

    private var lastEnd = -Double.infinity
    private var pause = 0.0

    /// Notes a check that ended at `now` (seconds) and took `seconds` of processor time.
    mutating func note(end now: Double, seconds: Double) {
        lastEnd = now
        pause = max(Self.shortest, seconds * (1 - Self.share) / Self.share)
    }

    /// Whether it is time.
    func isDue(at now: Double) -> Bool { now - lastEnd >= pause }

    /// Seconds since the last check.
    func age(at now: Double) -> Double { now - lastEnd }
}

extension CheckPace {
    /// Processor time of this thread in seconds.
    static var threadSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
