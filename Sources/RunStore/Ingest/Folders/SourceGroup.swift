import Foundation
public import TrainingMetrics

/// Files that make one run together: the event files of a folder, the metric files of an MLflow run; or a single log.
public struct SourceGroup: Sendable {
    /// A file of the group.
    public struct Source: Sendable {
        /// Where it is.
        public var path: String
        /// What reads it, `nil` to pick a reader by the file's beginning.
        public var reader: (any LogReader)?

        /// Creates a source.
        public init(path: String, reader: (any LogReader)? = nil) {
            self.path = path
            self.reader = reader
        }
    }

    /// What messages call it: the folder, or the file when it is a single one.
    public var path: String
    /// Name of the run, `nil` for the name of the file without its extension.
    public var name: String?
    /// The files, in the order in which they were written.
    public var sources: [Source]
    /// What files beside them state about the run.
    public var facts: [LoggedFact]

    /// Creates a group.
    public init(path: String, name: String? = nil, sources: [Source], facts: [LoggedFact] = []) {
        self.path = path
        self.name = name
        self.sources = sources
        self.facts = facts
    }
}

/// What ingesting a group did.
public struct GroupReport: Sendable {
    /// A file that gave nothing, and why.
    public typealias Skipped = (path: String, reason: LogFormatError)

    /// What was found, of all files together; `lines`, `rejected` and `rejections` are sums.
    public var report: IngestReport
    /// Files without a metric.
    public var skipped: [Skipped]
}

extension SourceGroup {
    /// A file that was named; an event file's run is called like its folder, a run file of W&B says what its run is called.
    public init(file path: String) {
        let parts = path.split(separator: "/")
        let file = parts.last.map(String.init) ?? ""
        var name: String?
        if EventFolder.isEventFile(file) { name = parts.dropLast().last.map(String.init) }
        if file.hasSuffix(".wandb") { name = Self.wandbName(path) }
        let reader = MLflowFolder.metricName(ofFile: path).map { MLflowMetricReader(name: $0) }
        self.init(path: path, name: name, sources: [Source(path: path, reader: reader)])
    }

    /// The name in the first records of a run file of W&B.
    private static func wandbName(_ path: String) -> String? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        guard let head = try? file.read(upToCount: LogFormatDetector.headLength) else { return nil }
        var reader = WandbFileReader()
        var buffer = EventBuffer(keptRejections: 0)
        _ = reader.consume([UInt8](head).span, into: &buffer)
        return reader.runName.flatMap { $0.isEmpty ? nil : $0 }
    }
}
