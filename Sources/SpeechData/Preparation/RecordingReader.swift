import Codec

/// Reads a recording as it will be written: mono, at another rate, block by block.
struct RecordingReader {
    let path: String
    /// Hz of the blocks.
    let sampleRate: Int

    /// What a source file is.
    struct Properties {
        /// Hz.
        var sampleRate = 0
        var channels = 0
        /// Frames really read.
        var frames = 0
        /// Frames that the header claims and the file does not hold.
        var missing = 0
    }

    /// Hands `body` all samples in order; `source` hears the blocks before they are changed. Throws ``RecordingProblem``, and what `body` throws.
    @discardableResult
    func read(source: (AudioSignal) throws -> Void = { _ in }, body: ([Float]) throws -> Void) throws -> Properties {
        let reader = try RecordingProblem.wrapping { try AudioFileReader(path) }
        let resampler = try RecordingProblem.wrapping { try Resampler(from: reader.sampleRate, to: sampleRate) }
        while let block = try RecordingProblem.wrapping({ try reader.readBlock() }) {
            try source(block)
            let samples = try RecordingProblem.wrapping { try resampler.process(block.mono.channels) }
            try body(samples[0])
        }
        try body(try RecordingProblem.wrapping { try resampler.finish() }[0])
        return Properties(
            sampleRate: reader.sampleRate,
            channels: reader.channelCount,
            frames: reader.position,
            missing: reader.missingFrameCount
        )
    }
}

/// Why one recording is left out; others go on.
struct RecordingProblem: Error {
    let rejection: Rejection
    let detail: String

    /// Turns an error of decoding into one that concerns this recording alone.
    static func wrapping<Value>(_ work: () throws -> Value) throws(RecordingProblem) -> Value {
        do { return try work() } catch { throw RecordingProblem(rejection: .unreadable, detail: "\(error)") }
    }
}
