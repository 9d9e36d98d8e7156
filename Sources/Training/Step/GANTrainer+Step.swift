public import Codec

extension GANTrainer {
    /// One step on a batch `[B, 1, T]`.
    ///
    /// NaN and infinities are measured, not hidden. With ``TrainingConfiguration/stopsOnNonFinite`` a network whose gradient is not finite is
    /// not moved, and the report names it in ``StepReport/withheld``; codebooks that follow running averages have moved by then.
    ///
    /// - Parameters:
    ///   - batch: audio at the codec's sample rate, full scale 1.
    ///   - activeStages: how many codebooks each item uses, for a quantiser with dropout; drawn unless given.
    /// - Returns: what was measured. What was not computed, such as D's loss while D waits, is absent.
    /// - Throws: ``CodecError`` when the codec or the discriminator cannot take the batch.
    @discardableResult
    public func step(_ batch: Tensor, activeStages: [Int]? = nil) throws(CodecError) -> StepReport {
        clock.begin()
        var report = StepReport(step: step + 1)
        let (input, whole) = interventions.batch?(batch, step) ?? (batch, batch)
        generator.setTraining(true)
        discriminator?.setTraining(true)
        let output = try generator.trainingReconstruction(of: input, activeStages: activeStages)
        let decoded = interventions.decoded?(output.audio) ?? output.audio
        guard decoded.shape[2] >= shortestDecoded else {
            throw .tooShort(samples: decoded.shape[2], needed: shortestDecoded)
        }
        // A decoder may make a few samples less than it got.
        let target =
            whole.shape[2] == decoded.shape[2]
            ? whole : whole.sliced(dimension: 2, range: 0..<decoded.shape[2])
        clock.end(.generatorForward)
        let isAdversarial = discriminator != nil && step >= configuration.discriminatorStart
        trainedGenerator.clearGradients()
        if isAdversarial, step % configuration.discriminatorInterval == 0 {
            stepDiscriminator(real: target, decoded: decoded, report: &report)
        }
        stepGenerator(output, decoded: decoded, target: target, isAdversarial: isAdversarial, report: &report)
        weightAverage?.update()
        clock.end(.generatorUpdate)
        report.noteCodes(output.codes, codebookSize: generator.codebookSize)
        report.noteSignals(input: input, decoded: decoded)
        step += 1
        clock.end(.telemetry)
        clock.profile.countStep()
        return report
    }

    /// D's loss on real and on decoded audio, which is detached unless an experiment forbids it, backward, clip, step.
    private func stepDiscriminator(real: Tensor, decoded: Tensor, report: inout StepReport) {
        guard let discriminator, let trainedDiscriminator else { return }
        let adversarial = configuration.objective.adversarial
        let decoded = interventions.detachesDecoded ? decoded.detached() : decoded
        let heard = interventions.discriminatorInputs?(real, decoded) ?? (real: real, decoded: decoded)
        if interventions.clearsDiscriminatorGradients { trainedDiscriminator.clearGradients() }
        report.note(MeasurementNames.discriminatorGradientLeak, trainedDiscriminator.gradientNorm)
        if interventions.detachesDecoded {
            let lesson = discriminator.learn(adversarial, real: heard.real, decoded: heard.decoded)
            clock.end(.discriminatorForward, share: lesson.forwardShare, rest: .discriminatorBackward)
            report.noteDiscriminator(lesson.loss, adversarial.reduction, names: partNames)
            report.noteLogits(real: lesson.real, decoded: lesson.decoded)
        } else {
            let (real, fake) = (discriminator.output(of: heard.real), discriminator.output(of: heard.decoded))
            let loss = adversarial.discriminator(real: real, decoded: fake)
            clock.end(.discriminatorForward)
            loss.total.backward(keepingGraph: true)
            clock.end(.discriminatorBackward)
            report.noteDiscriminator(loss, adversarial.reduction, names: partNames)
            report.noteLogits(real: real, decoded: fake)
        }
        report.note(MeasurementNames.generatorGradientLeak, trainedGenerator.gradientNorm)
        clock.end(.telemetry)
        trainedDiscriminator.move(
            step: step,
            epoch: epoch,
            isStepped: interventions.stepsDiscriminator?(step) ?? true,
            withholdsNonFinite: configuration.stopsOnNonFinite,
            report: &report
        )
        clock.end(.discriminatorUpdate)
    }

    /// G's losses with the updated D, backward, clip, step.
    private func stepGenerator(
        _ output: CodecReconstruction,
        decoded: Tensor,
        target: Tensor,
        isAdversarial: Bool,
        report: inout StepReport
    ) {
        let objective = configuration.objective
        // The balancer needs gradients at the decoded audio, so there the terms begin at a leaf.
        let heard =
            objective.balancer == nil
            ? decoded : Tensor(storage: decoded.storage, shape: decoded.shape, requiresGradient: true)
        trainedDiscriminator?.setNeedsGradients(!interventions.clearsDiscriminatorGradients)
        var terms = reconstructionLosses.terms(decoded: heard, target: target)
        clock.end(.losses)
        let weights = objective.weights.ramped(by: adversarialRamp)
        var pull: Tensor?
        if let discriminator, isAdversarial {
            let judgement = discriminator.judge(
                decoded: heard,
                real: target,
                adversarial: objective.adversarial,
                featureMatching: objective.featureMatching,
                weights: objective.balancer == nil ? weights.ofGame : nil
            )
            terms.append((MeasurementNames.adversarialLoss, judgement.adversarial))
            terms.append((MeasurementNames.featureLoss, judgement.featureMatching))
            pull = judgement.pull
            clock.end(.adversarialForward, share: judgement.forwardShare, rest: .adversarialBackward)
        }
        let changed = { [interventions, step] (loss: Tensor) in interventions.generatorLoss?(loss, step) ?? loss }
        let loss: Float
        if let balancer = makeBalancer(weights) {
            let balanced = balancer.balance(terms.map { ($0.name, $0.value) }, at: heard)
            balancerAverages = balancer.averages
            for term in balanced.terms { report.note(MeasurementNames.balancerShare(term: term.name), term.ratio) }
            let quantizer = weights.total(of: output.quantizerLosses)
            changed((decoded * balanced.gradient).sum() + quantizer).backward()
            loss = balanced.effectiveLoss + quantizer.item
        } else {
            // The pull is 0: it brings the gradients of the game's terms, whose values are in the sum.
            let sum = weights.total(of: terms + output.quantizerLosses)
            let total = changed(pull.map { sum + $0 } ?? sum)
            total.backward()
            loss = total.item
        }
        clock.end(.generatorBackward)
        trainedDiscriminator?.setNeedsGradients(true)
        for term in terms + output.quantizerLosses { report.note(term.name, term.value.item) }
        report.note(MeasurementNames.loss, loss)
        trainedGenerator.move(
            step: step,
            epoch: epoch,
            withholdsNonFinite: configuration.stopsOnNonFinite,
            report: &report
        )
        clock.end(.generatorUpdate)
    }

    /// What the adversarial weights are multiplied by in the next step, above 0 to 1.
    private var adversarialRamp: Float {
        let steps = configuration.adversarialRampSteps
        return steps > 0 ? min(1, Float(step - configuration.discriminatorStart + 1) / Float(steps)) : 1
    }

    /// The balancer of the terms on the audio, with what it remembers.
    private func makeBalancer(_ weights: LossWeights) -> LossBalancer? {
        configuration.objective.balancer.map { settings in
            LossBalancer(
                weights: LossWeights(
                    weights.entries.filter { !ObjectiveConfiguration.quantizerTerms.contains($0.name) }
                        .map { ($0.name, $0.weight) }
                ),
                totalNorm: settings.totalNorm,
                decay: settings.decay,
                averages: balancerAverages
            )
        }
    }
}

extension LossWeights {
    /// What the terms of the game with D count.
    fileprivate var ofGame: (adversarial: Float, featureMatching: Float) {
        (self[MeasurementNames.adversarialLoss] ?? 0, self[MeasurementNames.featureLoss] ?? 0)
    }

    /// These weights with those of the game with D multiplied by `factor`.
    fileprivate func ramped(by factor: Float) -> LossWeights {
        guard factor != 1 else { return self }
        return LossWeights(
            entries.map { entry in
                let isAdversarial = ObjectiveConfiguration.adversarialTerms.contains(entry.name)
                return (entry.name, isAdversarial ? entry.weight * factor : entry.weight)
            }
        )
    }
}
