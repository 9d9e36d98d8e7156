import Codec

extension StepReport {
    /// Notes the level of what was coded and of what came back.
    mutating func noteSignals(input: Tensor, decoded: Tensor) {
        let (input, output) = (ValueStatistics(input), ValueStatistics(decoded))
        note(MeasurementNames.inputRMS, input.rms)
        note(MeasurementNames.inputPeak, input.peak)
        note(MeasurementNames.inputClippedFraction, input.clippedFraction)
        note(MeasurementNames.outputRMS, output.rms)
        note(MeasurementNames.outputMean, output.mean)
        note(MeasurementNames.outputPeak, output.peak)
    }

    /// Notes how the batch used each codebook.
    mutating func noteCodes(_ codes: Codes, codebookSize: Int) {
        var usage = CodebookUsage(stages: codes.stages, codebookSize: codebookSize)
        usage.add(codes)
        for (index, stage) in usage.stages.enumerated() {
            note(MeasurementNames.codebookUsage(stage: index), stage.usedShare)
            note(MeasurementNames.perplexity(stage: index), stage.perplexity)
        }
    }

    /// Notes D's loss, its shares and its parts' under `names`.
    mutating func noteDiscriminator(
        _ loss: AdversarialLoss.Value,
        _ reduction: AdversarialLoss.Reduction,
        names: [String]
    ) {
        func reduced(_ parts: [Float]) -> Double {
            let sum = parts.reduce(0) { $0 + Double($1) }
            return reduction == .sum ? sum : sum / Double(parts.count)
        }
        let (real, fake) = (loss.realParts, loss.decodedParts)
        note(MeasurementNames.discriminatorLoss, loss.total.item)
        note(MeasurementNames.discriminatorRealLoss, reduced(real))
        note(MeasurementNames.discriminatorFakeLoss, reduced(fake))
        for (index, name) in names.enumerated() {
            note(MeasurementNames.discriminatorRealLoss(part: name), real[index])
            note(MeasurementNames.discriminatorFakeLoss(part: name), fake[index])
        }
    }

    /// Notes mean and spread of D's logits, averaged over sub-discriminators.
    mutating func noteLogits(real: DiscriminatorOutput, decoded: DiscriminatorOutput) {
        let real = real.logits.map { ValueStatistics($0) }
        let fake = decoded.logits.map { ValueStatistics($0) }
        func average(_ statistics: [ValueStatistics], _ value: (ValueStatistics) -> Double) -> Double {
            statistics.reduce(0) { $0 + value($1) } / Double(statistics.count)
        }
        note(MeasurementNames.realLogitMean, average(real, \.mean))
        note(MeasurementNames.fakeLogitMean, average(fake, \.mean))
        note(MeasurementNames.realLogitDeviation, average(real, \.deviation))
        note(MeasurementNames.fakeLogitDeviation, average(fake, \.deviation))
    }
}
