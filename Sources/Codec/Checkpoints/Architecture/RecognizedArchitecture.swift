/// What a model's tensors say it is: which architecture, with which sizes, and what does not fit.
public struct RecognizedArchitecture: Sendable {
    /// The architectures that are told apart.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case dac = "DAC"
        case encodec = "EnCodec"
        case telugu = "TeluguCodec"
        case dacDiscriminator = "DAC discriminator"
        case encodecDiscriminator = "EnCodec MS-STFT discriminator"
        case hifiGAN = "HiFi-GAN generator"
        case multiPeriodDiscriminator = "HiFi-GAN multi-period discriminator"
        case multiScaleDiscriminator = "HiFi-GAN multi-scale discriminator"
        case snac = "SNAC"
        case mimi = "Mimi"
        case unrecognized
    }

    /// One size or property, and where it was learnt.
    public struct Fact: Sendable {
        /// Name, as the model's own configuration spells it: `encoder_rates`, `n_codebooks`, …
        public let name: String
        /// Number, list of numbers, truth value or text.
        public let value: PickleValue
        /// "shape of encoder.block.0", "metadata", …
        public let source: String
    }

    /// A tensor whose shape is not what the architecture with these sizes has.
    public struct Mismatch: Hashable, Sendable {
        /// Name in the model.
        public let name: String
        /// Shape in the file.
        public let found: [Int]
        /// Shape in a model of the inferred sizes.
        public let expected: [Int]

        /// A difference.
        public init(name: String, found: [Int], expected: [Int]) {
            self.name = name
            self.found = found
            self.expected = expected
        }
    }

    /// Which architecture it is.
    public let kind: Kind
    /// Which of several variants, for people: "44.1 kHz, 8 kbit/s"; empty when unknown.
    public internal(set) var variant = ""
    /// Sizes and properties, the most telling first.
    public internal(set) var facts: [Fact] = []
    /// Names that a model of these sizes has and the file lacks; a normalised weight counts as `weight`.
    public internal(set) var missing: [String] = []
    /// Names in the file that such a model does not have.
    public internal(set) var unexpected: [String] = []
    /// Tensors of another shape.
    public internal(set) var mismatches: [Mismatch] = []
    /// Contradictions and assumptions, for people.
    public internal(set) var notes: [String] = []
    /// The architecture whose names are most like the file's, when none was recognised.
    public internal(set) var closest: Kind?

    init(kind: Kind) { self.kind = kind }

    /// Whether nothing is missing, unexpected or of another shape.
    public var isComplete: Bool { missing.isEmpty && unexpected.isEmpty && mismatches.isEmpty }

    /// The value of a fact.
    public func value(_ name: String) -> PickleValue? { facts.first { $0.name == name }?.value }

    /// "DAC (44.1 kHz, 8 kbit/s)", or what is closest.
    public var title: String {
        guard kind != .unrecognized else {
            return closest.map { "unrecognized; its names are closest to \($0.rawValue)" } ?? "unrecognized"
        }
        return variant.isEmpty ? kind.rawValue : "\(kind.rawValue) (\(variant))"
    }

    mutating func add(_ name: String, _ value: PickleValue, from source: String) {
        facts.append(Fact(name: name, value: value, source: source))
    }

    mutating func add(_ name: String, _ value: Int, from source: String) {
        add(name, .integer(Int64(value)), from: source)
    }

    mutating func add(_ name: String, _ values: [Int], from source: String) {
        add(name, .list(values.map { .integer(Int64($0)) }), from: source)
    }
}
