/// The sizes of a DAC model, with the names and defaults of the `dac` package's constructor.
public struct DACConfiguration: Sendable, Equatable, Hashable, Codable {
    /// Channels after the first convolution; each encoder stage doubles them.
    public var encoderDimension: Int
    /// Strides of the encoder's stages; their product is the hop length.
    public var encoderRates: [Int]
    /// Channels between encoder and decoder; `nil` for `encoderDimension` · 2^stages.
    public var latentDimension: Int?
    /// Channels after the decoder's first convolution; each stage halves them.
    public var decoderDimension: Int
    /// Strides of the decoder's stages.
    public var decoderRates: [Int]
    /// Entries of each codebook.
    public var codebookSize: Int
    /// Dimensions of each codebook; one entry per stage.
    public var codebookDimensions: [Int]
    /// The share of a training batch that uses a random number of codebooks, 0…1.
    public var quantizerDropout: Float
    /// Hz.
    public var sampleRate: Int
    /// Gives the decoder's odd strides an output padding of 1, so that it returns `hopLength` samples per frame.
    /// The released weights are trained without it: each stride of 5 then loses a sample, in front of the later strides.
    public var compensatesOddStrides: Bool

    /// A configuration; the defaults are those of the `dac` package.
    public init(
        encoderDimension: Int = 64,
        encoderRates: [Int] = [2, 4, 8, 8],
        latentDimension: Int? = nil,
        decoderDimension: Int = 1536,
        decoderRates: [Int] = [8, 8, 4, 2],
        codebookDimensions: [Int],
        codebookSize: Int = 1024,
        quantizerDropout: Float = 0,
        sampleRate: Int = 44_100,
        compensatesOddStrides: Bool = false
    ) {
        self.encoderDimension = encoderDimension
        self.encoderRates = encoderRates
        self.latentDimension = latentDimension
        self.decoderDimension = decoderDimension
        self.decoderRates = decoderRates
        self.codebookSize = codebookSize
        self.codebookDimensions = codebookDimensions
        self.quantizerDropout = quantizerDropout
        self.sampleRate = sampleRate
        self.compensatesOddStrides = compensatesOddStrides
    }

    /// A configuration whose codebooks all have the same dimension.
    public init(
        encoderDimension: Int = 64,
        encoderRates: [Int] = [2, 4, 8, 8],
        latentDimension: Int? = nil,
        decoderDimension: Int = 1536,
        decoderRates: [Int] = [8, 8, 4, 2],
        codebookCount: Int = 9,
        codebookSize: Int = 1024,
        codebookDimension: Int = 8,
        quantizerDropout: Float = 0,
        sampleRate: Int = 44_100,
        compensatesOddStrides: Bool = false
    ) {
        self.init(
            encoderDimension: encoderDimension,
            encoderRates: encoderRates,
            latentDimension: latentDimension,
            decoderDimension: decoderDimension,
            decoderRates: decoderRates,
            codebookDimensions: [Int](repeating: codebookDimension, count: max(0, codebookCount)),
            codebookSize: codebookSize,
            quantizerDropout: quantizerDropout,
            sampleRate: sampleRate,
            compensatesOddStrides: compensatesOddStrides
        )
    }

    /// The released 44.1 kHz model, 8 kbit/s.
    public static let dac44kHz = DACConfiguration(quantizerDropout: 0.5)
    /// The released 44.1 kHz model of 16 kbit/s, with a latent of 128 channels.
    public static let dac44kHz16kbps = DACConfiguration(latentDimension: 128, codebookCount: 18, quantizerDropout: 0.5)
    /// The released 24 kHz model, 24 kbit/s.
    public static let dac24kHz = DACConfiguration(
        encoderRates: [2, 4, 5, 8],
        decoderRates: [8, 5, 4, 2],
        codebookCount: 32,
        quantizerDropout: 0.5,
        sampleRate: 24_000
    )
    /// The released 16 kHz model, 6 kbit/s.
    public static let dac16kHz = DACConfiguration(
        encoderRates: [2, 4, 5, 8],
        decoderRates: [8, 5, 4, 2],
        codebookCount: 12,
        quantizerDropout: 0.5,
        sampleRate: 16_000
    )
    /// A model of about fifty thousand parameters, for tests and for trying things out.
    public static let tiny = DACConfiguration(
        encoderDimension: 8,
        encoderRates: [2, 4],
        decoderDimension: 32,
        decoderRates: [4, 2],
        codebookCount: 4,
        codebookSize: 64,
        codebookDimension: 4,
        quantizerDropout: 0.5,
        sampleRate: 16_000
    )

    /// The number of codebooks.
    public var codebookCount: Int { codebookDimensions.count }
    /// Samples per frame.
    public var hopLength: Int { encoderRates.reduce(1, *) }
    /// Channels between encoder and decoder, computed when not given.
    public var resolvedLatentDimension: Int { latentDimension ?? encoderDimension << encoderRates.count }

    /// Throws ``CodecError/configuration(_:)`` unless the sizes describe a network of at most 2³² parameters.
    public func validate() throws(CodecError) {
        func require(_ holds: Bool, _ reason: String) throws(CodecError) {
            if !holds { throw .configuration(reason) }
        }
        let sizes = [encoderDimension, decoderDimension, latentDimension ?? 1, codebookSize] + codebookDimensions
        try require(sizes.allSatisfy { (1...1 << 20).contains($0) }, "dimensions must lie in 1…1048576")
        try require((1...16).contains(encoderRates.count), "it needs 1 to 16 encoder rates")
        try require((1...16).contains(decoderRates.count), "it needs 1 to 16 decoder rates")
        let rates = encoderRates + decoderRates
        try require(rates.allSatisfy { (1...1024).contains($0) }, "rates must lie in 1…1024")
        try require(hopLength(of: encoderRates) <= 1 << 24, "the product of the encoder's rates is over 2²⁴")
        try require(hopLength(of: decoderRates) <= 1 << 24, "the product of the decoder's rates is over 2²⁴")
        try require(encoderDimension << encoderRates.count <= 1 << 24, "the encoder has over 2²⁴ channels")
        try require((1...1024).contains(codebookCount), "it needs 1 to 1024 codebooks")
        try require(
            decoderDimension >> decoderRates.count >= 1,
            "\(decoderDimension) decoder channels cannot be halved \(decoderRates.count) times"
        )
        try require((0...1).contains(quantizerDropout), "the quantiser dropout must lie in 0…1")
        try require((1...10_000_000).contains(sampleRate), "the sample rate must lie in 1…10000000 Hz")
        try require(parameterCount <= 1 << 32, "it has \(parameterCount) parameters, over 2³²")
    }

    /// The number of values in the model's parameters, with weight norm's norms and directions both counted as stored.
    public var parameterCount: Int {
        func convolution(_ inputs: Int, _ outputs: Int, _ kernel: Int) -> Int { outputs * (inputs * kernel + 2) }
        func unit(_ channels: Int) -> Int {
            2 * channels + convolution(channels, channels, 7) + convolution(channels, channels, 1)
        }
        let latent = resolvedLatentDimension
        var (count, channels) = (convolution(1, encoderDimension, 7), encoderDimension)
        for rate in encoderRates {
            count += 3 * unit(channels) + channels + convolution(channels, 2 * channels, 2 * rate)
            channels *= 2
        }
        count += channels + convolution(channels, latent, 3)
        for dimension in codebookDimensions {
            count += convolution(latent, dimension, 1) + convolution(dimension, latent, 1) + codebookSize * dimension
        }
        count += convolution(latent, decoderDimension, 7)
        channels = decoderDimension
        for (stage, rate) in decoderRates.enumerated() {
            let outputs = decoderDimension >> (stage + 1)
            // A transposed convolution has one norm per input channel.
            count += channels + channels * (outputs * 2 * rate + 1) + outputs + 3 * unit(outputs)
            channels = outputs
        }
        return count + channels + convolution(channels, 1, 7)
    }

    private func hopLength(of rates: [Int]) -> Int { rates.reduce(1) { min(1 << 32, $0 * $1) } }
}
