public import Codec
public import TrainingMetrics

/// A discriminator to probe: a description with fresh weights, or one with the weights of a checkpoint.
public struct ProbeSubject {
    /// For people.
    public let name: String
    /// What it is made of.
    public let description: DiscriminatorDescription
    /// The net with its trained weights; nil for a fresh one.
    public let trained: Discriminator?
    /// What was assumed about it.
    public let assumptions: [String]

    /// A net with weights to be drawn.
    public init(_ description: DiscriminatorDescription, assumptions: [String] = []) {
        self.description = description
        self.assumptions = assumptions
        name = description.name
        trained = nil
    }

    /// What a configuration file describes.
    public init(_ configuration: DiscriminatorConfiguration) {
        self.init(configuration.description, assumptions: configuration.assumptions)
    }

    /// What was found in a checkpoint, named after its file: two files of one kind are two subjects.
    public init(_ inferred: InferredDiscriminator, file: String) {
        name = file.split(separator: "/").last.map(String.init) ?? file
        description = inferred.discriminator.description
        trained = inferred.discriminator
        assumptions = ["\(name) holds: \(inferred.title)"] + inferred.assumptions
    }

    /// Where the weights come from.
    public var weights: ProbeEvidence.Weights { trained == nil ? .initial : .trained }

    /// The net; fresh weights depend on `seed` only.
    func discriminator(seed: UInt64) -> Discriminator {
        if let trained { return trained }
        var random = RandomSource(seed: seed)
        return Discriminator(description, using: &random)
    }

    /// The same for training.
    func learner(seed: UInt64) -> LearningProbe.Subject {
        guard let trained else { return LearningProbe.Subject(description, seed: seed) }
        return LearningProbe.Subject(trained, name: name)
    }
}
