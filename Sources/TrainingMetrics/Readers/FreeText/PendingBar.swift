/// The last state of a progress bar, held back until the bar moves on: a state that is drawn again is one state.
struct PendingBar: Codable, Sendable {
    /// A number of the state. Bits, because JSON has no NaN.
    struct Reading: Codable, Sendable, Equatable {
        /// The metric.
        var key: MetricKey
        /// `Double.bitPattern` of the value.
        var bits: UInt64
    }

    /// Where a bar is.
    struct Place: Codable, Sendable, Equatable {
        /// Which bar: what is written in front of it, without its numbers.
        var name: String
        /// Position on the axis of its metrics.
        var step: Int64
        /// Its epoch.
        var epoch: Double?
    }

    /// Where the bar is.
    var place: Place
    /// The numbers it shows.
    var readings: [Reading]
    /// Line it stands on.
    var line: Int
    /// Seconds since 1970 UTC.
    var seconds: Double?
    /// Whether it was handed on because something else was logged in between.
    var isGiven = false
}
