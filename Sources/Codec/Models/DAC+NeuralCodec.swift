extension DAC: NeuralCodec {
    /// Mono; several channels are coded as a batch.
    public var channels: Int { 1 }
    /// The number of entries of each codebook.
    public var codebookSize: Int { configuration.codebookSize }

    /// The codes of audio `[B, 1, T]`, padded to whole frames, in any mode without changing the model.
    ///
    /// Throws ``CodecError`` when the shape is another or the audio too short.
    public func codes(of audio: Tensor, codebooks: Int? = nil) throws(CodecError) -> Codes {
        try check(audio, codebooks: codebooks, shortest: 1)
        let padded = try preprocess(audio)
        guard padded.shape[2] >= shortestInput else {
            throw .tooShort(samples: audio.shape[2], needed: shortestInput)
        }
        // In training mode all stages run, and drawing how many count would move the generator.
        let active = quantizer.isTraining ? [Int](repeating: codebookCount, count: audio.shape[0]) : nil
        let codes = withoutGradients {
            quantizer.quantize(encoder(padded), codebooks: codebooks, activeStages: active).codes
        }
        return codes.firstStages(codebooks ?? codebookCount)
    }
}
