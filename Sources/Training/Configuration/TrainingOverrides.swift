import Codec

/// What a user may change in a preset: the flags of the origin's trainer that are no folders. `nil` leaves the preset as it is.
public struct TrainingOverrides: Sendable, Hashable, Codable {
    /// `--experiment-name`: the run's name.
    public var experimentName: String?
    /// `--batch-size`: items per batch.
    public var batchSize: Int?
    /// `--num-epochs`; a cosine schedule is planned over them.
    public var epochs: Int?
    /// `--learning-rate` of both optimisers.
    public var learningRate: Double?
    /// `--segment-length`: samples per item.
    public var segmentLength: Int?
    /// `--sample-rate` in Hz, of both networks.
    public var sampleRate: Int?
    /// `--hidden-dim`: channels of the latents.
    public var hiddenDimension: Int?
    /// `--codebook-size`: rows per codebook.
    public var codebookSize: Int?
    /// `--num-quantizers`: codebooks.
    public var codebookCount: Int?
    /// `--adv-weight`.
    public var adversarialWeight: Float?
    /// `--feat-weight`.
    public var featureWeight: Float?
    /// `--recon-weight`: the largest weight among the reconstruction terms; others keep their proportion to it.
    public var reconstructionWeight: Float?
    /// `--vq-weight`: the largest weight among the quantiser's terms; others keep their proportion to it.
    public var vqWeight: Float?

    /// Nothing changed.
    public init() {}
}

/// Why a flag does not fit a preset.
public enum TrainingOverrideError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A count that is not 1 or more.
    case count(flag: String, value: Int)
    /// A rate that is not above 0, or a weight below 0, or one that is no number.
    case number(flag: String, value: Double, allowed: String)
    /// A weight for a term that this preset does not have.
    case noTerm(flag: String, preset: String)
    /// The result is no run.
    case configuration(TrainingConfigurationError)

    /// A sentence for the user.
    public var description: String {
        switch self {
        case .count(let flag, let value): "\(flag) is \(value), but must be 1 or more"
        case .number(let flag, let value, let allowed): "\(flag) is \(value), but must be \(allowed)"
        case .noTerm(let flag, let preset):
            "\(flag) has nothing to act on: the objective of \(preset) has no such term with a weight above 0"
        case .configuration(let error): error.description
        }
    }
}

extension TrainingConfiguration {
    /// This configuration with a user's changes.
    ///
    /// Throws ``TrainingOverrideError`` when a change is not possible, or the result is no run.
    public func applying(_ overrides: TrainingOverrides) throws(TrainingOverrideError) -> TrainingConfiguration {
        try overrides.check()
        var result = self
        if let name = overrides.experimentName { result.name = name }
        if let size = overrides.batchSize { result.batchSize = size }
        if let length = overrides.segmentLength { result.segmentLength = length }
        if let epochs = overrides.epochs {
            result.epochs = epochs
            result.generatorOptimizer.plan(epochs: epochs)
            result.discriminatorOptimizer.plan(epochs: epochs)
        }
        if let rate = overrides.learningRate {
            result.generatorOptimizer.learningRate = rate
            result.discriminatorOptimizer.learningRate = rate
        }
        result.generator.apply(overrides)
        if let rate = overrides.sampleRate { result.discriminator?.sampleRate = rate }
        let weights: [(flag: String, weight: Float?, terms: [String])] = [
            ("--adv-weight", overrides.adversarialWeight, ["adv/gen_loss"]),
            ("--feat-weight", overrides.featureWeight, ["adv/feat_loss"]),
            (
                "--recon-weight", overrides.reconstructionWeight,
                ["mel/loss", "stft/loss", "waveform/loss", "msspec/loss"]
            ),
            ("--vq-weight", overrides.vqWeight, ["vq/loss", "vq/commitment_loss", "vq/codebook_loss"]),
        ]
        for change in weights {
            guard let weight = change.weight else { continue }
            guard let scaled = result.objective.weights.scaling(change.terms, to: weight) else {
                throw .noTerm(flag: change.flag, preset: name)
            }
            result.objective.weights = scaled
        }
        do { try result.validate() } catch { throw .configuration(error) }
        return result
    }
}

extension TrainingOverrides {
    fileprivate func check() throws(TrainingOverrideError) {
        let counts = [
            ("--batch-size", batchSize), ("--num-epochs", epochs), ("--segment-length", segmentLength),
            ("--sample-rate", sampleRate), ("--hidden-dim", hiddenDimension), ("--codebook-size", codebookSize),
            ("--num-quantizers", codebookCount),
        ]
        for (flag, value) in counts {
            if let value, value < 1 { throw .count(flag: flag, value: value) }
        }
        if let learningRate, !(learningRate > 0 && learningRate.isFinite) {
            throw .number(flag: "--learning-rate", value: learningRate, allowed: "above 0")
        }
        let weights = [
            ("--adv-weight", adversarialWeight), ("--feat-weight", featureWeight),
            ("--recon-weight", reconstructionWeight), ("--vq-weight", vqWeight),
        ]
        for (flag, value) in weights {
            if let value, !(value >= 0 && value.isFinite) {
                throw .number(flag: flag, value: Double(value), allowed: "0 or more")
            }
        }
    }
}

extension GeneratorConfiguration {
    fileprivate mutating func apply(_ overrides: TrainingOverrides) {
        switch self {
        case .dac(var dac):
            dac.sampleRate = overrides.sampleRate ?? dac.sampleRate
            dac.latentDimension = overrides.hiddenDimension ?? dac.latentDimension
            dac.codebookSize = overrides.codebookSize ?? dac.codebookSize
            if let count = overrides.codebookCount, let dimension = dac.codebookDimensions.first {
                dac.codebookDimensions = [Int](repeating: dimension, count: min(count, 1025))
            }
            self = .dac(dac)
        case .telugu(var telugu):
            telugu.sampleRate = overrides.sampleRate ?? telugu.sampleRate
            telugu.latentDimension = overrides.hiddenDimension ?? telugu.latentDimension
            telugu.codebookSize = overrides.codebookSize ?? telugu.codebookSize
            telugu.codebookCount = overrides.codebookCount ?? telugu.codebookCount
            self = .telugu(telugu)
        case .encodec(var encodec):
            encodec.sampleRate = overrides.sampleRate ?? encodec.sampleRate
            encodec.network.dimension = overrides.hiddenDimension ?? encodec.network.dimension
            encodec.codebookSize = overrides.codebookSize ?? encodec.codebookSize
            encodec.codebookCount = overrides.codebookCount ?? encodec.codebookCount
            self = .encodec(encodec)
        }
    }
}

extension OptimizerConfiguration {
    fileprivate mutating func plan(epochs: Int) {
        if case .cosinePerEpoch(_, let minimum) = schedule {
            schedule = .cosinePerEpoch(plannedEpochs: epochs, minimumLearningRate: minimum)
        }
    }
}

extension LossWeights {
    /// These weights with the largest of `terms` set to `weight` and the others of them in proportion; nil where none acts.
    fileprivate func scaling(_ terms: [String], to weight: Float) -> LossWeights? {
        let present = terms.compactMap { name in self[name].map { (name: name, weight: $0) } }
        guard let largest = present.map(\.weight).max(), largest > 0 else { return nil }
        return present.reduce(self) { weights, term in
            weights.replacing(term.name, with: term.weight / largest * weight)
        }
    }
}
