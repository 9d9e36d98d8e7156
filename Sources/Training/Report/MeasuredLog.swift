public import TrainingMetrics

/// What a run measured and what was known of it, as JSON Lines: a line of facts, then one of each measurement. `codec-doctor ingest` reads
/// the same text.
public struct MeasuredLog: Sendable {
    /// What was known of the run before its first measurement.
    public var facts: [Fact]
    /// Measurements in the order they were made.
    public var measured: [MeasuredStep]

    /// A log.
    public init(facts: [Fact] = [], measured: [MeasuredStep] = []) {
        self.facts = facts
        self.measured = measured
    }

    /// Reads the text of a log; NaN and infinities survive. `nil` when a line is neither facts in front nor a measurement.
    public init?(jsonLines: String) {
        self.init()
        for (index, line) in jsonLines.split(separator: "\n").enumerated() {
            if index == 0, let facts = MeasuredLine.facts(line) {
                self.facts = facts
            } else if let record = MeasuredLine.measured(line) {
                measured.append(record)
            } else {
                return nil
            }
        }
    }

    /// The text.
    public var jsonLines: String {
        MeasuredLine.text(of: facts) + measured.map { MeasuredLine.text(of: $0) }.joined()
    }
}
