/// Tells from names and shapes which architecture a model is.
public enum ArchitectureRecognizer {
    /// What else is known about a model, to name what shapes can not tell.
    public struct Hints: Sendable {
        /// The arguments the model was made with, as DAC's checkpoints keep them; nil without.
        public let arguments: PickleValue?
        /// Hugging Face's `config.json`; nil without.
        public let configuration: PickleValue?

        /// Nothing else is known.
        public init() { self.init(arguments: nil, configuration: nil) }

        /// From a checkpoint's metadata and the file beside it.
        public init(arguments: PickleValue?, configuration: PickleValue?) {
            self.arguments = arguments
            self.configuration = configuration
        }
    }

    /// Each looks for one architecture. Add a line here and a file beside this one to recognise another.
    private static let recognizers: [@Sendable (ModelShapes, Hints) -> RecognizedArchitecture?] = [
        SNACShape.recognize, DACShape.recognize, MimiShape.recognize, EnCodecShape.recognize, TeluguShape.recognize,
        DACDiscriminatorShape.recognize, EnCodecDiscriminatorShape.recognize, HiFiGANShape.recognize,
        HiFiGANDiscriminatorShape.recognize,
    ]

    /// Recognises one group of tensors of a checkpoint, whoever named them.
    public static func recognize(_ group: CheckpointGroup, hints: Hints = Hints()) -> RecognizedArchitecture {
        recognize(group.nativelyNamed.tensors.map { ($0.name, $0.tensor.shape) }, hints: hints)
    }

    /// Recognises a model from its authors' names and its shapes.
    public static func recognize(
        _ tensors: [(name: String, shape: [Int])],
        hints: Hints = Hints()
    ) -> RecognizedArchitecture {
        let shapes = ModelShapes(tensors)
        for recognizer in recognizers {
            if let found = recognizer(shapes, hints) { return found }
        }
        var result = RecognizedArchitecture(kind: .unrecognized)
        result.closest = ArchitectureResemblance.closest(to: tensors.map(\.name))
        return result
    }
}

extension Checkpoint {
    /// What the model in the file (`model`) is; unrecognised when the file has no tensors.
    public var architecture: RecognizedArchitecture {
        guard let model = try? model else { return RecognizedArchitecture(kind: .unrecognized) }
        return ArchitectureRecognizer.recognize(model, hints: hints)
    }

    /// The arguments in the metadata (`metadata.kwargs` in DAC's files; in safetensors, whose metadata are texts, as JSON) and the
    /// configuration beside the file.
    public var hints: ArchitectureRecognizer.Hints {
        let arguments =
            metadata["metadata"]?["kwargs"] ?? metadata["kwargs"] ?? metadata["config"] ?? metadata["hparams"]
        let json = arguments?.text.flatMap { try? JSONReader.value(of: $0) }
        return ArchitectureRecognizer.Hints(arguments: json ?? arguments, configuration: configuration)
    }
}
