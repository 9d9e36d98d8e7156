public import HealthRules

/// Everything a check has to tell: the examination of a run and what the run is called.
public struct CheckReport: Sendable {
    /// The run's number in its store.
    public var runID: Int64
    /// The run's name.
    public var runName: String
    /// The examination.
    public var checkup: Checkup

    /// Creates a report.
    public init(runID: Int64, runName: String, checkup: Checkup) {
        self.runID = runID
        self.runName = runName
        self.checkup = checkup
    }
}
