extension DACConfiguration {
    /// The configuration of arguments under the `dac` package's names (`encoder_dim`, `encoder_rates`, …), as its checkpoints keep them.
    ///
    /// `argument` gives the value of a name; what is missing or `None` has the package's default.
    /// Throws ``CodecError/configuration(_:)`` when a value is of the wrong kind or the sizes are not usable.
    public init(arguments argument: (String) -> PickleValue?) throws(CodecError) {
        func value<Value>(
            _ name: String,
            _ convert: (PickleValue) -> Value?
        ) throws(CodecError) -> Value? {
            guard let stored = argument(name), !stored.isNone else { return nil }
            guard let converted = convert(stored) else { throw .configuration("\(name) is \(stored)") }
            return converted
        }
        self.init(
            encoderDimension: try value("encoder_dim", \.integer) ?? 64,
            encoderRates: try value("encoder_rates", \.integers) ?? [2, 4, 8, 8],
            latentDimension: try value("latent_dim", \.integer),
            decoderDimension: try value("decoder_dim", \.integer) ?? 1536,
            decoderRates: try value("decoder_rates", \.integers) ?? [8, 8, 4, 2],
            codebookDimensions: [],
            codebookSize: try value("codebook_size", \.integer) ?? 1024,
            quantizerDropout: Float(try value("quantizer_dropout") { $0.real ?? $0.integer.map(Double.init) } ?? 0),
            sampleRate: try value("sample_rate", \.integer) ?? 44_100
        )
        let count = try value("n_codebooks", \.integer) ?? 9
        guard (1...1024).contains(count) else { throw .configuration("n_codebooks is \(count)") }
        if let dimensions = try value("codebook_dim", { $0.integers ?? $0.integer.map { [$0] } }) {
            guard dimensions.count == 1 || dimensions.count >= count else {
                throw .configuration("codebook_dim has \(dimensions.count) entries for \(count) codebooks")
            }
            codebookDimensions =
                dimensions.count == 1 ? [Int](repeating: dimensions[0], count: count) : Array(dimensions.prefix(count))
        } else {
            codebookDimensions = [Int](repeating: 8, count: count)
        }
        try validate()
    }
}

extension DAC {
    /// The model in a checkpoint file: a `.pth` of the `dac` package, a training checkpoint, or safetensors with the package's or
    /// Hugging Face's names.
    ///
    /// Sizes come from the tensors' shapes. `sampleRate` in Hz is needed only when neither the file nor its sizes tell it.
    /// Throws ``CheckpointError``, ``CodecError`` or ``StateDictionaryError``, each with a sentence on what is wrong.
    public convenience init(
        checkpoint path: String,
        sampleRate: Int? = nil,
        compensatesOddStrides: Bool = false
    ) throws {
        try self.init(
            checkpoint: Checkpoint.open(path),
            sampleRate: sampleRate,
            compensatesOddStrides: compensatesOddStrides
        )
    }

    /// The model in an open checkpoint, with the same options and errors as from a file.
    public convenience init(
        checkpoint: Checkpoint,
        sampleRate: Int? = nil,
        compensatesOddStrides: Bool = false
    ) throws {
        let model = try checkpoint.model.nativelyNamed
        let architecture = ArchitectureRecognizer.recognize(model, hints: checkpoint.hints)
        guard architecture.kind == .dac else { throw CodecError.architecture(architecture.title) }
        guard sampleRate != nil || architecture.value("sample_rate") != nil else { throw CodecError.unknownSampleRate }
        var configuration = try DACConfiguration(arguments: architecture.value)
        if let sampleRate { configuration.sampleRate = sampleRate }
        configuration.compensatesOddStrides = compensatesOddStrides
        var unset = NoInitialValues()
        self.init(configuration: configuration, using: &unset)
        try fill { try model[$0]?.tensor() }
    }
}
