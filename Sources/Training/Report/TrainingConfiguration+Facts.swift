import Codec
public import TrainingMetrics

extension TrainingConfiguration {
    /// What rules may know of a run of this configuration, each fact with the field it comes from.
    ///
    /// They count as read from the run's log, so that a user's own facts win. A term that is measured without having a weight has the
    /// weight 0. Nothing is said of a discriminator when there is none.
    public var facts: [Fact] {
        var facts = [
            fact(.plannedEpochs, epochs, "epochs"),
            fact(.plannedSteps, steps, "stepsPerEpoch · epochs"),
            fact(.learningRate, generatorOptimizer.learningRate, "generatorOptimizer.learningRate"),
            fact(.sampleRate, generator.sampleRate, "generator.sampleRate"),
            fact(.codebookSize, generator.codebookSize, "generator.codebookSize"),
            fact(.codebookCount, generator.codebookCount, "generator.codebookCount"),
            fact(
                .frameRate,
                Double(generator.sampleRate) / Double(generator.hopLength),
                "generator.sampleRate / hop"
            ),
            fact(
                .batchTokens,
                batchSize * ((segmentLength + generator.hopLength - 1) / generator.hopLength),
                "batchSize · segmentLength / hop"
            ),
            fact(.balancer, objective.balancer != nil, "objective.balancer"),
            fact(.modelKind, "codec", "generator"),
            fact(.loggedTerms, "raw", "a term is logged without its weight"),
        ]
        if let norm = generatorOptimizer.maximumGradientNorm {
            facts.append(fact(.gradientClip, norm, "generatorOptimizer.maximumGradientNorm"))
        }
        facts += weightFacts
        guard let discriminator else { return facts }
        if let norm = discriminatorOptimizer.maximumGradientNorm {
            facts.append(fact(.discriminatorGradientClip, norm, "discriminatorOptimizer.maximumGradientNorm"))
        }
        return facts + [
            fact(.lossFamily, objective.adversarial.family.fact.rawValue, "objective.adversarial.family"),
            fact(.reduction, objective.adversarial.reduction.rawValue, "objective.adversarial.reduction"),
            fact(.subDiscriminators, discriminator.subDiscriminators.count, "discriminator.subDiscriminators"),
            fact(
                .discriminatorLearningRate,
                discriminatorOptimizer.learningRate,
                "discriminatorOptimizer.learningRate"
            ),
            fact(.discriminatorStart, discriminatorStart, "discriminatorStart"),
            fact(.discriminatorParameters, discriminator.parameterCount, "discriminator"),
        ]
    }

    /// The weight of every term that is measured; 0 for one that does not act.
    private var weightFacts: [Fact] {
        let weights = objective.weights
        var names: [(FactKey, String)] = [
            (.melWeight, MeasurementNames.melLoss), (.stftWeight, MeasurementNames.stftLoss),
            (.waveformWeight, MeasurementNames.waveformLoss),
        ]
        if discriminator != nil {
            names += [
                (.adversarialWeight, MeasurementNames.adversarialLoss),
                (.featureMatchingWeight, MeasurementNames.featureLoss),
            ]
        }
        names += generator.quantizerWeights
        return names.map { key, name in fact(key, weights[name] ?? 0, "objective.weights, \(name)") }
    }

    private func fact(_ key: FactKey, _ value: some LosslessStringConvertible, _ field: String) -> Fact {
        let text = String(value)
        let plain = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        return Fact(key, plain, .log, evidence: "the run's configuration: \(field)")
    }
}

extension GANTrainer {
    /// The facts of the configuration and the number of the generator's parameters.
    public var facts: [Fact] {
        let count = generator.namedParameters.reduce(0) { $0 + $1.tensor.count }
        return configuration.facts + [
            Fact(.generatorParameters, String(count), .log, evidence: "the generator's parameters, counted")
        ]
    }
}

extension GeneratorConfiguration {
    /// Entries of each codebook.
    fileprivate var codebookSize: Int {
        switch self {
        case .dac(let configuration): configuration.codebookSize
        case .telugu(let configuration): configuration.codebookSize
        case .encodec(let configuration): configuration.codebookSize
        }
    }

    /// The number of codebooks.
    fileprivate var codebookCount: Int {
        switch self {
        case .dac(let configuration): configuration.codebookCount
        case .telugu(let configuration): configuration.codebookCount
        case .encodec(let configuration): configuration.codebookCount
        }
    }

    /// Samples per frame.
    fileprivate var hopLength: Int {
        switch self {
        case .dac(let configuration): configuration.hopLength
        case .telugu(let configuration): configuration.hopLength
        case .encodec(let configuration): configuration.hopLength
        }
    }

    /// The weights of the quantiser's losses (``TrainableCodec``).
    fileprivate var quantizerWeights: [(FactKey, String)] {
        switch self {
        case .dac:
            [(.commitmentWeight, MeasurementNames.commitmentLoss), (.codebookWeight, MeasurementNames.codebookLoss)]
        case .telugu: [(.vqWeight, MeasurementNames.quantizerLoss)]
        case .encodec: [(.commitmentWeight, MeasurementNames.commitmentLoss)]
        }
    }
}

extension AdversarialLoss.Family {
    /// The family as rules name it.
    fileprivate var fact: LossFamily {
        switch self {
        case .leastSquares: .lsgan
        case .hinge: .hinge
        case .hingeWithReLU: .hingeRelu
        case .binaryCrossEntropy: .bce
        case .relativisticAverage: .relativisticLSGAN
        }
    }
}
