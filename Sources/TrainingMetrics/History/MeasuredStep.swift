/// One number a trainer measured.
public struct Measurement: Hashable, Sendable, Codable {
    /// Name as it is logged (`adv/disc_loss`), without the split.
    public var name: String
    /// Unit (`dB`), empty for none.
    public var unit: String
    /// The number; NaN and infinities are values.
    public var value: Double

    /// Creates a measurement.
    public init(_ name: String, _ value: Double, unit: String = "") {
        self.name = name
        self.unit = unit
        self.value = value
    }
}

/// Everything a trainer measured at one step on one part of the data: one record of its log.
public struct MeasuredStep: Hashable, Sendable, Codable {
    /// Number of optimisation steps done when it was measured, 1 after the first.
    public var step: Int64
    /// Epoch it belongs to, 1 for the first; a fraction where a trainer counts that way.
    public var epoch: Double
    /// Wall time in seconds since 1970.
    public var time: Double
    /// The data it was measured on.
    public var split: Split
    /// The numbers, in the order they are to be shown; names are unique.
    public var values: [Measurement]

    /// Creates a record.
    public init(step: Int64, epoch: Double, time: Double, split: Split, values: [Measurement]) {
        self.step = step
        self.epoch = epoch
        self.time = time
        self.split = split
        self.values = values
    }

    /// The number of that name, `nil` when it was not measured.
    public subscript(name: String) -> Double? { values.first { $0.name == name }?.value }
}
