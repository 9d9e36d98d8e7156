public import Codec

/// What a training pass through a codec gives.
public struct CodecReconstruction {
    /// Decoded audio, `[B, 1, T]`, as long as the input or shorter.
    public let audio: Tensor
    /// The chosen codes.
    public let codes: Codes
    /// The quantiser's losses with the names under which they are logged (`vq/commitment_loss`), scalars.
    public let quantizerLosses: [(name: String, value: Tensor)]
}

/// A codec that can be trained: its forward pass keeps gradients and gives the quantiser's losses.
public protocol TrainableCodec: NeuralCodec {
    /// Codes and decodes audio `[B, 1, T]` with gradients.
    ///
    /// Throws ``CodecError`` when the shape is another or the audio too short.
    func trainingReconstruction(of audio: Tensor) throws(CodecError) -> CodecReconstruction
    /// Where the quantiser's random numbers come from in training; part of a run's state.
    var quantizerRandom: RandomSource { get set }
}

extension DAC: TrainableCodec {
    /// Codes and decodes with quantiser dropout in training.
    public func trainingReconstruction(of audio: Tensor) throws(CodecError) -> CodecReconstruction {
        let output = try reconstruct(audio)
        return CodecReconstruction(
            audio: output.audio,
            codes: output.quantized.codes,
            quantizerLosses: [
                ("vq/commitment_loss", output.quantized.commitmentLoss),
                ("vq/codebook_loss", output.quantized.codebookLoss),
            ]
        )
    }
    /// Decides quantiser dropout.
    public var quantizerRandom: RandomSource {
        get { quantizer.random }
        set { quantizer.random = newValue }
    }
}

extension TeluguCodec: TrainableCodec {
    /// Codes and decodes; codebooks move by running averages in training.
    public func trainingReconstruction(of audio: Tensor) throws(CodecError) -> CodecReconstruction {
        let output = try reconstruct(audio)
        return CodecReconstruction(
            audio: output.audio,
            codes: output.quantized.codes,
            quantizerLosses: [("vq/loss", output.quantized.loss)]
        )
    }
    /// Decides replacements of rows.
    public var quantizerRandom: RandomSource {
        get { quantizer.random }
        set { quantizer.random = newValue }
    }
}

extension EnCodec: TrainableCodec {
    /// Codes and decodes; codebooks move by running averages in training.
    public func trainingReconstruction(of audio: Tensor) throws(CodecError) -> CodecReconstruction {
        let output = try reconstruct(audio)
        return CodecReconstruction(
            audio: output.audio,
            codes: output.codes,
            quantizerLosses: [("vq/commitment_loss", output.commitmentLoss)]
        )
    }
    /// Decides first rows and replacements.
    public var quantizerRandom: RandomSource {
        get { quantizer.random }
        set { quantizer.random = newValue }
    }
}
