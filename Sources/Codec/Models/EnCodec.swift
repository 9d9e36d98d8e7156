/// EnCodec (Défossez et al. 2022, arXiv:2210.13438): SEANet encoder, residual quantiser with running averages, SEANet decoder, with
/// encodec 0.1.1's state-dict names and numbers.
///
/// Audio is `[B, channels, T]` with any T from 1; codes have ⌈T/hop⌉ frames. A model with segments codes each segment on its own:
/// ``reconstruct(_:codebooks:)``, ``segments(of:codebooks:)`` and decoding segments do what encodec does;
/// ``codes(of:codebooks:)`` codes everything as one segment and does not transmit the level.
public final class EnCodec: Layer, NeuralCodec {
    /// What a pass through the whole model gives.
    public struct Output {
        /// The decoded audio, `[B, channels, T]`, as long as the input.
        public let audio: Tensor
        /// The quantiser's part of each segment in time; one entry for models without segments.
        public let segments: [EMAResidualVectorQuantizer.Output]

        /// The chosen rows, segment after segment.
        public var codes: Codes { .joined(segments.map(\.codes)) }
        /// The mean of the segments' commitment losses.
        public var commitmentLoss: Tensor {
            segments.dropFirst().reduce(segments[0].commitmentLoss) { $0 + $1.commitmentLoss }
                * (1 / Float(segments.count))
        }
    }

    /// The sizes.
    public let configuration: EnCodecConfiguration
    /// `[B, channels, T]` to `[B, dimension, frames]`.
    public let encoder: SEANetEncoder
    /// Latents to codes and back.
    public let quantizer: EMAResidualVectorQuantizer
    /// `[B, dimension, frames]` to `[B, channels, frames·hop]`.
    public let decoder: SEANetDecoder

    /// A model with random weights, drawn as PyTorch does. Its codebooks are zero until training begins, unless the quantiser's
    /// options say otherwise. The sizes must be valid; see ``EnCodecConfiguration/validate()``.
    public init(configuration: EnCodecConfiguration, using random: inout some RandomNumberGenerator) {
        self.configuration = configuration
        encoder = SEANetEncoder(configuration.network, using: &random)
        decoder = SEANetDecoder(configuration.network, using: &random)
        quantizer = EMAResidualVectorQuantizer(
            dimension: configuration.network.dimension,
            size: configuration.codebookSize,
            stages: configuration.codebookCount,
            options: configuration.quantizer,
            using: &random
        )
        super.init()
    }

    /// A model with these weights. Throws when the configuration is not usable or the weights do not fit it.
    public convenience init(configuration: EnCodecConfiguration, weights: StateDictionary) throws {
        try configuration.validate()
        var unset = NoInitialValues()
        self.init(configuration: configuration, using: &unset)
        try load(weights)
    }

    public override var children: [(name: String, layer: Layer)] {
        [("encoder", encoder), ("decoder", decoder), ("quantizer", quantizer)]
    }

    /// Hz.
    public var sampleRate: Int { configuration.sampleRate }
    /// Audio channels.
    public var channels: Int { configuration.network.channels }
    /// Samples per frame.
    public var hopLength: Int { configuration.hopLength }
    /// The number of codebooks.
    public var codebookCount: Int { configuration.codebookCount }
    /// Rows per codebook.
    public var codebookSize: Int { configuration.codebookSize }

    /// Codes and decodes; the input must be one ``reconstruct(_:codebooks:)`` takes.
    public override func forward(_ input: Tensor) -> Tensor {
        do { return try reconstruct(input).audio } catch { preconditionFailure("\(error)") }
    }

    /// Codes audio `[B, channels, T]` as one segment, with the first `codebooks` codebooks or all, without changing its level.
    ///
    /// Throws ``CodecError`` when the shape is another or the audio empty.
    public func encode(_ audio: Tensor, codebooks: Int? = nil) throws(CodecError)
        -> EMAResidualVectorQuantizer.Output
    {
        try check(audio, codebooks: codebooks, shortest: 1)
        return quantizer.quantize(encoder(audio), codebooks: codebooks)
    }

    /// The codes of audio `[B, channels, T]` with the first `codebooks` codebooks, or all, in any mode without changing the model.
    ///
    /// Throws ``CodecError`` when the shape is another or the audio too short.
    public func codes(of audio: Tensor, codebooks: Int? = nil) throws(CodecError) -> Codes {
        try check(audio, codebooks: codebooks, shortest: 1)
        return withoutGradients { quantizer.encode(encoder(levelled(audio).audio), codebooks: codebooks) }
    }

    /// Audio `[B, channels, T]` of codes, which may have fewer stages than the model; as long as the decoder makes it.
    ///
    /// Throws ``CodecError`` when an index or the number of stages is out of range.
    public func decode(_ codes: Codes) throws(CodecError) -> Tensor {
        try check(codes)
        return decoder(quantizer.decode(codes))
    }

    /// What the encoder makes of audio `[B, channels, T]` at the level it codes, as one segment: `[B, D, frames]`, without gradients.
    ///
    /// Throws ``CodecError`` when the shape is another or the audio empty.
    public func latents(of audio: Tensor) throws(CodecError) -> Tensor {
        try check(audio, codebooks: nil, shortest: 1)
        return withoutGradients { encoder(levelled(audio).audio) }
    }

    /// Audio `[B, channels, T]` of latents `[B, D, frames]` that were not quantised, without gradients; at the level that was coded.
    ///
    /// Throws ``CodecError`` when there is no frame.
    public func decode(latents: Tensor) throws(CodecError) -> Tensor {
        guard latents.shape[2] > 0 else { throw .tooFewFrames(0) }
        return withoutGradients { decoder(latents) }
    }

    /// Codes and decodes audio `[B, channels, T]` with its level and segment by segment, where the model has them, without gradients.
    ///
    /// Throws ``CodecError`` when the shape is another or the audio empty.
    public func decodedAgain(_ audio: Tensor) throws(CodecError) -> Tensor {
        let segments = try segments(of: audio)
        return try decodingWithoutGradients { () throws(CodecError) in try decode(segments) }
    }

    /// Codes and decodes audio `[B, channels, T]`, segment by segment where the model has segments, and crops the result to T.
    ///
    /// Throws ``CodecError`` when the shape is another or the audio empty.
    public func reconstruct(_ audio: Tensor, codebooks: Int? = nil) throws(CodecError) -> Output {
        try check(audio, codebooks: codebooks, shortest: 1)
        let length = audio.shape[2]
        var outputs: [EMAResidualVectorQuantizer.Output] = []
        var decoded: [Tensor] = []
        for range in segmentRanges(length: length) {
            let (level, scale) = levelled(audio.sliced(dimension: 2, range: range))
            let output = quantizer.quantize(encoder(level), codebooks: codebooks)
            let part = decoder(output.quantized)
            outputs.append(output)
            decoded.append(scale.map { part * $0 } ?? part)
        }
        return Output(audio: joined(decoded).sliced(dimension: 2, range: 0..<length), segments: outputs)
    }

    /// Where segments lie in a signal of `length` samples.
    func segmentRanges(length: Int) -> [Range<Int>] {
        guard let segment = configuration.segment else { return [0..<length] }
        return stride(from: 0, to: length, by: segment.stride).map { $0..<min(length, $0 + segment.length) }
    }

    /// Audio divided by the RMS of its mono mix plus 1e-8, and that number `[B, 1, 1]`, where the model does so.
    func levelled(_ audio: Tensor) -> (audio: Tensor, scale: Tensor?) {
        guard configuration.normalizesLevel else { return (audio, nil) }
        let mono = audio.mean(dimensions: [1], keepingDimensions: true)
        let scale = mono.squared().mean(dimensions: [2], keepingDimensions: true).squareRoot() + 1e-8
        return (audio / scale, scale)
    }

    /// Decoded segments as one signal.
    func joined(_ parts: [Tensor]) -> Tensor {
        guard let stride = configuration.segment?.stride, parts.count > 1 else { return parts[0] }
        return OverlapAdd.join(parts, stride: stride)
    }
}
