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
    var state: Data
    /// Digests of the first and the last bytes of `size`.
    var digests: SourceDigests
}

/// Digests by which a file that grew is told from one that was replaced; empty for a stream.
struct SourceDigests: Hashable, Sendable {
    var prefix = ""
    var tail = ""

    init(_ file: SourceFile, size: Int64) {
        prefix = file.digest(0..<min(size, 65_536)) ?? ""
        tail = file.digest(max(0, size - 4096)..<size) ?? ""
    }
}

/// What reading goes on from: the reader, and the metrics its indices mean.
struct ResumeState: Codable {
    var decoder: Data
    var keys: [MetricKey]

    var encoded: Data {
        get throws {
            let encoder = PropertyListEncoder()
            encoder.outputFormat = .binary
            return try encoder.encode(self)
        }
    }

    init(decoder: Data, keys: [MetricKey]) {
        self.decoder = decoder
        self.keys = keys
    }

    init(encoded: Data) throws { self = try PropertyListDecoder().decode(ResumeState.self, from: encoded) }
}
