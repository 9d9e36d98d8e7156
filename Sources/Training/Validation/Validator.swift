public import Codec
public import SpeechData

/// Evaluates a codec on held-out audio without changing anything in it.
///
/// Measured are, under these names: `snr` (dB, the mean over batches of 10·log10(signal/error), as in the origin's run), `si_sdr` and
/// `si_sdr_aligned` (dB, means over items; aligned by the one `delay`, in samples, that fits all of them best), `amplitude_ratio`
/// (std of output over input) and `correlation` over everything, `output/…` and `input/rms` (levels, full scale is 1),
/// `mel/loss`, `stft/loss`, `waveform/loss` (as in training), `codebook_usage/N` and `perplexity/N` of each stage over everything,
/// `repeat_difference` (the largest difference between two evaluations of the first batch; anything but 0 means that validation runs in
/// training mode), and with a discriminator its `adv/…` values. What silence leaves undefined is NaN and explained in the report.
public struct Validator {
    /// Held-out recordings, which are coded whole.
    public let items: [SpeechClip]
    /// How the game, the spectral losses and batches are set.
    public let configuration: TrainingConfiguration
    /// Delays are looked for within ± so many samples.
    public let maximumDelay: Int
    /// What an experiment changes.
    public let interventions: TrainingInterventions

    private let reconstructionLosses: ReconstructionLosses

    /// A validator of these items, which must have the codec's sample rate; empty ones are left out.
    ///
    /// Each is brought to the level of training segments. Items of equal length are coded together, up to the configuration's batch size
    /// at a time. Delays are looked for within 20 ms unless given.
    public init(
        _ configuration: TrainingConfiguration,
        items: [SpeechClip],
        maximumDelay: Int? = nil,
        interventions: TrainingInterventions = TrainingInterventions()
    ) {
        self.configuration = configuration
        self.items = items.filter { $0.sampleCount > 0 }
        self.maximumDelay = maximumDelay ?? configuration.generator.sampleRate / 50
        self.interventions = interventions
        reconstructionLosses = ReconstructionLosses(
            configuration.objective,
            sampleRate: configuration.generator.sampleRate
        )
    }

    /// A validator of a dataset's held-out speech, cut into at most `count` items of at most `seconds` each.
    ///
    /// Throws `SpeechDataError` when a file has vanished or changed.
    public init(
        _ configuration: TrainingConfiguration,
        dataset: SpeechDataset,
        seconds: Double = 2,
        count: Int = 8,
        interventions: TrainingInterventions = TrainingInterventions()
    ) throws(SpeechDataError) {
        let items = try dataset.validationItems(seconds: seconds, count: count)
        self.init(
            configuration,
            items: items.enumerated().map { SpeechClip(name: "held-out \($0.offset + 1)", samples: $0.element.values) },
            interventions: interventions
        )
    }

    /// Evaluates a codec, and a discriminator if given, after so many steps.
    ///
    /// Codebooks, random numbers and training mode are afterwards as before, unless an experiment validates in training mode.
    /// Throws ``CodecError`` when the codec cannot take an item, as one shorter than a frame, and `SpeechDataError` when an item's file has
    /// vanished or changed.
    public func report(
        of generator: any TrainableCodec,
        discriminator: Discriminator? = nil,
        step: Int = 0
    ) throws -> ValidationReport {
        let modes = (generator.isTraining, discriminator?.isTraining ?? false)
        generator.setTraining(interventions.validatesInTrainingMode)
        discriminator?.setTraining(interventions.validatesInTrainingMode)
        defer {
            generator.setTraining(modes.0)
            discriminator?.setTraining(modes.1)
        }
        var usage = CodebookUsage(stages: generator.codebookCount, codebookSize: generator.codebookSize)
        var measured: [[ValidationItem]] = []
        var distances = WeightedMeans()
        var repeatDifference = 0.0
        for (index, group) in batches.enumerated() {
            let batch = (names: group.map(\.name), audio: try audio(of: group))
            let output = try reconstruction(of: batch.audio, by: generator)
            if index == 0 {
                let again = try reconstruction(of: batch.audio, by: generator)
                repeatDifference = Self.largestDifference(output.audio, again.audio)
            }
            usage.add(output.codes)
            let decoded = changed(output.audio)
            let target = batch.audio.cropped(to: decoded.shape[2])
            withoutGradients {
                let weight = Double(decoded.count)
                for term in reconstructionLosses.terms(decoded: decoded, target: target) {
                    distances.add(term.name, term.value, weight: weight)
                }
                if let discriminator { judge(decoded, target, by: discriminator, into: &distances) }
            }
            measured.append(Self.items(named: batch.names, reference: target, decoded: decoded))
        }
        let signals = SignalValidation(measured, maximumDelay: maximumDelay)
        let stages = usage.stages.enumerated()
        let entries =
            signals.entries + distances.entries
            + stages.map { .init(name: MeasurementNames.codebookUsage(stage: $0.offset), value: $0.element.usedShare) }
            + stages.map { .init(name: MeasurementNames.perplexity(stage: $0.offset), value: $0.element.perplexity) }
            + [.init(name: MeasurementNames.repeatDifference, value: repeatDifference)]
        let none = measured.isEmpty ? ["there are no held-out items: nothing was measured"] : signals.notes
        return ValidationReport(step: step, entries: entries, notes: none)
    }

    /// Evaluates a trainer's networks as they are now, with averaged weights where the run has them; throws as
    /// ``report(of:discriminator:step:)`` does.
    public func report(of trainer: GANTrainer) throws -> ValidationReport {
        let hasPlayed = trainer.step > configuration.discriminatorStart
        return try trainer.evaluating {
            try report(
                of: trainer.generator,
                discriminator: hasPlayed ? trainer.discriminator : nil,
                step: trainer.step
            )
        }
    }

    /// What the codec makes of an item in evaluation mode, as the losses see it: its samples, cropped to what the decoder gives.
    ///
    /// Throws ``CodecError`` when the codec cannot take it, and `SpeechDataError` when its file has vanished or changed.
    public func decoded(_ item: SpeechClip, by generator: any TrainableCodec) throws -> [Float] {
        let wasTraining = generator.isTraining
        generator.setTraining(interventions.validatesInTrainingMode)
        defer { generator.setTraining(wasTraining) }
        return changed(try reconstruction(of: try audio(of: [item]), by: generator).audio).values
    }

    /// A pass without gradients; random numbers are put back unless an experiment validates in training mode.
    private func reconstruction(
        of audio: Tensor,
        by generator: any TrainableCodec
    ) throws(CodecError) -> CodecReconstruction {
        let random = generator.quantizerRandom
        defer { if !interventions.validatesInTrainingMode { generator.quantizerRandom = random } }
        let result = withoutGradients { () -> Result<CodecReconstruction, CodecError> in
            Result { () throws(CodecError) in try generator.trainingReconstruction(of: audio, activeStages: nil) }
        }
        return try result.get()
    }

    /// What an experiment makes of decoded audio `[B, 1, T]`, item by item.
    private func changed(_ decoded: Tensor) -> Tensor {
        guard let change = interventions.validationDecoded else { return decoded }
        let items = (0..<decoded.shape[0]).map { change(decoded.sliced(dimension: 0, range: $0..<($0 + 1))) }
        return Tensor.concatenated(items, dimension: 0)
    }

    /// What the discriminator says about held-out audio.
    private func judge(
        _ decoded: Tensor,
        _ target: Tensor,
        by discriminator: Discriminator,
        into means: inout WeightedMeans
    ) {
        guard let shortest = discriminator.description.shortestInput, decoded.shape[2] >= shortest else { return }
        let (real, fake) = (discriminator.output(of: target), discriminator.output(of: decoded))
        let weight = Double(decoded.count)
        let game = configuration.objective.adversarial
        means.add(
            MeasurementNames.discriminatorLoss,
            game.discriminator(real: real, decoded: fake).total,
            weight: weight
        )
        means.add(MeasurementNames.adversarialLoss, game.generator(decoded: fake, real: real).total, weight: weight)
        means.add(
            MeasurementNames.featureLoss,
            configuration.objective.featureMatching(decoded: fake, real: real),
            weight: weight
        )
        for (name, output) in [(MeasurementNames.realLogitMean, real), (MeasurementNames.fakeLogitMean, fake)] {
            let levels = output.logits.map { Double($0.mean().item) }
            means.add(name, SignalValidation.mean(levels), weight: weight)
        }
    }

    /// Items of equal length together, in their order.
    private var batches: [[SpeechClip]] {
        items.reduce(into: []) { groups, item in
            if let last = groups.last, last.count < configuration.batchSize, last[0].sampleCount == item.sampleCount {
                groups[groups.count - 1].append(item)
            } else {
                groups.append([item])
            }
        }
    }

    /// Items of equal length as audio `[B, 1, T]` at the level of training segments.
    func audio(of group: [SpeechClip]) throws(SpeechDataError) -> Tensor {
        let level = configuration.segmentLevel.map { SpeechLevel.rms($0) } ?? .none
        var samples: [Float] = []
        for item in group { samples += level.applied(to: try item.samples(in: 0..<item.sampleCount)) }
        return Tensor(samples, shape: [group.count, 1, group[0].sampleCount])
    }

    private static func items(named names: [String], reference: Tensor, decoded: Tensor) -> [ValidationItem] {
        let length = decoded.shape[2]
        let (x, y) = (reference.values, decoded.values)
        return names.enumerated().map { index, name in
            let range = (index * length)..<((index + 1) * length)
            return ValidationItem(name: name, reference: Array(x[range]), decoded: Array(y[range]))
        }
    }

    /// NaN when a sample of one is; equal infinities differ by NaN too.
    private static func largestDifference(_ first: Tensor, _ second: Tensor) -> Double {
        zip(first.values, second.values).reduce(0) { largest, pair in
            let difference = Double(abs(pair.0 - pair.1))
            return largest.isNaN || difference.isNaN ? .nan : max(largest, difference)
        }
    }
}

extension Tensor {
    /// The first samples of audio `[B, C, T]`.
    fileprivate func cropped(to length: Int) -> Tensor {
        shape[2] == length ? self : sliced(dimension: 2, range: 0..<length)
    }
}
