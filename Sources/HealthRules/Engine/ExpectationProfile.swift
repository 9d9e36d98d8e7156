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

    /// One expected range.
    public struct Row: Sendable, Equatable, Codable {
        /// Role of the metric (`snr`).
        public var role: String
        /// Epoch the range is stated for.
        public var epoch: Double
        /// Lower edge in canonical units, `nil` for none.
        public var lower: Double?
        /// Upper edge, `nil` for none.
        public var upper: Double?
        /// `claim` (somebody's expectation) or `measured`.
        public var status: String
        /// What is known against or for the row; empty for nothing.
        public var note: String
    }

    /// Creates a profile.
    public init(name: String, summary: String, source: String, rows: [Row]) {
        self.name = name
        self.summary = summary
        self.source = source
        self.rows = rows
    }
}
