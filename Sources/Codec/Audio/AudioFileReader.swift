/// Reads an audio file block by block, so that its length does not matter.
///
/// Everything libsndfile 1.2 decodes: WAV (8 to 32 bits, float, A-law, µ-law, ADPCM), RF64, FLAC, Ogg Vorbis and Opus,
/// MP3, AIFF, AU, CAF and more. Integers are divided by their full scale; floats come as they are, also NaN and infinity.
/// Not Sendable: a reader belongs to one task.
public final class AudioFileReader {
    /// The most channels a file may have.
    public static let largestChannelCount = 256
    /// The highest sample rate a file may have, in Hz.
    public static let highestSampleRate = 1_000_000

    /// The file, or the name of the bytes.
    public let path: String
    /// Samples per second and channel, in Hz.
    public var sampleRate: Int { handle.sampleRate }
    /// How many channels the file has.
    public var channelCount: Int { handle.channelCount }
    /// How many frames the header claims; nil when it does not say. A damaged file may hold fewer.
    public let declaredFrameCount: Int?
    /// The frame that the next block begins with.
    public private(set) var position = 0

    private let handle: SoundFileHandle
    private var buffer: [Float] = []
    private var ended = false
    /// What ended the file, unless it was its end.
    private var failure: AudioFileError?

    /// Opens `path` and reads its header.
    public convenience init(_ path: String) throws(AudioFileError) {
        let descriptor: Int32
        do { descriptor = try SoundFileDescriptor.forReading(path) } catch {
            throw switch error {
            case .missing: .missing(path: path)
            case .notAFile: .notAFile(path: path)
            case .empty: .empty(path: path)
            case .system(let reason): .cannotOpen(path: path, reason: reason)
            }
        }
        try self.init(path) { () throws(SoundFileHandle.Failure) in
            try SoundFileHandle(readingDescriptor: descriptor)
        }
    }

    /// Reads the header of an audio file held in memory; errors call it `name`.
    public convenience init(bytes: [UInt8], name: String) throws(AudioFileError) {
        guard !bytes.isEmpty else { throw .empty(path: name) }
        try self.init(name) { () throws(SoundFileHandle.Failure) in try SoundFileHandle(reading: bytes) }
    }

    private init(_ path: String, open: () throws(SoundFileHandle.Failure) -> SoundFileHandle) throws(AudioFileError) {
        do { handle = try open() } catch {
            throw switch error.kind {
            case .system: .cannotOpen(path: path, reason: error.reason)
            case .unrecognised, .unsupported: .unsupported(path: path, reason: error.reason)
            case .malformed: .corrupt(path: path, frame: 0, reason: error.reason)
            }
        }
        guard 1...Self.highestSampleRate ~= handle.sampleRate else {
            throw .unsupported(path: path, reason: "its header claims a sample rate of \(handle.sampleRate) Hz")
        }
        guard 1...Self.largestChannelCount ~= handle.channelCount else {
            throw .unsupported(path: path, reason: "its header claims \(handle.channelCount) channels")
        }
        guard handle.declaredFrameCount > 0 else { throw .noFrames(path: path) }
        let isKnown = handle.declaredFrameCount < 1 << 62
        declaredFrameCount = isKnown ? handle.declaredFrameCount : nil
        self.path = path
    }

    /// Container and encoding in libsndfile's words, such as "WAV (Microsoft), Signed 16 bit PCM".
    public var formatName: String {
        let (container, encoding) = (handle.format & 0x0FFF_0000, handle.format & 0x0000_FFFF)
        return [container, encoding].compactMap(SoundFileHandle.name(ofFormat:)).joined(separator: ", ")
    }

    /// How long the header claims the file lasts, in seconds; nil when it does not say.
    public var declaredDuration: Double? { declaredFrameCount.map { Double($0) / Double(sampleRate) } }

    /// The next `frameCount` frames, fewer at the end of the file; nil when there are none left.
    ///
    /// Where the decoder gives up, the frames before are delivered first, then `AudioFileError.corrupt` is thrown.
    ///
    /// - Precondition: `frameCount` is positive.
    public func readBlock(frameCount: Int = 65_536) throws(AudioFileError) -> AudioSignal? {
        precondition(frameCount > 0, "A block has at least one frame.")
        var channels = [[Float]](repeating: [], count: channelCount)
        while !ended, channels[0].count < frameCount {
            decode(upTo: frameCount - channels[0].count, into: &channels)
        }
        if !channels[0].isEmpty { return AudioSignal(channels: channels, sampleRate: sampleRate) }
        if let failure { throw failure }
        return nil
    }

    /// How many frames fewer than its header claims the file turned out to hold; 0 before the end has been reached.
    ///
    /// A few are usual in MP3; many mean that the file was cut off.
    public var missingFrameCount: Int {
        guard ended, let declaredFrameCount else { return 0 }
        return max(0, declaredFrameCount - position)
    }

    /// Decodes at most `count` more frames, but no more than fit the buffer, and appends them to `channels`.
    private func decode(upTo count: Int, into channels: inout [[Float]]) {
        let frames = min(count, max(1, 65_536 / channelCount))
        if buffer.count != frames * channelCount { buffer = [Float](repeating: 0, count: frames * channelCount) }
        let decoded = max(0, handle.read(into: &buffer))
        if channelCount == 1 {
            channels[0] += buffer.prefix(decoded)
        } else {
            for channel in channels.indices {
                channels[channel] += (0..<decoded).map { buffer[$0 * channelCount + channel] }
            }
        }
        position += decoded
        guard decoded < frames else { return }
        ended = true
        if let complaint = handle.complaint {
            failure = .corrupt(path: path, frame: position, reason: complaint)
        } else if position == 0 {
            failure = .noFrames(path: path)
        }
    }

    /// Continues at `frame`, counted from the beginning of the file; at the end when the file is shorter.
    ///
    /// - Precondition: `frame` is not negative.
    public func seek(toFrame frame: Int) throws(AudioFileError) {
        precondition(frame >= 0, "Frames are counted from 0.")
        if let declaredFrameCount, frame >= declaredFrameCount {
            ended = true
            position = declaredFrameCount
            return
        }
        guard handle.seek(toFrame: frame) else {
            throw .corrupt(path: path, frame: frame, reason: handle.complaint ?? "the frame cannot be found")
        }
        ended = false
        failure = nil
        position = frame
    }
}
