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
    /// Paths of the logs the run was read from, as reports show them; `-` for standard input.
    public var sources: [String]
    /// Where in the logs each finding begins, in the order of `checkup.results.findings`; empty, or `nil` for a finding,
    /// where that is not known.
    public var places: [LogPlace?]
    /// Version of the program, empty when unknown.
    public var version: String

    /// Creates a report.
    public init(
        runID: Int64,
        runName: String,
        checkup: Checkup,
        notes: [String] = [],
        sources: [String] = [],
        places: [LogPlace?] = [],
        version: String = ""
    ) {
        self.runID = runID
        self.runName = runName
        self.checkup = checkup
        self.notes = notes
        self.sources = sources
        self.places = places
        self.version = version
    }

    /// Where the finding at an index of `checkup.results.findings` begins: its place, else the run's first log without a
    /// line, else `nil`.
    func place(ofFinding index: Int) -> LogPlace? {
        if places.indices.contains(index), let place = places[index] { return place }
        return sources.first { $0 != "-" }.map { LogPlace(path: $0) }
    }
}

/// A place in a log.
public struct LogPlace: Hashable, Sendable {
    /// Path of the log, relative to the working directory where it lies in it. Text from outside.
    public var path: String
    /// Line, counted from 1; `nil` when unknown or when the log has no lines.
    public var line: Int?

    /// Creates a place.
    public init(path: String, line: Int? = nil) {
        self.path = path
        self.line = line
    }
}
