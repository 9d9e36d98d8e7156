public import TrainingMetrics

/// Somebody's expectations of a kind of run, as data: ranges by metric and epoch, each row with its source.
public struct ExpectationProfile: Sendable, Equatable, Codable {
    /// Short name (`telugu-dac`).
    public var name: String
    /// What it is for.
    public var summary: String
    /// Whose claims these are and where they come from.
    public var source: String
    /// The rows.
    public var rows: [Row]

    /// A place in a run.
    public enum Place: Hashable, Sendable, Codable {
        /// An epoch.
        case epoch(Double)
        /// An optimiser step.
        case step(Double)

        /// What it counts.
        public var axis: StepAxis {
            switch self {
            case .epoch: .epoch
            case .step: .step
            }
        }

        /// The number.
        public var number: Double {
            switch self {
            case .epoch(let number), .step(let number): number
            }
        }
    }

    /// One expected range.
    public struct Row: Sendable, Equatable, Codable {
        /// Role of the metric (`snr`).
        public var role: String
        /// Where in a run the range is stated for.
        public var place: Place
        /// Lower edge in canonical units, `nil` for none.
        public var lower: Double?
        /// Upper edge, `nil` for none.
        public var upper: Double?
        /// `claim` (somebody's expectation) or `measured`.
        public var status: String
        /// Where the row comes from; empty for the profile's source.
        public var source: String
        /// What is known against or for the row; empty for nothing.
        public var note: String
    }

    /// The roles it expects something of, in the order of its rows.
    public var roles: [String] {
        var roles: [String] = []
        for row in rows where !roles.contains(row.role) { roles.append(row.role) }
        return roles
    }

    /// Creates a profile.
    public init(name: String, summary: String, source: String, rows: [Row]) {
        self.name = name
        self.summary = summary
        self.source = source
        self.rows = rows
    }
}
