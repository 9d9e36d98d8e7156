/// Writes an audio file block by block; the file appears under its name only when `finish()` succeeds.
///
/// Integer encodings round to the nearest step and clip at full scale; NaN becomes 0. What was changed is counted.
/// A sample read from an integer file and written with as many bits is unchanged. Dropping an unfinished writer
/// removes what it wrote. Not Sendable: a writer belongs to one task.
public final class AudioFileWriter {
    /// Where the file will be.
    public let path: String
    /// The form of the file.
    public let format: AudioFileFormat
    /// Samples per second and channel, in Hz.
    public let sampleRate: Int
    /// How many channels the file has.
    public let channelCount: Int
    /// Frames written so far.
    public private(set) var frameCount = 0
    /// Samples that lay beyond full scale and were clipped, infinite ones included.
    public private(set) var clippedSampleCount = 0
    /// NaN samples that were written as 0.
    public private(set) var nanSampleCount = 0

    private let handle: SoundFileHandle
    private let partialPath: String
    private var isFinished = false

    /// Begins a file. Without `format` the extension of `path` decides: `wav`, `flac`, `ogg`, `mp3`.
    ///
    /// Throws `AudioFileError.cannotHold` when the format knows no such sample rate or channel count.
    public init(_ path: String, sampleRate: Int, channelCount: Int, format: AudioFileFormat? = nil)
        throws(AudioFileError)
    {
        guard let format = format ?? AudioFileFormat(path: path) else {
            throw .noFormat(path: path)
        }
        guard 1...AudioFileReader.largestChannelCount ~= channelCount,
            1...AudioFileReader.highestSampleRate ~= sampleRate
        else {
            throw .cannotHold(path: path, format: "\(format)", reason: "\(channelCount) channels at \(sampleRate) Hz")
        }
        guard let partial = SoundFileDescriptor.forWritingBeside(path) else {
            throw .cannotOpen(path: path, reason: SoundFileDescriptor.systemMessage())
        }
        do {
            handle = try SoundFileHandle(
                writingDescriptor: partial.descriptor,
                format: format.libraryFormat,
                sampleRate: sampleRate,
                channelCount: channelCount
            )
        } catch {
            SoundFileDescriptor.remove(partial.path)
            throw .cannotHold(
                path: path,
                format: "\(format)",
                reason: "\(channelCount) channels at \(sampleRate) Hz (\(error.reason))"
            )
        }
        partialPath = partial.path
        self.path = path
        self.format = format
        self.sampleRate = sampleRate
        self.channelCount = channelCount
    }

    deinit {
        if !isFinished {
            _ = handle.close()
            SoundFileDescriptor.remove(partialPath)
        }
    }

    /// Appends a block.
    ///
    /// - Precondition: the block has the file's sample rate and channels, and the file is not finished.
    public func write(_ block: AudioSignal) throws(AudioFileError) {
        precondition(!isFinished, "A finished audio file takes no more samples.")
        precondition(block.sampleRate == sampleRate, "The file has \(sampleRate) Hz, the block \(block.sampleRate).")
        precondition(block.channelCount == channelCount, "The file has \(channelCount) channels.")
        // Vorbis and FLAC encoders keep a whole call on the stack or in one frame list: short calls are safe.
        let step = max(1, 4_096 / channelCount)
        for start in stride(from: 0, to: block.frameCount, by: step) {
            try writeFrames(block.channels, start..<min(start + step, block.frameCount))
        }
    }

    private func writeFrames(_ channels: [[Float]], _ range: Range<Int>) throws(AudioFileError) {
        let bytes = (frameCount + range.count) * channelCount * (format.integerBits ?? 32) / 8
        if case .wav = format, bytes > Int(UInt32.max) - 4096 {
            throw .cannotHold(path: path, format: "\(format)", reason: "its length field ends at 4 GiB")
        }
        var samples: [Float] = []
        samples.reserveCapacity(range.count * channelCount)
        for frame in range {
            for channel in channels { samples.append(channel[frame]) }
        }
        if !format.holdsAnyValue { makeRepresentable(&samples) }
        let written =
            format.integerBits.map { handle.write(Self.quantised(samples, bits: $0)) } ?? handle.write(samples)
        guard written == range.count else {
            throw .writeFailed(path: path, reason: handle.complaint ?? SoundFileDescriptor.systemMessage())
        }
        frameCount += written
    }

    private func makeRepresentable(_ samples: inout [Float]) {
        for index in samples.indices {
            let sample = samples[index]
            if abs(sample) <= 1 { continue }
            if sample.isNaN {
                samples[index] = 0
                nanSampleCount += 1
            } else {
                samples[index] = sample < 0 ? -1 : 1
                clippedSampleCount += 1
            }
        }
    }

    /// Samples of −1…1 as integers with `bits` bits, shifted to the top of 32.
    private static func quantised(_ samples: [Float], bits: Int) -> [Int32] {
        let scale = Double(sign: .plus, exponent: bits - 1, significand: 1)
        return samples.map { sample in
            let step = (Double(sample) * scale).rounded(.toNearestOrEven)
            return Int32(min(step, scale - 1)) << Int32(32 - bits)
        }
    }

    /// Completes the file and moves it to its name.
    ///
    /// Throws `AudioFileError.noFrames` when nothing was written: an empty file cannot be read back.
    public func finish() throws(AudioFileError) {
        guard !isFinished else { return }
        guard frameCount > 0 else { throw .noFrames(path: path) }
        guard handle.close() else { throw .writeFailed(path: path, reason: "the file could not be completed") }
        guard SoundFileDescriptor.move(partialPath, to: path) else {
            throw .cannotOpen(path: path, reason: SoundFileDescriptor.systemMessage())
        }
        isFinished = true
    }
}
