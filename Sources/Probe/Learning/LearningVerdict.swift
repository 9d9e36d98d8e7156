import Codec
import TrainingMetrics

/// The answer from a loss curve and held-out audio.
///
/// *Able*: the loss left the blind value (``BlindExit``), and at least three quarters of held-out items, real and of the kind it was
/// trained with, are judged rightly, more than guessing gives; of two kinds one is enough. *Slow*: not able, but the loss falls from
/// its beginning, to below the blind value while such imitations are told from real speech better than by guessing, or still above
/// it. *Undecided*: not able in fewer than ``LearningProbe/Options/fewestSteps`` steps. *Unable*: everything else, a net that only
/// knows its training items by heart and one whose losses are NaN included.
enum LearningVerdict {
    static let neededAccuracy = 0.75

    static func of(
        _ losses: [Double],
        options: LearningProbe.Options,
        judgement: HeldOutJudgement
    ) -> ProbeEvidence.Learning.Verdict {
        let blind = options.loss.family.blindLoss
        let whole = judgement.real.count - 1
        let kinds =
            (options.imitations == .degraded ? [] : [judgement.decoded])
            + (options.imitations == .decoded ? [] : [judgement.degraded])
        let told = kinds.filter { judgement.isBetterThanGuessing(against: $0) }
        if BlindExit.step(in: losses, blind: blind) != nil,
            told.contains(where: { judgement.accuracy(whole, against: $0) >= neededAccuracy })
        {
            return .able
        }
        guard losses.allSatisfy(\.isFinite) else { return .unable }
        guard losses.count >= options.fewestSteps else { return .undecided }
        guard BlindExit.isFalling(losses, blind: blind) else { return .unable }
        let end = SignalProbe.mean(losses.suffix(BlindExit.window))
        return end > 1.01 * blind || (end < blind && !told.isEmpty) ? .slow : .unable
    }
}
