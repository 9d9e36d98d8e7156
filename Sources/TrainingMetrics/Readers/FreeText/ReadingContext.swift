/// What the lines read so far say about the next one.
struct ReadingContext: Codable, Sendable {
    /// A line whose metric heads the indented lines below it.
    struct Parent: Codable, Sendable, Equatable {
        /// Its name.
        var name: String
        /// Blanks in front of it.
        var indent: Int
        /// Whether it is itself a list item.
        var isBulleted: Bool
    }

    /// A record that named its own step: an indented line below it belongs to the same step.
    struct Anchor: Codable, Sendable {
        /// The step, counted over all epochs.
        var step: Int64
        /// Blanks in front of the record.
        var indent: Int
    }

    /// Epoch of the last heading or record that named one.
    var epoch: Double?
    /// Whether an epoch with a fraction was named: epochs then say how far the run is, and do not number its records.
    var hasFractionalEpochs = false
    /// Step of the last heading that was nothing but a position.
    var step: Int64?
    /// Whether that step survives the next epoch heading.
    var isStepGlobal = false
    /// Step a line named last, as logged.
    var lastStep: Int64?
    /// The same, counted over all epochs.
    var lastRecordStep: Int64?
    /// Split of the last heading.
    var split = Split.train
    /// Label of the run, from `Epoch 0 (NEW)`.
    var run = ""
    /// Whether any line named an epoch or a step: numbers before that are configuration unless they are losses.
    var hasPosition = false
    /// Whether an unlabelled list of losses may follow.
    var expectsList = false
    /// Metric that heads indented lines.
    var parent: Parent?
    /// Record an indented line continues.
    var anchor: Anchor?
    /// Unit a metric had first: a number that is not finite is often printed without it.
    var units: [String: String] = [:]
    /// Totals already handed on as facts.
    var statedTotals: [String: Double] = [:]

    /// Takes note of the epoch: another one ends what belonged to the last.
    mutating func enter(epoch next: Double) {
        hasPosition = true
        guard epoch != next else { return }
        epoch = next
        if !isStepGlobal { step = nil }
        split = .train
        parent = nil
        anchor = nil
    }

    /// What a heading ends.
    mutating func endBlock() {
        parent = nil
        anchor = nil
    }
}
