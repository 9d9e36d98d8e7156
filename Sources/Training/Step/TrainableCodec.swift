public import Codec

/// What a training pass through a codec gives.
public struct CodecReconstruction {
    /// Decoded audio, `[B, 1, T]`, as long as the input or shorter.
    public let audio: Tensor
    /// The chosen codes.
    public let codes: Codes
    /// The quantiser's losses with the names under which they are logged (`vq/commitment_loss`), scalars.
    public let quantizerLosses: [(name: String, value: Tensor)]

    /// What a codec of your own gives.
    public init(audio: Tensor, codes: Codes, quantizerLosses: [(name: String, value: Tensor)]) {
        self.audio = audio
        self.codes = codes
        self.quantizerLosses = quantizerLosses
    }
}

/// A codec that can be trained: its forward pass keeps gradients and gives the quantiser's losses.
public protocol TrainableCodec: NeuralCodec {
    /// Codes and decodes audio `[B, 1, T]` with gradients.
    ///
    /// Throws ``CodecError`` when the shape is another or the audio too short.
    func trainingReconstruction(of audio: Tensor) throws(CodecError) -> CodecReconstruction
    /// The same, with the number of codebooks that each item uses where the quantiser would draw them (DAC's dropout); other codecs
    /// have nothing to draw and ignore it.
    func trainingReconstruction(of audio: Tensor, activeStages: [Int]?) throws(CodecError) -> CodecReconstruction
    /// Where the quantiser's random numbers come from in training; part of a run's state.
    var quantizerRandom: RandomSource { get set }
}

extension TrainableCodec {
    /// All codebooks for every item.
    public func trainingReconstruction(
        of audio: Tensor,
        activeStages: [Int]?
    ) throws(CodecError) -> CodecReconstruction {
        try trainingReconstruction(of: audio)
    }
}

extension DAC: TrainableCodec {
    /// Codes and decodes with quantiser dropout in training.
    public func trainingReconstruction(of audio: Tensor) throws(CodecError) -> CodecReconstruction {
        try trainingReconstruction(of: audio, activeStages: nil)
    }
    /// Codes and decodes; in training, item b uses the first `activeStages[b]` codebooks.
    public func trainingReconstruction(
        of audio: Tensor,
        activeStages: [Int]?
    ) throws(CodecError) -> CodecReconstruction {
        let output = try reconstruct(audio, activeStages: activeStages)
        return CodecReconstruction(
            audio: output.audio,
            codes: output.quantized.codes,
            quantizerLosses: [
                (MeasurementNames.commitmentLoss, output.quantized.commitmentLoss),
                (MeasurementNames.codebookLoss, output.quantized.codebookLoss),
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
            quantizerLosses: [(MeasurementNames.quantizerLoss, output.quantized.loss)]
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
            quantizerLosses: [(MeasurementNames.commitmentLoss, output.commitmentLoss)]
        )
    }
    /// Decides first rows and replacements.
    public var quantizerRandom: RandomSource {
        get { quantizer.random }
        set { quantizer.random = newValue }
    }
}
