/// Codes of a compressed signal as `dac` keeps them in a `.dac` file, with what is needed to decode them.
///
/// The file is a NumPy object array without dimensions that holds a Python dictionary; files written here open with
/// `dac.DACFile.load` of descript-audio-codec 1.0.0 and the other way round.
public struct DACFile: Sendable, Equatable {
    /// The version in every file that descript-audio-codec 1.0.0 reads; it refuses others, and so do we.
    public static let supportedVersion = "1.0.0"

    /// The codes, `[batch × channels, stage, frame]`, each 0…65535: channels are items of their own.
    public var codes: Codes
    /// Frames that were encoded together; decoding takes as many at a time.
    public var chunkLength: Int
    /// Length of the signal before encoding, in samples per channel at `sampleRate`; decoding cuts there.
    public var originalLength: Int
    /// Loudness of each signal of the batch before it was normalised, LUFS (`input_db`); decoding restores it.
    public var inputLoudness: [Float]
    /// Channels of the signal.
    public var channelCount: Int
    /// Sample rate of the signal before it was resampled for the model, Hz.
    public var sampleRate: Int
    /// Whether convolutions padded their input: true for a signal encoded in one piece, false for overlapping chunks.
    public var isPadded: Bool

    /// Codes and metadata; see the properties.
    public init(
        codes: Codes,
        chunkLength: Int,
        originalLength: Int,
        inputLoudness: [Float],
        channelCount: Int,
        sampleRate: Int,
        isPadded: Bool
    ) {
        self.codes = codes
        self.chunkLength = chunkLength
        self.originalLength = originalLength
        self.inputLoudness = inputLoudness
        self.channelCount = channelCount
        self.sampleRate = sampleRate
        self.isPadded = isPadded
    }

    /// Reads the file at `path`.
    public init(contentsOf path: String) throws(DACFileError) {
        do { try self.init(NumPyArray(contentsOf: path)) } catch let error as CheckpointError {
            throw .unreadable(path: path, reason: "\(error.withoutPath)")
        } catch let error as DACFileProblem {
            throw error.about(path)
        } catch { throw .unreadable(path: path, reason: "\(error)") }
    }

    /// Reads the bytes of a `.dac` file; errors name it `name`.
    public init(bytes: [UInt8], name: String = "The data") throws(DACFileError) {
        do { try self.init(NumPyArray(bytes: bytes)) } catch let error as CheckpointError {
            throw .unreadable(path: name, reason: "\(error.withoutPath)")
        } catch let error as DACFileProblem {
            throw error.about(name)
        } catch { throw .unreadable(path: name, reason: "\(error)") }
    }

    /// The bytes of the `.dac` file.
    ///
    /// Throws `DACFileError.inconsistent` when there is no code, one does not fit 16 bits, or a number in the metadata
    /// makes no sense.
    public func bytes() throws(DACFileError) -> [UInt8] {
        if let reason = inconsistency { throw .inconsistent(reason: reason) }
        return DACFilePickle.bytes(of: self)
    }

    /// Writes the file at `path`, replacing what is there only once all is written.
    public func write(to path: String) throws(DACFileError) {
        let bytes = try bytes()
        do {
            let file = try AtomicFile(path: path)
            try file.append(bytes)
            try file.finish()
        } catch { throw .cannotWrite(path: path, reason: error.reason) }
    }

    /// What contradicts itself; nil when everything fits together.
    var inconsistency: String? {
        guard !codes.values.isEmpty else { return "there are no codes" }
        guard codes.values.count < 1 << 31 else { return "there are 2³¹ codes or more" }
        if let code = codes.firstIndex(outside: 65_536) { return "the code \(code) does not fit 16 bits" }
        guard channelCount > 0, codes.batch % channelCount == 0 else {
            return "\(codes.batch) items of codes cannot be signals of \(channelCount) channels"
        }
        guard !inputLoudness.isEmpty else { return "the loudness is missing" }
        guard 1...AudioFileReader.highestSampleRate ~= sampleRate else { return "the sample rate is \(sampleRate) Hz" }
        guard chunkLength > 0 else { return "a chunk has \(chunkLength) frames" }
        guard originalLength >= 0 else { return "the original length is \(originalLength) samples" }
        return nil
    }
}
