extension EnCodec {
    /// The model in an open checkpoint, with encodec's or Hugging Face's names; sizes come from the tensors' shapes.
    ///
    /// `sampleRate` in Hz is needed only when neither the file nor its sizes tell it. Throws ``CheckpointError``, ``CodecError`` or
    /// ``StateDictionaryError``, each with a sentence on what is wrong.
    public convenience init(checkpoint: Checkpoint, sampleRate: Int? = nil) throws {
        let recognized = try RecognizedModel(checkpoint, as: .encodec, sampleRate: sampleRate)
        var configuration = EnCodecConfiguration()
        configuration.network.channels = try recognized.integer("channels")
        configuration.network.filters = try recognized.integer("n_filters")
        configuration.network.ratios = try recognized.integers("ratios")
        configuration.network.dimension = try recognized.integer("dimension")
        configuration.network.residualLayers = try recognized.integer("n_residual_layers")
        configuration.network.recurrentLayers = try recognized.integer("lstm")
        configuration.network.usesTrueSkip = recognized.value("true_skip")?.boolean ?? false
        configuration.network.normalization =
            recognized.value("norm")?.text.flatMap(SEANetNormalization.init) ?? .weight
        configuration.codebookCount = try recognized.integer("n_q")
        configuration.codebookSize = try recognized.integer("bins")
        configuration.sampleRate = recognized.sampleRate
        let isSegmented = configuration.network.normalization == .timeGroup
        configuration.network.isCausal = checkpoint.configuration?["use_causal_conv"]?.boolean ?? !isSegmented
        configuration.normalizesLevel = checkpoint.configuration?["normalize"]?.boolean ?? isSegmented
        configuration.segmentDuration = isSegmented ? 1 : nil
        try self.init(configuration: configuration, weights: recognized.weights)
    }
}

extension TeluguCodec {
    /// The origin's model in an open checkpoint; sizes come from the tensors' shapes.
    ///
    /// Throws ``CheckpointError``, ``CodecError`` or ``StateDictionaryError``, each with a sentence on what is wrong.
    public convenience init(checkpoint: Checkpoint, sampleRate: Int? = nil) throws {
        let recognized = try RecognizedModel(checkpoint, as: .telugu, sampleRate: sampleRate)
        var configuration = TeluguCodecConfiguration()
        configuration.width = try recognized.integer("width")
        configuration.latentDimension = try recognized.integer("hidden_dim")
        configuration.codebookSize = try recognized.integer("codebook_size")
        configuration.codebookCount = try recognized.integer("n_codebooks")
        configuration.sampleRate = recognized.sampleRate
        let dimension = try recognized.integer("codebook_dim")
        if dimension != configuration.latentDimension { configuration.quantizer.projectionDimension = dimension }
        try self.init(configuration: configuration, weights: recognized.weights)
    }
}

/// A checkpoint's model, recognised as the wanted architecture, with its sizes.
private struct RecognizedModel {
    let architecture: RecognizedArchitecture
    let weights: StateDictionary
    let sampleRate: Int

    init(_ checkpoint: Checkpoint, as kind: RecognizedArchitecture.Kind, sampleRate: Int?) throws {
        let model = try checkpoint.model.nativelyNamed
        architecture = ArchitectureRecognizer.recognize(model, hints: checkpoint.hints)
        guard architecture.kind == kind else { throw CodecError.architecture(architecture.title) }
        guard let rate = sampleRate ?? architecture.value("sample_rate")?.integer else {
            throw CodecError.unknownSampleRate
        }
        self.sampleRate = rate
        weights = try model.stateDictionary()
    }

    func value(_ name: String) -> PickleValue? { architecture.value(name) }

    func integer(_ name: String) throws(CodecError) -> Int {
        guard let value = value(name)?.integer else { throw .configuration("\(name) cannot be told from the tensors") }
        return value
    }

    func integers(_ name: String) throws(CodecError) -> [Int] {
        guard let value = value(name)?.integers else { throw .configuration("\(name) cannot be told from the tensors") }
        return value
    }
}
