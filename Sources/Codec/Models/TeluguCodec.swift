/// The 16 kHz speech codec of the run that codec-doctor began with (origin-system.md, section 3).
///
/// Convolutions of strides 2, 2, 2, 2, 5 with a residual block after each but the last; ``OriginQuantizer``; the mirror image; tanh.
/// One frame is 80 samples, but the stride of 5 has a window of 10 and pads 2: T samples give ⌊(⌊T/16⌋ − 6)/5⌋ + 1 frames, one second
/// 199 and not 200, and the decoder makes 16·(5L − 1) samples of L frames. What is missing at the end is filled with zeros.
///
/// The original was never published. Names in state dictionaries are those of nested PyTorch modules: `encoder.0.weight_v`,
/// `encoder.2.conv1.weight`, `quantizer.quantizers.0.codebook`, `decoder.9.weight_g`, `decoder.10.weight`, ….
public final class TeluguCodec: Layer, NeuralCodec {
    /// What a call returns.
    public struct Output {
        /// Decoded audio, `[B, 1, T]`, as long as the input.
        public let audio: Tensor
        /// What the encoder made, `[B, D, L]`.
        public let latents: Tensor
        /// The quantiser's part: what the decoder got, codes and losses.
        public let quantized: OriginQuantizer.Output
    }

    /// Shape and options.
    public let configuration: TeluguCodecConfiguration
    /// Audio `[B, 1, T]` to latents `[B, D, L]`.
    public let encoder: Sequential
    /// Latents to codes.
    public let quantizer: OriginQuantizer
    /// Latents `[B, D, L]` to audio `[B, 1, 16·(5L − 1)]`.
    public let decoder: Sequential

    /// A codec with random weights, drawn as PyTorch does. The sizes must be valid; see ``TeluguCodecConfiguration/validate()``.
    public init(configuration: TeluguCodecConfiguration, using random: inout some RandomNumberGenerator) {
        self.configuration = configuration
        encoder = configuration.encoder(using: &random)
        quantizer = OriginQuantizer(
            dimension: configuration.latentDimension,
            size: configuration.codebookSize,
            stages: configuration.codebookCount,
            options: configuration.quantizer,
            using: &random
        )
        decoder = configuration.decoder(using: &random)
        super.init()
    }

    public override var children: [(name: String, layer: Layer)] {
        [("encoder", encoder), ("quantizer", quantizer), ("decoder", decoder)]
    }

    /// A model with these weights. Throws when the configuration is not usable or the weights do not fit it.
    public convenience init(configuration: TeluguCodecConfiguration, weights: StateDictionary) throws {
        try configuration.validate()
        var unset = NoInitialValues()
        self.init(configuration: configuration, using: &unset)
        try load(weights)
    }

    /// Hz.
    public var sampleRate: Int { configuration.sampleRate }
    /// Mono.
    public var channels: Int { 1 }
    /// Samples per frame.
    public var hopLength: Int { configuration.hopLength }
    /// The number of codebooks.
    public var codebookCount: Int { configuration.codebookCount }
    /// Rows per codebook.
    public var codebookSize: Int { configuration.codebookSize }
    /// What the stride of 5 looks beyond its last frame: 80·L + 16 samples give L frames.
    public var trailingPadding: Int { 16 }
    /// The fewest samples that give a frame.
    public var shortestInput: Int { 96 }

    /// Codes and decodes; the input must be one ``reconstruct(_:codebooks:)`` takes.
    public override func forward(_ input: Tensor) -> Tensor {
        do { return try reconstruct(input).audio } catch { preconditionFailure("\(error)") }
    }

    /// Encodes, quantises and decodes audio `[B, 1, T]`.
    ///
    /// Throws ``CodecError`` when the shape is another or there are fewer samples than ``shortestInput``.
    public func reconstruct(_ audio: Tensor, codebooks: Int? = nil) throws(CodecError) -> Output {
        try check(audio, codebooks: codebooks, shortest: shortestInput)
        let latents = encoder(audio)
        let quantized = quantizer.quantize(latents, codebooks: codebooks)
        return Output(
            audio: fitted(decoder(quantized.quantized), to: audio.shape[2]),
            latents: latents,
            quantized: quantized
        )
    }

    /// The codes of audio `[B, channels, T]` with the first `codebooks` codebooks, or all, in any mode without changing the model.
    ///
    /// Throws ``CodecError`` when the shape is another or the audio too short.
    public func codes(of audio: Tensor, codebooks: Int? = nil) throws(CodecError) -> Codes {
        try check(audio, codebooks: codebooks, shortest: shortestInput)
        return withoutGradients { quantizer.encode(encoder(audio), codebooks: codebooks) }
    }

    /// Audio `[B, channels, T]` of codes, which may have fewer stages than the model; as long as the decoder makes it.
    ///
    /// Throws ``CodecError`` when an index or the number of stages is out of range.
    public func decode(_ codes: Codes) throws(CodecError) -> Tensor {
        try check(codes)
        return decoder(quantizer.decode(codes))
    }

    /// What the encoder makes of audio `[B, 1, T]`: `[B, D, frames]`, without gradients.
    ///
    /// Throws ``CodecError`` when the shape is another or the audio too short.
    public func latents(of audio: Tensor) throws(CodecError) -> Tensor {
        try check(audio, codebooks: nil, shortest: shortestInput)
        return withoutGradients { encoder(audio) }
    }

    /// Audio `[B, 1, T]` of latents `[B, D, frames]` that were not quantised, without gradients.
    ///
    /// Throws ``CodecError`` when there is no frame.
    public func decode(latents: Tensor) throws(CodecError) -> Tensor {
        guard latents.shape[2] > 0 else { throw .tooFewFrames(0) }
        return withoutGradients { decoder(latents) }
    }

    /// Cropped or filled with zeros on the right.
    private func fitted(_ audio: Tensor, to length: Int) -> Tensor {
        let own = audio.shape[2]
        if own == length { return audio }
        return own > length
            ? audio.sliced(dimension: 2, range: 0..<length)
            : audio.padded(left: 0, right: length - own, mode: .zero)
    }
}
