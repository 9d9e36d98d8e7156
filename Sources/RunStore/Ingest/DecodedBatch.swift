import Foundation
import TrainingMetrics

/// A stretch of a source, decoded: what one transaction stores.
struct DecodedBatch: Sendable {
    /// Samples, facts and rejections; `keys` are all metrics of the source up to here.
    var buffer: EventBuffer
    /// What the source's end would give if nothing followed; only with the last batch.
    var provisional: EventBuffer?
    /// Place in the source behind the last record of `buffer`.
    var offset: Int64
    /// Bytes of the source looked at: `offset`, or its end with the last batch.
    var size: Int64
    /// Lines read.
    var lines: Int
    /// What reading goes on from.
    var state: ResumeState
    /// Digests of the first and the last bytes of `size`.
    var digests: SourceDigests
}

/// Digests by which a file that grew is told from one that was replaced; empty for a stream.
struct SourceDigests: Hashable, Sendable {
    var prefix: String
    var tail: String

    init(prefix: String, tail: String) {
        self.prefix = prefix
        self.tail = tail
    }

    init(_ file: SourceFile, size: Int64) {
        prefix = file.digest(0..<min(size, 65_536)) ?? ""
        tail = file.digest(max(0, size - 4096)..<size) ?? ""
    }
}

/// What reading goes on from: the reader's state, and the metrics its indices mean.
struct ResumeState: Codable, Sendable {
    var reader: Data
    var keys: [MetricKey]

    init(_ decoder: LogDecoder, _ buffer: EventBuffer) { self.init(reader: decoder.state, keys: buffer.keys) }

    init(reader: Data, keys: [MetricKey]) {
        self.reader = reader
        self.keys = keys
    }
}
