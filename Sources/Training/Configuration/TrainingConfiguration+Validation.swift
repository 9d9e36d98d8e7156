import Codec

extension TrainingConfiguration {
    /// Throws ``TrainingConfigurationError`` with the first value that makes a run impossible.
    public func validate() throws(TrainingConfigurationError) {
        try validateNetworks()
        try require((1...65_536).contains(batchSize), "batchSize", "it is \(batchSize); it must lie in 1…65536")
        try require(
            (1...1 << 28).contains(segmentLength),
            "segmentLength",
            "it is \(segmentLength) samples; it must lie in 1…268435456"
        )
        try validateSegment()
        if let level = segmentLevel {
            try require((-200...60).contains(level), "segmentLevel", "it is \(level) dBFS; it must lie in −200…60")
        }
        try require(stepsPerEpoch >= 1, "stepsPerEpoch", "it is \(stepsPerEpoch); an epoch has at least one step")
        try require(epochs >= 1, "epochs", "it is \(epochs); a run has at least one epoch")
        try require(
            !stepsPerEpoch.multipliedReportingOverflow(by: epochs).overflow && steps <= 1 << 24,
            "epochs",
            "\(epochs) epochs of \(stepsPerEpoch) steps are more than 2²⁴ steps"
        )
        try require(
            discriminatorStart >= 0,
            "discriminatorStart",
            "it is \(discriminatorStart); steps are counted from 0"
        )
        try require(
            discriminatorInterval >= 1,
            "discriminatorInterval",
            "it is \(discriminatorInterval); 1 steps the discriminator at every step"
        )
        try require(
            adversarialRampSteps >= 0,
            "adversarialRampSteps",
            "it is \(adversarialRampSteps); 0 stands for no ramp"
        )
        if let decay = weightAverageDecay {
            try require(
                (0..<1).contains(decay),
                "weightAverageDecay",
                "it is \(decay); it must lie in 0…1 without 1, such as 0.999"
            )
        }
        try require(
            validationInterval >= 1,
            "validationInterval",
            "it is \(validationInterval); 1 validates after every epoch"
        )
        try objective.validate(quantizerTerms: generator.quantizerTerms)
        try generatorOptimizer.validate("generatorOptimizer")
        try discriminatorOptimizer.validate("discriminatorOptimizer")
    }

    private func validateNetworks() throws(TrainingConfigurationError) {
        do {
            try generator.validate()
        } catch {
            throw TrainingConfigurationError(place: "generator", problem: "\(error)")
        }
        if case .encodec(let codec) = generator {
            try require(
                codec.network.channels == 1,
                "generator",
                "it codes \(codec.network.channels) channels; training takes mono batches, so it must have 1"
            )
        }
        do {
            try discriminator?.validate()
        } catch {
            throw TrainingConfigurationError(place: "discriminator", problem: "\(error)")
        }
    }

    private func validateSegment() throws(TrainingConfigurationError) {
        let needed = generator.shortestSegment
        try require(
            segmentLength >= needed,
            "segmentLength",
            "\(segmentLength) samples are too short for the codec, which needs \(needed)"
        )
        guard let shortest = discriminator?.shortestInput else { return }
        try require(
            segmentLength >= shortest,
            "segmentLength",
            "\(segmentLength) samples are too short for the discriminator, which needs \(shortest)"
        )
    }
}

extension GeneratorConfiguration {
    /// Samples from which a segment gives a frame.
    fileprivate var shortestSegment: Int {
        switch self {
        case .dac(let configuration): configuration.hopLength
        case .telugu: 96
        case .encodec(let configuration): configuration.hopLength
        }
    }
}

extension ObjectiveConfiguration {
    fileprivate func validate(quantizerTerms: [String]) throws(TrainingConfigurationError) {
        let terms = Self.reconstructionTerms + Self.adversarialTerms + quantizerTerms
        for entry in weights.entries {
            try require(
                terms.contains(entry.name),
                "objective.weights",
                "no term of this codec is called \"\(entry.name)\"; there are \(terms.joined(separator: ", "))"
            )
            try require(
                entry.weight >= 0 && entry.weight.isFinite,
                "objective.weights",
                "the weight of \(entry.name) is \(entry.weight); it must be a number from 0"
            )
        }
        try require(
            melWindows.count == melBands.count && !melWindows.isEmpty,
            "objective.melBands",
            "\(melBands.count) band counts do not fit \(melWindows.count) windows; each window needs one"
        )
        for (window, bands) in zip(melWindows, melBands) {
            try require(
                (4...1 << 20).contains(window),
                "objective.melWindows",
                "a window of \(window) samples is not possible; it must lie in 4…1048576"
            )
            try require(
                (1...1 << 12).contains(bands),
                "objective.melBands",
                "\(bands) bands are not possible; it must lie in 1…4096"
            )
        }
        guard let balancer else { return }
        try require(
            balancer.totalNorm > 0 && balancer.totalNorm.isFinite,
            "objective.balancer.totalNorm",
            "it is \(balancer.totalNorm); it must be a number above 0"
        )
        try require(
            (0...1).contains(balancer.decay),
            "objective.balancer.decay",
            "it is \(balancer.decay); it must lie in 0…1"
        )
        let balanced = weights.entries.filter { !Self.quantizerTerms.contains($0.name) && $0.weight > 0 }
        try require(
            !balanced.isEmpty,
            "objective.balancer",
            "no term on the audio has a weight, so that there is nothing to balance"
        )
    }
}

extension OptimizerConfiguration {
    fileprivate func validate(_ place: String) throws(TrainingConfigurationError) {
        func number(_ value: Double, _ name: String, in range: String, _ holds: Bool) throws(TrainingConfigurationError)
        {
            try require(holds && value.isFinite, "\(place).\(name)", "it is \(value); it must be \(range)")
        }
        try number(learningRate, "learningRate", in: "a number from 0", learningRate >= 0)
        try number(beta1, "beta1", in: "in 0…1 without 1", (0..<1).contains(beta1))
        try number(beta2, "beta2", in: "in 0…1 without 1", (0..<1).contains(beta2))
        try number(weightDecay, "weightDecay", in: "a number from 0", weightDecay >= 0)
        try require(warmUpSteps >= 0, "\(place).warmUpSteps", "it is \(warmUpSteps); 0 stands for no warm-up")
        if let limit = maximumGradientNorm {
            try require(
                limit > 0,
                "\(place).maximumGradientNorm",
                "it is \(limit); it must be above 0, or nil for no clipping"
            )
        }
        try number(lossScaleAtClipping, "lossScaleAtClipping", in: "a number above 0", lossScaleAtClipping > 0)
        switch schedule {
        case .constant: break
        case .exponentialPerStep(let gamma), .exponentialPerEpoch(let gamma):
            try number(gamma, "schedule", in: "a factor above 0", gamma > 0)
        case .cosinePerEpoch(let planned, let minimum):
            try require(
                planned >= 1,
                "\(place).schedule",
                "\(planned) planned epochs are not possible; plan at least 1"
            )
            try number(minimum, "schedule", in: "a minimum from 0", minimum >= 0)
        }
    }
}

private func require(_ holds: Bool, _ place: String, _ problem: String) throws(TrainingConfigurationError) {
    if !holds { throw TrainingConfigurationError(place: place, problem: problem) }
}
