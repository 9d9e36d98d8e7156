/// What one evaluation on held-out audio measured.
public struct ValidationReport: Sendable, Equatable {
    /// Steps done when it was measured.
    public var step: Int
    /// The numbers in order, under the names ``Validator`` lists. NaN is a number that is not defined; ``notes`` says why.
    public var entries: [StepReport.Entry]
    /// Why numbers are not defined or leave items out, as sentences; empty when every number stands for every item.
    public var notes: [String]

    /// A report.
    public init(step: Int, entries: [StepReport.Entry], notes: [String] = []) {
        self.step = step
        self.entries = entries
        self.notes = notes
    }

    /// The number of that name, `nil` when it was not measured.
    public subscript(name: String) -> Double? { entries.first { $0.name == name }?.value }
}
