/// Changes the sample rate of a stream, block by block, with libsoxr.
///
/// Linear phase, delay compensated: a click at time t stays at time t. For `n` frames in, exactly
/// ⌈n·outputRate/inputRate⌉ frames come out, however they are cut into blocks, and block sizes do not change a bit of
/// them. Frequencies up to 91 % of half the lower rate pass. NaN spreads over the filter's length around it.
/// Not Sendable: a resampler belongs to one task.
public final class Resampler {
    /// How precisely the filter computes.
    public enum Quality: Hashable, Sendable, CaseIterable {
        /// 20 bits: errors about 125 dB under the signal.
        case high
        /// 28 bits in Float64: errors at the rounding of Float32 samples.
        case veryHigh
    }

    /// Samples per second put in, Hz.
    public let inputRate: Int
    /// Samples per second that come out, Hz.
    public let outputRate: Int
    /// How many channels a block has.
    public let channelCount: Int

    private let stream: SoxrHandle?
    private var framesIn = 0
    private var framesOut = 0

    /// The largest ratio between the two rates.
    public static let largestRatio = 1_024

    /// A resampler at the beginning of a stream. Equal rates pass samples through unchanged.
    ///
    /// Throws when a rate is not positive or their ratio exceeds `largestRatio`.
    ///
    /// - Precondition: `channelCount` is positive.
    public init(from inputRate: Int, to outputRate: Int, channelCount: Int = 1, quality: Quality = .high)
        throws(ResamplerError)
    {
        precondition(channelCount > 0, "A signal has at least one channel.")
        let (low, high) = (min(inputRate, outputRate), max(inputRate, outputRate))
        guard low > 0, high <= Int(Int32.max), high <= low * Self.largestRatio else {
            throw .rates(from: inputRate, to: outputRate)
        }
        do {
            let recipe: UInt = quality == .high ? 4 : 6
            stream =
                inputRate == outputRate
                ? nil : try SoxrHandle(from: inputRate, to: outputRate, channelCount: channelCount, recipe: recipe)
        } catch { throw .refused(from: inputRate, to: outputRate, reason: error.reason) }
        self.inputRate = inputRate
        self.outputRate = outputRate
        self.channelCount = channelCount
    }

    /// How many frames come out for `frameCount` frames in: ⌈frameCount·outputRate/inputRate⌉.
    public static func outputFrameCount(_ frameCount: Int, from inputRate: Int, to outputRate: Int) -> Int {
        let (product, overflow) = frameCount.multipliedReportingOverflow(by: outputRate)
        precondition(!overflow, "\(frameCount) frames are too many to resample.")
        return (product + inputRate - 1) / inputRate
    }

    /// Puts in a block, `[channel][frame]`, and takes out the frames that are ready: `[channel][frame]`, maybe none yet.
    ///
    /// - Precondition: the block has `channelCount` channels of equal length.
    public func process(_ block: [[Float]]) throws(ResamplerError) -> [[Float]] {
        precondition(block.count == channelCount, "The resampler takes \(channelCount) channels.")
        let length = block[0].count
        precondition(block.allSatisfy { $0.count == length }, "All channels of a block are equally long.")
        framesIn += length
        guard let stream else { return block }
        var output: [Float] = []
        do { try stream.process(Self.interleaved(block), into: &output) } catch { throw failure(error) }
        return taking(output)
    }

    /// Ends the stream and takes out the rest, `[channel][frame]`. The resampler cannot be used afterwards.
    public func finish() throws(ResamplerError) -> [[Float]] {
        guard let stream else { return [[Float]](repeating: [], count: channelCount) }
        var output: [Float] = []
        if framesIn > 0 {
            do { try stream.finish(into: &output) } catch { throw failure(error) }
        }
        var rest = taking(output)
        let missing = Self.outputFrameCount(framesIn, from: inputRate, to: outputRate) - framesOut
        if missing > 0 {
            for channel in rest.indices { rest[channel] += [Float](repeating: 0, count: missing) }
        }
        return rest
    }

    /// Output split into channels and cut where the stream would become longer than promised for the input so far.
    private func taking(_ interleaved: [Float]) -> [[Float]] {
        let allowed = Self.outputFrameCount(framesIn, from: inputRate, to: outputRate) - framesOut
        let frames = min(interleaved.count / channelCount, allowed)
        framesOut += frames
        guard channelCount > 1 else { return [Array(interleaved.prefix(frames))] }
        return (0..<channelCount).map { channel in
            (0..<frames).map { interleaved[$0 * channelCount + channel] }
        }
    }

    private func failure(_ failure: SoxrHandle.Failure) -> ResamplerError {
        .refused(from: inputRate, to: outputRate, reason: failure.reason)
    }

    private static func interleaved(_ block: [[Float]]) -> [Float] {
        guard block.count > 1 else { return block[0] }
        var samples: [Float] = []
        samples.reserveCapacity(block.count * block[0].count)
        for frame in block[0].indices {
            for channel in block { samples.append(channel[frame]) }
        }
        return samples
    }
}

/// Why a sample rate cannot be changed.
public enum ResamplerError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A rate is not positive, or one is more than 1024 times the other.
    case rates(from: Int, to: Int)
    /// libsoxr refused.
    case refused(from: Int, to: Int, reason: String)

    /// The sentence.
    public var description: String {
        switch self {
        case .rates(let from, let to):
            "A signal of \(from) Hz cannot be resampled to \(to) Hz: both must be positive and within a factor of 1024."
        case .refused(let from, let to, let reason): "Resampling from \(from) Hz to \(to) Hz failed: \(reason)."
        }
    }
}

extension AudioSignal {
    /// The signal at another sample rate: ⌈frameCount·rate/sampleRate⌉ frames, in time with this one; see `Resampler`.
    public func resampled(to rate: Int, quality: Resampler.Quality = .high) throws(ResamplerError) -> AudioSignal {
        guard rate != sampleRate else { return self }
        let resampler = try Resampler(from: sampleRate, to: rate, channelCount: channelCount, quality: quality)
        let beginning = try resampler.process(channels)
        let rest = try resampler.finish()
        return AudioSignal(channels: zip(beginning, rest).map { $0 + $1 }, sampleRate: rate)
    }
}
