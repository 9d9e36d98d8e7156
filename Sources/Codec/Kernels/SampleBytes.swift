import Foundation

/// Samples as the bytes they have in memory, for temporary files that this process alone reads again.
enum SampleBytes {
    /// The bytes of these samples.
    static func data(_ samples: [Float]) -> Data { samples.withUnsafeBytes { Data($0) } }

    /// The samples of these bytes; a rest of fewer than four bytes is left out.
    static func samples(_ data: Data) -> [Float] {
        [Float](unsafeUninitializedCapacity: data.count / 4) { buffer, count in
            count = data.prefix(data.count / 4 * 4).copyBytes(to: buffer) / 4
        }
    }
}
