/// What identifies a metric inside a source: everything the log said about it, nothing interpreted.
///
/// The same name with another split, unit or axis is another metric, so that no two kinds of number are ever mixed.
public struct MetricKey: Hashable, Sendable, Codable {
    /// Name as logged, without decoration (`Discriminator`, `train/disc_loss`); a sub-metric carries the path of its
    /// heading (`Discriminator loss/Real loss`).
    public var name: String
    /// The data the number was measured on, as far as the log says; `train` when it does not.
    public var split: Split
    /// Unit as logged (`dB`, `%`, `M`), empty when none was.
    public var unit: String
    /// What the positions of the samples count.
    public var axis: StepAxis
    /// Label of the run inside a source that holds several (a `run` column); empty when the source is one run.
    public var run: String

    /// Creates a key.
    public init(name: String, split: Split = .train, unit: String = "", axis: StepAxis = .step, run: String = "") {
        self.name = name
        self.split = split
        self.unit = unit
        self.axis = axis
        self.run = run
    }
}
