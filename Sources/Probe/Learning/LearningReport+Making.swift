import Codec
public import TrainingMetrics

extension LearningReport {
    /// What a trial showed. ``featureMatchingBefore`` is left NaN.
    init(_ trial: LearningTrial, judgement: HeldOutJudgement, audio: ProbeAudio, length: Int) {
        let blind = trial.options.loss.family.blindLoss
        let whole = judgement.real.count - 1
        let parts = trial.net.description.subDiscriminators.enumerated().map { index, part in
            Part(
                name: part.name,
                leftBlindAt: BlindExit.step(in: trial.points.map { $0.partLosses[index] }, blind: blind),
                gap: judgement.gap(index, to: judgement.decoded),
                heldOutAccuracy: judgement.accuracy(index, against: judgement.decoded),
                degradedGap: judgement.gap(index, to: judgement.degraded),
                degradedAccuracy: judgement.accuracy(index, against: judgement.degraded)
            )
        }
        self.init(
            conditions: Self.conditions(trial.options, audio: audio, length: length),
            family: trial.options.loss.family.title,
            blindLoss: blind,
            steps: trial.points.count,
            seconds: trial.seconds,
            curve: Self.thinned(trial.points),
            parts: parts,
            leftBlindAt: BlindExit.step(in: trial.losses, blind: blind),
            gap: judgement.gap(whole, to: judgement.decoded),
            heldOutAccuracy: judgement.accuracy(whole, against: judgement.decoded),
            featureMatchingBefore: .nan,
            featureMatchingAfter: judgement.featureMatching,
            verdict: LearningVerdict.of(trial.losses, options: trial.options, judgement: judgement)
        )
        degradedGap = judgement.gap(whole, to: judgement.degraded)
        degradedAccuracy = judgement.accuracy(whole, against: judgement.degraded)
        finalLoss = SignalProbe.mean(trial.losses.suffix(BlindExit.window))
    }

    /// What rules may use.
    public var evidence: ProbeEvidence.Learning {
        ProbeEvidence.Learning(
            verdict: verdict,
            steps: steps,
            leftBlindAt: leftBlindAt,
            gap: gap,
            heldOutAccuracy: heldOutAccuracy,
            featureMatching: featureMatchingAfter,
            remedy: remedy
        )
    }

    /// At most 200 points, the first and the last among them.
    private static func thinned(_ points: [Point]) -> [Point] {
        guard points.count > 200 else { return points }
        return (0..<200).map { points[$0 * (points.count - 1) / 199] }
    }

    private static func conditions(_ options: LearningProbe.Options, audio: ProbeAudio, length: Int) -> String {
        let seconds = (1000 * Double(length) / Double(audio.sampleRate)).rounded() / 1000
        let imitations =
            switch options.imitations {
            case .decoded: "of an untrained codec's outputs"
            case .degraded: "pieces of degraded speech"
            case .both: "imitations (an untrained codec's outputs and degraded speech by turns)"
            }
        return "\(audio.training.real.count) segments to train with and \(audio.heldOut.real.count) held out at "
            + "\(audio.sampleRate) Hz; a step takes \(options.batchSize) real items and \(options.batchSize) \(imitations) of \(length) samples (\(seconds) s); \(options.text); seed \(options.seed)"
    }
}
