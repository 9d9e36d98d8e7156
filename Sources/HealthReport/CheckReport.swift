public import HealthRules

/// Everything a check has to tell: the examination of a run and what the run is called.
public struct CheckReport: Sendable {
    /// The run's number in its store.
    public var runID: Int64
    /// The run's name.
    public var runName: String
    /// The examination.
    public var checkup: Checkup
    /// What the reader should know about the material, sentences (`1 saved probe report could not be read …`).
    public var notes: [String]

    /// Creates a report.
    public init(runID: Int64, runName: String, checkup: Checkup, notes: [String] = []) {
        self.runID = runID
        self.runName = runName
        self.checkup = checkup
        self.notes = notes
    }
}
