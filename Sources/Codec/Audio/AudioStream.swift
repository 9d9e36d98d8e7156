/// An audio file as a stream of blocks of any wished length, at a wished rate, in constant memory.
///
/// Not Sendable: a stream belongs to one task.
public final class AudioStream {
    /// Samples per second of the blocks, Hz.
    public let sampleRate: Int
    /// Channels of the blocks.
    public let channelCount: Int
    /// Frames the file announces, at ``sampleRate``; nil when it announces none. Not to be relied on.
    public let declaredFrameCount: Int?

    private let reader: AudioFileReader
    private let resampler: Resampler
    private let mixesToMono: Bool
    private var pending: [[Float]]
    private var hasEnded = false

    /// Opens the file at `path`; its own rate and channels unless told otherwise.
    ///
    /// Throws ``AudioFileError`` or ``ResamplerError``.
    public init(_ path: String, sampleRate: Int? = nil, mixingToMono: Bool = false) throws {
        reader = try AudioFileReader(path)
        self.sampleRate = sampleRate ?? reader.sampleRate
        mixesToMono = mixingToMono && reader.channelCount > 1
        channelCount = mixingToMono ? 1 : reader.channelCount
        resampler = try Resampler(from: reader.sampleRate, to: self.sampleRate, channelCount: channelCount)
        let (from, to) = (reader.sampleRate, self.sampleRate)
        declaredFrameCount = reader.declaredFrameCount.map { Resampler.outputFrameCount($0, from: from, to: to) }
        pending = [[Float]](repeating: [], count: channelCount)
    }

    /// The file's own rate, Hz.
    public var fileSampleRate: Int { reader.sampleRate }

    /// Frames read from the file so far, at its own rate.
    public var fileFrameCount: Int { reader.position }

    /// The next `frameCount` frames, fewer at the end, nil after it. Throws ``AudioFileError`` or ``ResamplerError``.
    public func read(_ frameCount: Int) throws -> AudioSignal? {
        precondition(frameCount > 0, "a block has at least one frame")
        while pending[0].count < frameCount, !hasEnded {
            if let block = try reader.readBlock() {
                append(try resampler.process(mixesToMono ? block.mono.channels : block.channels))
            } else {
                append(try resampler.finish())
                hasEnded = true
            }
        }
        let count = min(frameCount, pending[0].count)
        guard count > 0 else { return nil }
        let block = AudioSignal(channels: pending.map { Array($0[..<count]) }, sampleRate: sampleRate)
        for channel in pending.indices { pending[channel].removeFirst(count) }
        return block
    }

    private func append(_ block: [[Float]]) {
        for channel in pending.indices { pending[channel] += block[channel] }
    }
}
