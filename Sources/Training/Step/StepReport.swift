/// What one optimisation step measured. NaN and infinities are values.
public struct StepReport: Sendable, Equatable {
    /// A named number.
    public struct Entry: Sendable, Equatable {
        /// DAC's name of it (`adv/disc_loss`).
        public let name: String
        /// The number.
        public let value: Double
    }

    /// Steps done, this one included.
    public var step: Int
    /// The numbers in order: losses, parts, norms, rates.
    public var entries: [Entry]

    /// The number of that name, `nil` when it was not measured.
    public subscript(name: String) -> Double? { entries.first { $0.name == name }?.value }
}
