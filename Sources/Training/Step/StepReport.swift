/// What one optimisation step measured. NaN and infinities are values; what was not computed in the step is absent.
///
/// ```swift
/// let report = try trainer.step(batch)
/// print(report["adv/disc_loss"] ?? .nan, report[MeasurementNames.melLoss] ?? .nan)
/// ```
public struct StepReport: Sendable, Equatable {
    /// A named number.
    public struct Entry: Sendable, Equatable {
        /// Its name, one of ``MeasurementNames``.
        public let name: String
        /// The number.
        public let value: Double

        /// A named number.
        public init(name: String, value: Double) {
            self.name = name
            self.value = value
        }
    }

    /// Steps done, this one included.
    public var step: Int
    /// The numbers in order, each name once.
    public var entries: [Entry]
    /// Networks whose optimiser was not stepped because their gradient was NaN or infinite
    /// (``TrainingConfiguration/stopsOnNonFinite``).
    public var withheld: [Network]

    /// A report.
    public init(step: Int, entries: [Entry] = [], withheld: [Network] = []) {
        self.step = step
        self.entries = entries
        self.withheld = withheld
    }

    /// The number of that name, `nil` when it was not measured.
    public subscript(name: String) -> Double? { entries.first { $0.name == name }?.value }

    /// Names of the numbers that are NaN or infinite, in order.
    public var nonFiniteNames: [String] { entries.filter { !$0.value.isFinite }.map(\.name) }

    mutating func note(_ name: String, _ value: Double) { entries.append(Entry(name: name, value: value)) }
    mutating func note(_ name: String, _ value: Float) { note(name, Double(value)) }
}
