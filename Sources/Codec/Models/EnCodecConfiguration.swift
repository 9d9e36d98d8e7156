/// The sizes of an EnCodec model. Values begin as the 24 kHz model's.
public struct EnCodecConfiguration: Sendable, Equatable, Hashable, Codable {
    /// Encoder and decoder.
    public var network = SEANetConfiguration()
    /// Hz.
    public var sampleRate = 24_000
    /// Codebooks.
    public var codebookCount = 32
    /// Rows per codebook.
    public var codebookSize = 1024
    /// How codebooks are learnt.
    public var quantizer = EMAQuantizerOptions.asInEncodec
    /// Whether each segment is divided by the RMS of its mono mix plus 1e-8 and multiplied by it after decoding.
    public var normalizesLevel = false
    /// Seconds that are coded on their own; `nil` codes everything at once.
    public var segmentDuration: Double?
    /// The share of a segment that the next one covers too, 0…1 without 1.
    public var segmentOverlap = 0.01

    /// The 24 kHz model.
    public init() {}

    /// The released 24 kHz model, mono and causal, 1.5 to 24 kbit/s.
    public static let encodec24kHz = EnCodecConfiguration()

    /// The released 48 kHz model, stereo, in segments of a second, 3 to 24 kbit/s.
    public static let encodec48kHz: EnCodecConfiguration = {
        var configuration = EnCodecConfiguration()
        configuration.network.channels = 2
        configuration.network.isCausal = false
        configuration.network.normalization = .timeGroup
        configuration.sampleRate = 48_000
        configuration.codebookCount = 16
        configuration.normalizesLevel = true
        configuration.segmentDuration = 1
        return configuration
    }()

    /// A model of about thirty thousand parameters, for tests and for trying things out.
    public static let tiny: EnCodecConfiguration = {
        var configuration = EnCodecConfiguration()
        configuration.network.filters = 8
        configuration.network.ratios = [4, 2]
        configuration.network.dimension = 16
        configuration.codebookCount = 4
        configuration.codebookSize = 64
        configuration.sampleRate = 16_000
        return configuration
    }()

    /// Samples per frame.
    public var hopLength: Int { network.hopLength }

    /// Frames per second as EnCodec counts them for bandwidths, rounded up.
    public var nominalFrameRate: Int { (sampleRate + hopLength - 1) / hopLength }

    /// The codebooks that fit into `bandwidth` kbit/s, at least one and at most all.
    public func codebooks(forBandwidth bandwidth: Double) -> Int {
        let bits = Double(Int.bitWidth - max(1, codebookSize - 1).leadingZeroBitCount)
        let fitting = bandwidth * 1000 / (bits * Double(nominalFrameRate))
        return fitting.isNaN ? codebookCount : Int(min(max(1, fitting), Double(codebookCount)))
    }

    /// Samples of a segment and between the starts of two, or `nil` when everything is coded at once.
    var segment: (length: Int, stride: Int)? {
        segmentDuration.map { duration in
            let length = Int(duration * Double(sampleRate))
            return (length, max(1, Int((1 - segmentOverlap) * Double(length))))
        }
    }

    /// Throws ``CodecError/configuration(_:)`` unless the sizes describe a network.
    public func validate() throws(CodecError) {
        func require(_ holds: Bool, _ reason: String) throws(CodecError) {
            if !holds { throw .configuration(reason) }
        }
        try network.validate()
        try require((1...10_000_000).contains(sampleRate), "the sample rate must lie in 1…10000000 Hz")
        try require((1...1024).contains(codebookCount), "it needs 1 to 1024 codebooks")
        try require((1...1 << 20).contains(codebookSize), "a codebook needs 1 to 1048576 entries")
        try require((0..<1).contains(segmentOverlap), "segments must overlap by less than their length")
        let longest = 1 << 32
        let samples = (segmentDuration ?? 1) * Double(sampleRate)
        try require(samples >= 1 && samples <= Double(longest), "a segment must have 1 to \(longest) samples")
    }
}
