/// Codes long audio with a codec that has no chunked coding of its own: window by window, each by itself, in constant memory.
///
/// Windows do not overlap, so a codec whose layers look beyond a window may be heard at the joints.
struct WindowedCoding {
    private let codec: any NeuralCodec
    private let windowFrames: Int

    /// Seconds of a window unless told otherwise.
    static let duration = 10.0

    /// `window` seconds, rounded up to whole frames; infinity codes everything at once.
    init(_ codec: any NeuralCodec, window: Double) throws(CodecError) {
        if let encodec = codec as? EnCodec, encodec.configuration.normalizesLevel {
            throw .configuration("it transmits a level with each segment, which code files have no place for")
        }
        self.codec = codec
        let frames = (window * codec.frameRate).rounded(.up)
        windowFrames = frames.isFinite && frames < 1e9 ? max(1, Int(frames)) : Int.max
    }

    /// Codes what `next` gives, blocks of the wished number of samples, the last one shorter.
    ///
    /// Items are the signals of the codec's channel count that the signal's channels make up.
    func encode(codebooks: Int?, pulling next: (Int) throws -> [[Float]]?) throws -> (codes: Codes, chunkLength: Int) {
        var parts: [Codes] = []
        let samples = windowFrames == Int.max ? Int.max : windowFrames * codec.hopLength
        while let block = try next(samples) {
            parts.append(try encode(block, codebooks: codebooks))
        }
        guard let first = parts.first else { throw CodecError.tooShort(samples: 0, needed: 1) }
        return (Codes.joined(parts), first.frames)
    }

    /// One frame per hop, begun or full, with the zeros behind the window that the codec needs for that.
    private func encode(_ block: [[Float]], codebooks: Int?) throws -> Codes {
        let frames = (block[0].count + codec.hopLength - 1) / codec.hopLength
        let length = frames * codec.hopLength + codec.trailingPadding
        let padded = block.map { $0 + [Float](repeating: 0, count: length - $0.count) }
        let audio = Tensor(padded.flatMap { $0 }, shape: [block.count / codec.channels, codec.channels, length])
        return try withoutGradients { try codec.codes(of: audio, codebooks: codebooks) }
    }

    /// Decodes chunk by chunk; `write` gets one array per channel of the signal, each chunk of whole frames.
    func decode(_ codes: Codes, chunkLength: Int, write: ([[Float]], _ decodedFrames: Int) throws -> Void) throws {
        for start in stride(from: 0, to: codes.frames, by: chunkLength) {
            let end = min(codes.frames, start + chunkLength)
            let audio = try withoutGradients { try codec.decode(codes.frames(start..<end)) }
            let (length, wanted) = (audio.shape[2], (end - start) * codec.hopLength)
            let values = audio.values
            let channels = (0..<(codes.batch * codec.channels)).map { channel in
                let decoded = values[(channel * length)..<(channel * length + min(length, wanted))]
                return Array(decoded) + [Float](repeating: 0, count: max(0, wanted - length))
            }
            try write(channels, end)
        }
    }
}
