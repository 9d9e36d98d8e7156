/// A network that turns audio into codes and codes into audio.
public protocol NeuralCodec: Layer {
    /// Hz.
    var sampleRate: Int { get }
    /// Audio channels of one item.
    var channels: Int { get }
    /// Samples per frame of codes.
    var hopLength: Int { get }
    /// The number of codebooks.
    var codebookCount: Int { get }
    /// The number of entries of each codebook.
    var codebookSize: Int { get }
    /// Zeros to append to whole frames of audio so that each frame of ``hopLength`` samples gives one frame of codes; 0 by default.
    var trailingPadding: Int { get }

    /// The codes of audio `[B, channels, T]` with the first `codebooks` codebooks, or all. Has no side effect on the model.
    ///
    /// Throws ``CodecError`` when the shape is another or the audio too short.
    func codes(of audio: Tensor, codebooks: Int?) throws(CodecError) -> Codes

    /// Audio `[B, channels, T]` of codes, which may have fewer stages than the model.
    ///
    /// Its length is the decoder's, which may differ from the coded audio's by less than a frame.
    /// Throws ``CodecError`` when an index or the number of stages is out of range.
    func decode(_ codes: Codes) throws(CodecError) -> Tensor

    /// What the encoder makes of audio `[B, channels, T]`, before the quantiser: `[B, D, frames]`. Has no side effect on the model.
    ///
    /// Throws ``CodecError`` as ``codes(of:codebooks:)`` does.
    func latents(of audio: Tensor) throws(CodecError) -> Tensor

    /// Audio `[B, channels, T]` that the decoder makes of latents `[B, D, frames]` as they are, without the quantiser.
    ///
    /// Throws ``CodecError`` when there are too few frames.
    func decode(latents: Tensor) throws(CodecError) -> Tensor

    /// Audio coded with all codebooks and decoded, as the model is meant to be used: with its level, where that is sent beside the
    /// codes. The length is the decoder's. Has no side effect on the model.
    ///
    /// Throws ``CodecError`` as ``codes(of:codebooks:)`` does.
    func decodedAgain(_ audio: Tensor) throws(CodecError) -> Tensor
}

extension NeuralCodec {
    /// None.
    public var trailingPadding: Int { 0 }

    /// Codes and decodes.
    public func decodedAgain(_ audio: Tensor) throws(CodecError) -> Tensor {
        let codes = try codes(of: audio, codebooks: nil)
        return try decodingWithoutGradients { () throws(CodecError) in try decode(codes) }
    }

    /// ``withoutGradients(_:)`` with the codec's own error.
    func decodingWithoutGradients(_ body: () throws(CodecError) -> Tensor) throws(CodecError) -> Tensor {
        let result = withoutGradients { Result(catching: body) }
        return try result.get()
    }

    /// Frames per second.
    public var frameRate: Double { Double(sampleRate) / Double(hopLength) }

    /// Bits per second that `codebooks` codebooks, or all, need without entropy coding.
    public func bitRate(codebooks: Int? = nil) -> Double {
        let bits = Double(Int.bitWidth - max(0, codebookSize - 1).leadingZeroBitCount)
        return frameRate * bits * Double(min(codebooks ?? codebookCount, codebookCount))
    }

    /// Throws unless `audio` is `[B, channels, T]` with at least one item and `shortest` samples, and `codebooks` is not below 1.
    func check(_ audio: Tensor, codebooks: Int?, shortest: Int) throws(CodecError) {
        guard audio.rank == 3, audio.shape[0] > 0, audio.shape[1] == channels else {
            throw .audioShape(found: audio.shape, channels: channels)
        }
        guard audio.shape[2] >= shortest else { throw .tooShort(samples: audio.shape[2], needed: shortest) }
        if let codebooks, codebooks < 1 { throw .stages(found: codebooks, available: codebookCount) }
    }

    /// Throws unless `codes` are of this model's stages and codebook size, and not empty.
    func check(_ codes: Codes) throws(CodecError) {
        guard (1...codebookCount).contains(codes.stages) else {
            throw .stages(found: codes.stages, available: codebookCount)
        }
        guard codes.batch > 0, codes.frames > 0 else { throw .emptyCodes }
        if let index = codes.firstIndex(outside: codebookSize) {
            throw .index(Int(index), codebookSize: codebookSize)
        }
    }
}
