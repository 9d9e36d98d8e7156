public import TrainingMetrics

/// What is to be read.
public enum IngestInput: Hashable, Sendable {
    /// A file (or a pipe with a path).
    case file(path: String)
    /// Standard input, until it ends.
    case standardInput
}

/// How it is to be read.
public struct IngestOptions: Sendable {
    /// Reads the names of all metrics of one run, in the order the log brought them, and says what each is:
    /// an interpretation per key.
    public typealias Interpreter = @Sendable (_ keys: [MetricKey]) -> [MetricInterpretation]

    /// Format, `nil` to detect it.
    public var format: LogFormat?
    /// The reader of a source that is read for the first time, `nil` to pick one by the source's beginning.
    public var reader: (any LogReader)?
    /// Number of the run that a new source is added to, `nil` when it becomes a run of its own.
    var joinedRun: Int64?
    /// Name of the run, `nil` for the file's name without its extension (`stdin` for standard input). A source that
    /// holds several runs names them NAME/LABEL. A name already taken gets a number: `log-2`.
    public var runName: String?
    /// Whether a new source is added to the run that already has `runName` instead of becoming a run of its own.
    public var joinsExistingRun: Bool
    /// Names to roles. Called in a write transaction: must be pure and quick.
    public var interpreter: Interpreter
    /// Samples per transaction.
    public var batchSize: Int

    /// Creates options.
    public init(
        format: LogFormat? = nil,
        runName: String? = nil,
        joinsExistingRun: Bool = false,
        batchSize: Int = 131_072,
        reader: (any LogReader)? = nil,
        interpreter: @escaping Interpreter = { $0.map { _ in MetricInterpretation(role: .unknown) } }
    ) {
        self.format = format
        self.runName = runName
        self.joinsExistingRun = joinsExistingRun
        self.batchSize = batchSize
        self.reader = reader
        self.interpreter = interpreter
    }
}

/// How far ingestion is.
public struct IngestProgress: Sendable {
    /// Bytes stored so far, counted from the beginning of the source.
    public let bytes: Int64
    /// Size of the source, `nil` for a stream.
    public let totalBytes: Int64?
    /// Samples stored by this call so far.
    public let samples: Int
    /// Numbers of the runs the source has given samples to, in the order they appeared in it.
    public let runs: [Int64]
}
