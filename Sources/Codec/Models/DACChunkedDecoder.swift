/// Decodes codes chunk by chunk, as the `dac` package's `decompress` does, before it restores loudness, sample rate and length.
///
/// Constant memory besides the codes. Not `Sendable`.
public final class DACChunkedDecoder {
    /// Samples per channel of everything decoded.
    public let sampleCount: Int
    /// Frames decoded so far.
    public private(set) var decodedFrames = 0
    /// The indices.
    public let codes: Codes

    private let model: DAC
    private let chunkLength: Int
    private let isPadded: Bool

    /// A decoder of codes that were made in chunks of `chunkLength` frames.
    ///
    /// `isPadded` as the encoder reported it. Throws ``CodecError`` when the codes do not fit the model or a chunk is too short for it.
    public init(model: DAC, codes: Codes, chunkLength: Int, isPadded: Bool) throws(CodecError) {
        guard chunkLength > 0 else { throw .emptyCodes }
        try model.check(codes)
        let rest = codes.frames % chunkLength
        let chunks = codes.frames / chunkLength
        let wasPadded = model.usesPadding
        model.usesPadding = isPadded
        let whole = chunks > 0 ? model.decodedLength(frames: chunkLength) : 0
        let last = rest > 0 ? model.decodedLength(frames: rest) : 0
        model.usesPadding = wasPadded
        guard let whole else { throw .tooFewFrames(chunkLength) }
        guard let last else { throw .tooFewFrames(rest) }
        sampleCount = chunks * whole + last
        self.model = model
        self.codes = codes
        self.chunkLength = min(chunkLength, codes.frames)
        self.isPadded = isPadded
    }

    /// The next chunk's samples, one array per channel; `nil` at the end.
    public func next() throws(CodecError) -> [[Float]]? {
        guard decodedFrames < codes.frames else { return nil }
        let end = min(codes.frames, decodedFrames + chunkLength)
        let chunk = codes.frames(decodedFrames..<end)
        let audio = try model.coding(isPadded: isPadded) { () throws(CodecError) in try model.decode(chunk) }
        decodedFrames = end
        let (length, values) = (audio.shape[2], audio.values)
        return (0..<codes.batch).map { Array(values[($0 * length)..<(($0 + 1) * length)]) }
    }
}
