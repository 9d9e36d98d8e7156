import GRDB
import TrainingMetrics

extension RunStore {
    /// Reads a source into the store: a new one from its beginning, a known one from where it was left.
    ///
    /// Every batch of samples is one transaction with the place reading goes on from, so that an interruption at any
    /// moment loses and doubles nothing. Of several calls for the same source at once, each adds what is still missing.
    /// A file is known by its device, inode or path *and* by its first 64 KiB and the last 4 KiB that were read: moved
    /// or grown it stays the same source, with other contents it is a new one. A format that is written anew as a whole
    /// (a JSON document) stays the same source where its first samples are the same ones: it is read again in place of
    /// what was read before.
    /// - Parameters:
    ///   - input: the source.
    ///   - options: format, name, interpretation.
    ///   - progress: called after every transaction, on the calling thread.
    /// - Returns: what was done.
    /// - Throws: `IngestError` for what is wrong with the source, `RunStoreError` for the store.
    public func ingest(
        _ input: IngestInput,
        options: IngestOptions,
        progress: (IngestProgress) -> Void = { _ in }
    ) throws -> IngestReport {
        while true {
            do {
                return try ingestOnce(input, options, progress)
            } catch is SourceMovedOn {
                // Another process stored a part of it first: go on behind that.
                continue
            }
        }
    }

    private func ingestOnce(
        _ input: IngestInput,
        _ options: IngestOptions,
        _ progress: (IngestProgress) -> Void
    ) throws -> IngestReport {
        let file = try SourceFile(input)
        if file.isSQLite { return try ingestDatabase(file, name: runName(input, options), options, progress) }
        let known = try reading { try KnownSource.find($0, file) }
        if let source = known.source, source.size == file.size {
            try writing { try SourceWriter.touch($0, source, file) }
            return try report(source.id, .unchanged, newSamples: 0)
        }
        let reader = SourceReader(file: file, batchSize: options.batchSize)
        let start =
            if let source = known.source {
                try reader.resume(
                    source.state,
                    format: source.format,
                    offset: source.offset,
                    keptRejections: Rejection.kept - source.keptRejections
                )
            } else {
                try reader.start(options.reader, format: options.format, keptRejections: Rejection.kept)
            }
        let rewritten = try reading { database in
            try known.rewritten.flatMap { try $0.isBegun(database, by: start) ? $0 : nil }
        }
        let source = known.source ?? rewritten
        var writer = SourceWriter(file, source, start.decoder.format, name: runName(input, options), options)
        writer.replacesSamples = rewritten != nil
        reader.run(from: start)
        defer { reader.queue.close() }
        var newSamples = 0
        while true {
            switch reader.queue.pop() {
            case .batch(let batch):
                newSamples += try write(batch, with: &writer)
                progress(
                    IngestProgress(
                        bytes: batch.offset,
                        totalBytes: file.size,
                        samples: newSamples,
                        runs: writer.runs
                    )
                )
            case .failure(let error):
                throw error
            case .end:
                let status: IngestReport.Status =
                    known.source != nil ? .grown : rewritten != nil ? .rewritten : known.isReplaced ? .replaced : .new
                let added = max(0, newSamples - writer.replacedSamples)
                return try report(try writer.sourceID, status, newSamples: added)
            }
        }
    }

    /// Stores a batch in a transaction of its own. Foreign keys are not enforced in it: every number of a metric was
    /// looked up in the same transaction, and asking again for every sample takes a seventh of the time (measured).
    func write(_ batch: DecodedBatch, with writer: inout SourceWriter) throws -> Int {
        do {
            return try connection.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA foreign_keys = OFF")
                defer { try? database.execute(sql: "PRAGMA foreign_keys = ON") }
                var stored = 0
                try database.inTransaction(.immediate) {
                    stored = try writer.write(batch, to: database)
                    return .commit
                }
                return stored
            }
        } catch let error as IngestError {
            throw error
        } catch let error as SourceMovedOn {
            throw error
        } catch {
            throw RunStoreError(error, path: path)
        }
    }

    private func runName(_ input: IngestInput, _ options: IngestOptions) -> String {
        if let name = options.runName { return name }
        guard case .file(let path) = input else { return "stdin" }
        let file = path.split(separator: "/").last.map(String.init) ?? path
        guard let dot = file.lastIndex(of: "."), dot != file.startIndex else { return file }
        return String(file[..<dot])
    }

    func report(
        _ source: Int64,
        _ status: IngestReport.Status,
        newSamples: Int
    ) throws(RunStoreError) -> IngestReport {
        try reading { try IngestReport($0, source: source, status, newSamples: newSamples) }
    }
}

/// Another process or thread has stored a part of the same source in the meantime.
struct SourceMovedOn: Error {}

extension Rejection {
    /// How many rejections of a source are kept with their text.
    static let kept = 100
}

extension IngestReport {
    fileprivate init(_ database: Database, source: Int64, _ status: Status, newSamples: Int) throws {
        let row = try Row.fetchOne(database, sql: "SELECT * FROM source WHERE id = ?", arguments: [source])
        guard let row else { throw SourceMovedOn() }
        let runs = try Int64.fetchAll(
            database,
            sql: "SELECT run_id FROM source_run WHERE source_id = ? ORDER BY run_id",
            arguments: [source]
        )
        self.status = status
        path = row["path"]
        format = LogFormat(rawValue: row["format"]) ?? .text
        self.runs = try runs.compactMap { try RunRecord.fetch(database, id: $0) }
        self.newSamples = newSamples
        lines = row["lines"]
        rejected = (row["rejected"] as Int) + row["provisional_rejected"]
        rejections = try Rejection.fetchAll(database, source: source)
        metrics = try runs.flatMap { try MetricRecord.fetchAll(database, run: $0) }
    }
}
