/// Where a fact about a run comes from.
public enum FactOrigin: String, Hashable, Sendable, Codable, CaseIterable {
    /// Given by the user: a flag or the configuration file.
    case given
    /// Read from the log.
    case log
    /// Worked out from the numbers; the evidence says how.
    case inferred
}

/// A fact about a run, with where it comes from.
public struct Fact: Hashable, Sendable, Codable {
    /// Which fact.
    public var key: FactKey
    /// Its value as text; numbers in Swift's shortest form.
    public var value: String
    /// Where it comes from.
    public var origin: FactOrigin
    /// The line, the flag or the numbers it rests on, as a sentence.
    public var evidence: String

    /// Creates a fact.
    public init(_ key: FactKey, _ value: String, _ origin: FactOrigin, evidence: String) {
        self.key = key
        self.value = value
        self.origin = origin
        self.evidence = evidence
    }
}

/// The facts rules may ask for. The raw value is the spelling in flags, configuration file, store and report.
public enum FactKey: String, Hashable, Sendable, Codable, CaseIterable {
    /// `LossFamily` spelling.
    case lossFamily = "loss-family"
    /// `LossReduction` spelling: how sub-discriminators are combined.
    case reduction
    /// Number of sub-discriminators.
    case subDiscriminators = "sub-discriminators"
    /// `true` when D's loss is multiplied by ½.
    case halvedDiscriminatorLoss = "halved-discriminator-loss"
    /// `weighted` or `raw`: how the terms of the objective are logged.
    case loggedTerms = "logged-terms"
    /// Weight of the adversarial term.
    case adversarialWeight = "adversarial-weight"
    /// Weight of feature matching.
    case featureMatchingWeight = "feature-matching-weight"
    /// Weight of the reconstruction term.
    case reconstructionWeight = "reconstruction-weight"
    /// Weight of the quantiser loss.
    case vqWeight = "vq-weight"
    /// Weight of the mel term where it is separate.
    case melWeight = "mel-weight"
    /// Weight of the spectrogram term where it is separate.
    case stftWeight = "stft-weight"
    /// Weight of the waveform term where it is separate.
    case waveformWeight = "waveform-weight"
    /// Weight of the KL term.
    case klWeight = "kl-weight"
    /// Weight of the commitment term where it is separate.
    case commitmentWeight = "commitment-weight"
    /// Weight of the codebook term where it is separate.
    case codebookWeight = "codebook-weight"
    /// Generator's learning rate at the start.
    case learningRate = "learning-rate"
    /// Discriminator's learning rate at the start.
    case discriminatorLearningRate = "discriminator-learning-rate"
    /// Planned number of epochs.
    case plannedEpochs = "planned-epochs"
    /// Planned number of steps.
    case plannedSteps = "planned-steps"
    /// Step at which the discriminator starts.
    case discriminatorStart = "discriminator-start"
    /// Audio sample rate in Hz.
    case sampleRate = "sample-rate"
    /// Number of entries of a codebook.
    case codebookSize = "codebook-size"
    /// Number of codebooks, the stages of a residual quantiser.
    case codebookCount = "codebook-count"
    /// Frames of codes in a second of audio.
    case frameRate = "frame-rate"
    /// Bits a second that the codes take.
    case bitRate = "bit-rate"
    /// Frames of a batch that are quantised, by each codebook: no perplexity measured on one batch exceeds it.
    case batchTokens = "batch-tokens"
    /// Threshold of gradient clipping, of the generator where the discriminator has its own.
    case gradientClip = "gradient-clip"
    /// Threshold of gradient clipping of the discriminator.
    case discriminatorGradientClip = "discriminator-gradient-clip"
    /// `true` when a balancer rescales the gradients of the terms.
    case balancer
    /// `codec` (waveform in, waveform out), `vocoder` (no phase target) or `other`.
    case modelKind = "model-kind"
    /// Parameters of the discriminator.
    case discriminatorParameters = "discriminator-parameters"
    /// Parameters of the generator.
    case generatorParameters = "generator-parameters"
    /// Price of an hour of training.
    case pricePerHour = "price-per-hour"
    /// Currency sign or code of that price.
    case currency
    /// Seconds per epoch.
    case epochSeconds = "epoch-seconds"
}

/// The loss of a two-player game, per sub-discriminator and mean over positions. Formulas: `BlindConstants`.
public enum LossFamily: String, Hashable, Sendable, Codable, CaseIterable {
    /// relu(1−real) + relu(1+fake); G minimises −fake.
    case hinge
    /// The same D; G minimises relu(1−fake).
    case hingeRelu = "hinge-relu"
    /// (1−real)² + fake²; G minimises (1−fake)².
    case lsgan
    /// softplus(−real) + softplus(fake); G minimises softplus(−fake).
    case bce
    /// Relativistic average LSGAN.
    case relativisticLSGAN = "relativistic-lsgan"
    /// Relativistic average hinge.
    case relativisticHinge = "relativistic-hinge"
    /// fake − real.
    case wgan
}

/// How losses of sub-discriminators become one number.
public enum LossReduction: String, Hashable, Sendable, Codable, CaseIterable {
    /// Added up.
    case sum
    /// Averaged.
    case mean
}

/// All facts of a run: at most one per key, the given before the read before the inferred.
public struct RunFacts: Sendable, Equatable {
    private var table: [FactKey: Fact] = [:]

    /// No facts.
    public init() {}

    /// Facts; of two with the same key the one with the stronger origin wins, of equals the later.
    public init(_ facts: some Sequence<Fact>) { for fact in facts { insert(fact) } }

    /// Adds a fact unless a stronger one is known.
    public mutating func insert(_ fact: Fact) {
        let strength: (FactOrigin) -> Int = { origin in
            switch origin {
            case .given: 2
            case .log: 1
            case .inferred: 0
            }
        }
        if let known = table[fact.key], strength(known.origin) > strength(fact.origin) { return }
        table[fact.key] = fact
    }

    /// The fact of a key.
    public subscript(key: FactKey) -> Fact? { table[key] }

    /// All facts in the order of `FactKey.allCases`.
    public var all: [Fact] { FactKey.allCases.compactMap { table[$0] } }

    /// A fact as a number.
    public func number(_ key: FactKey) -> Double? { table[key].flatMap { Double($0.value) } }

    /// The loss family, `nil` when unknown.
    public var lossFamily: LossFamily? { table[.lossFamily].flatMap { LossFamily(rawValue: $0.value) } }
    /// The reduction, `nil` when unknown.
    public var reduction: LossReduction? { table[.reduction].flatMap { LossReduction(rawValue: $0.value) } }
    /// Number of sub-discriminators, `nil` when unknown.
    public var subDiscriminators: Int? { number(.subDiscriminators).map { Int($0) } }
    /// Whether D's loss is halved; `false` when unknown.
    public var isDiscriminatorLossHalved: Bool { table[.halvedDiscriminatorLoss]?.value == "true" }
}
