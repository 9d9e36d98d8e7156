/// Descript's audio codec (Kumar et al. 2023, arXiv:2306.06546): encoder, residual quantiser, decoder, with the `dac` package's
/// state-dict names and numbers.
///
/// Mono audio `[B, 1, T]`; several channels are coded as a batch. Codes have one frame per ``hopLength`` samples.
public final class DAC: Layer, NeuralCodec {
    /// The sizes.
    public let configuration: DACConfiguration
    /// `[B, 1, T]` to `[B, latent, frames]`.
    public let encoder: DACEncoder
    /// Latents to codes and back.
    public let quantizer: ResidualVectorQuantizer
    /// `[B, latent, frames]` to `[B, 1, T]`.
    public let decoder: DACDecoder

    /// What a pass through the whole model gives.
    public struct Output {
        /// The decoded audio, `[B, 1, T]`, not longer than the input.
        public let audio: Tensor
        /// The quantiser's part: z, codes, latents and losses.
        public let quantized: ResidualVectorQuantizer.Output
    }

    /// A model with random weights, drawn as the `dac` package does: PyTorch's defaults, with biases 0 in all convolutions but the
    /// transposed ones. (The package's own normal initialisation acts on folded weights, which the next step overwrites.)
    ///
    /// The sizes must be valid; see ``DACConfiguration/validate()``.
    public init(configuration: DACConfiguration, using random: inout some RandomNumberGenerator) {
        self.configuration = configuration
        encoder = DACEncoder(configuration: configuration, using: &random)
        quantizer = ResidualVectorQuantizer(
            inputDimension: configuration.resolvedLatentDimension,
            codebookSize: configuration.codebookSize,
            codebookDimensions: configuration.codebookDimensions,
            dropout: configuration.quantizerDropout,
            using: &random
        )
        decoder = DACDecoder(configuration: configuration, using: &random)
        super.init()
    }

    /// A model with these weights. Throws when the configuration is not usable or the weights do not fit it.
    public convenience init(configuration: DACConfiguration, weights: StateDictionary) throws {
        try configuration.validate()
        var unset = NoInitialValues()
        self.init(configuration: configuration, using: &unset)
        try load(weights)
    }

    public override var children: [(name: String, layer: Layer)] {
        [("encoder", encoder), ("quantizer", quantizer), ("decoder", decoder)]
    }

    /// Hz.
    public var sampleRate: Int { configuration.sampleRate }
    /// Samples per frame.
    public var hopLength: Int { configuration.hopLength }
    /// The number of codebooks.
    public var codebookCount: Int { configuration.codebookCount }
    /// The number of entries of each codebook.
    public var codebookSize: Int { configuration.codebookSize }
    /// 1: channels are coded one by one.
    public var channels: Int { 1 }

    /// Pads audio `[B, 1, T]` with zeros on the right to a multiple of ``hopLength``.
    ///
    /// Throws ``CodecError`` when the shape is another, the audio is empty, or `sampleRate` is given and not the model's.
    public func preprocess(_ audio: Tensor, sampleRate: Int? = nil) throws(CodecError) -> Tensor {
        if let sampleRate, sampleRate != self.sampleRate {
            throw .sampleRate(found: sampleRate, expected: self.sampleRate)
        }
        try checkShape(audio)
        let length = audio.shape[2]
        let missing = (length + hopLength - 1) / hopLength * hopLength - length
        return missing == 0 ? audio : audio.padded(left: 0, right: missing, mode: .zero)
    }

    /// Codes audio `[B, 1, T]` with the first `codebooks` codebooks, or all; ``preprocess(_:sampleRate:)`` it first.
    ///
    /// In training, item b uses the first `activeStages[b]` codebooks; they are drawn unless given. Throws ``CodecError`` when the shape is another or the audio too short for one frame.
    public func encode(
        _ audio: Tensor,
        codebooks: Int? = nil,
        activeStages: [Int]? = nil
    ) throws(CodecError) -> ResidualVectorQuantizer.Output {
        try checkShape(audio)
        if let codebooks, codebooks < 1 { throw .stages(found: codebooks, available: codebookCount) }
        let needed = shortestInput
        guard audio.shape[2] >= needed else { throw .tooShort(samples: audio.shape[2], needed: needed) }
        return quantizer.quantize(encoder(audio), codebooks: codebooks, activeStages: activeStages)
    }

    /// The codes of audio `[B, 1, T]` of any length, in evaluation and without gradients.
    ///
    /// Throws ``CodecError`` as ``encode(_:codebooks:)`` does.
    public func codes(of audio: Tensor, codebooks: Int? = nil) throws(CodecError) -> Codes {
        try coding(isPadded: usesPadding) { () throws(CodecError) in
            try encode(preprocess(audio), codebooks: codebooks).codes
        }
    }

    /// Audio `[B, 1, T]` of quantised latents `[B, latent, frames]`.
    public func decode(_ z: Tensor) -> Tensor { decoder(z) }

    /// Audio `[B, 1, T]` of codes, which may have fewer stages than the model.
    ///
    /// Throws ``CodecError`` when an index or the number of stages is out of range.
    public func decode(_ codes: Codes) throws(CodecError) -> Tensor {
        guard decodedLength(frames: codes.frames) != nil else { throw .tooFewFrames(codes.frames) }
        return decoder(try quantizer.decode(codes).z)
    }

    /// What the encoder makes of audio `[B, 1, T]`, padded to whole frames: `[B, latent, frames]`, without gradients.
    ///
    /// Throws ``CodecError`` as ``encode(_:codebooks:)`` does.
    public func latents(of audio: Tensor) throws(CodecError) -> Tensor {
        let padded = try preprocess(audio)
        let needed = shortestInput
        guard padded.shape[2] >= needed else { throw .tooShort(samples: padded.shape[2], needed: needed) }
        return withoutGradients { encoder(padded) }
    }

    /// Audio `[B, 1, T]` of latents `[B, latent, frames]` that were not quantised, without gradients.
    ///
    /// Throws ``CodecError`` when there are too few frames.
    public func decode(latents: Tensor) throws(CodecError) -> Tensor {
        guard decodedLength(frames: latents.shape[2]) != nil else { throw .tooFewFrames(latents.shape[2]) }
        return withoutGradients { decoder(latents) }
    }

    /// Pads, codes and decodes audio `[B, 1, T]`, and crops the result to T samples.
    ///
    /// In training, item b uses the first `activeStages[b]` codebooks; they are drawn unless given. Throws ``CodecError`` as ``preprocess(_:sampleRate:)`` does, or when the decoder needs more frames than the audio gives.
    public func reconstruct(
        _ audio: Tensor,
        sampleRate: Int? = nil,
        codebooks: Int? = nil,
        activeStages: [Int]? = nil
    ) throws(CodecError) -> Output {
        let quantized = try encode(
            preprocess(audio, sampleRate: sampleRate),
            codebooks: codebooks,
            activeStages: activeStages
        )
        let frames = quantized.z.shape[2]
        guard decodedLength(frames: frames) != nil else { throw .tooFewFrames(frames) }
        let decoded = decode(quantized.z)
        let length = audio.shape[2]
        let cropped = decoded.shape[2] > length ? decoded.sliced(dimension: 2, range: 0..<length) : decoded
        return Output(audio: cropped, quantized: quantized)
    }

    /// The audio of ``reconstruct(_:sampleRate:codebooks:)`` with all codebooks; a precondition where that throws.
    public override func forward(_ input: Tensor) -> Tensor {
        do {
            return try reconstruct(input).audio
        } catch {
            preconditionFailure("\(error)")
        }
    }

    private func checkShape(_ audio: Tensor) throws(CodecError) {
        guard audio.rank == 3, audio.shape[0] > 0, audio.shape[1] == 1 else {
            throw .audioShape(found: audio.shape, channels: 1)
        }
        guard audio.shape[2] > 0 else { throw .tooShort(samples: 0, needed: 1) }
    }
}
