import Codec
import TrainingMetrics

/// Whether discriminators learn to tell real from imitated audio when they alone are trained.
public enum LearningProbe {
    /// Trains the subjects step by step in turns, so that all get the same batches, as many steps and the same machine, and judges each on
    /// held-out audio. A subject that is not able is trained again with one thing changed at a time.
    ///
    /// All subjects are in memory at once, 16 bytes per parameter. In the second half of the time only those that have not left the blind
    /// value go on. When one has not moved after 60 % of the time, training ends there and
    /// the rest of the time is left to the changes. Neither `subjects` nor `audio` is changed. `progress` is called with a share of the whole,
    /// 0 to 1.
    public static func reports(
        of subjects: [Subject],
        audio: ProbeAudio,
        options: Options = Options(),
        progress: (Double) -> Void = { _ in }
    ) -> [LearningReport] {
        let budget = LearningBudget(seconds: options.steps == nil ? options.seconds : .infinity)
        let length = itemLength(for: subjects, audio: audio, options: options)
        var trials: [LearningTrial] = []
        var levels: [Double] = []
        for subject in subjects {
            let trial = LearningTrial(subject.make(), audio: audio, options: options, length: length)
            trials.append(trial)
            levels.append(HeldOutJudgement.featureMatching(of: trial.net, audio: audio, from: 0, length: length))
        }
        train(trials, options: options, budget: budget, progress: progress)
        var reports: [LearningReport] = []
        for (index, trial) in trials.enumerated() {
            let judgement = HeldOutJudgement(
                of: trial.net,
                audio: audio,
                imitations: options.imitations,
                length: length
            )
            var report = LearningReport(trial, judgement: judgement, audio: audio, length: length)
            report.featureMatchingBefore = levels[index]
            reports.append(report)
        }
        trials = []
        guard options.triesChanges else { return reports }
        let failing = reports.indices.filter { reports[$0].verdict != .able }
        for (place, index) in failing.enumerated() {
            let end = budget.end(ofPiece: place, of: failing.count)
            tryChanges(on: subjects[index], audio: audio, length: length, options: options, until: end, &reports[index])
            progress(0.9 + 0.1 * Double(place + 1) / Double(failing.count))
        }
        progress(1)
        return reports
    }

    /// A judgement looks at 72 items, a step at four, and going forward is a third of a step's work; one step more to be safe.
    private static let judgementSteps = 7.0

    private static func itemLength(for subjects: [Subject], audio: ProbeAudio, options: Options) -> Int {
        let shortest = subjects.compactMap(\.description.shortestInput).max() ?? 0
        return max(min(options.itemLength, audio.segmentLength), shortest)
    }

    /// Steps that no net is trained beyond.
    private static let longestTraining = 50_000

    private static func train(
        _ trials: [LearningTrial],
        options: Options,
        budget: LearningBudget,
        progress: (Double) -> Void
    ) {
        let steps = options.steps ?? longestTraining
        let blind = options.loss.family.blindLoss
        var waiting = trials
        for done in 0..<steps {
            // In the second half of the time those that have left the blind value wait for the others. Looking through a long curve takes
            // time of its own.
            if done < 2 * options.mostSteps || done % 20 == 0 {
                waiting = trials.filter { BlindExit.step(in: $0.losses, blind: blind) == nil }
            }
            if options.steps == nil, done >= options.mostSteps, waiting.isEmpty { return }
            let hasHalfTheTime = options.steps != nil || budget.share < 0.5
            for trial in hasHalfTheTime || waiting.isEmpty ? trials : waiting { trial.step() }
            progress(0.9 * max(Double(done + 1) / Double(options.steps ?? options.mostSteps), budget.share))
            guard options.steps == nil else { continue }
            if budget.isSpent(keeping: trials.reduce(0) { $0 + judgementSteps * $1.secondsPerStep }) { return }
            let isEarlyToTell = done + 1 < max(options.fewestSteps, 2 * BlindExit.window) || budget.share < 0.6
            if options.triesChanges, !isEarlyToTell,
                trials.contains(where: { !BlindExit.isFalling($0.losses, blind: blind) })
            {
                return
            }
        }
    }

    private static func tryChanges(
        on subject: Subject,
        audio: ProbeAudio,
        length: Int,
        options: Options,
        until end: ContinuousClock.Instant?,
        _ report: inout LearningReport
    ) {
        let (changes, untested) = LearningChange.candidates(
            for: subject,
            options: options,
            audio: audio,
            length: length
        )
        report.untested = untested
        let blind = options.loss.family.blindLoss
        for (index, change) in changes.enumerated() {
            let budget = LearningBudget(until: end, pieces: changes.count - index)
            let trial = LearningTrial(change.subject.make(), audio: audio, options: change.options, length: length)
            while trial.points.count < report.steps {
                if budget.isSpent(keeping: judgementSteps * trial.secondsPerStep) { break }
                trial.step()
                if options.steps == nil, trial.points.count % 10 == 0,
                    BlindExit.step(in: trial.losses, blind: blind) != nil
                {
                    break
                }
            }
            guard trial.points.count >= min(report.steps, 2 * BlindExit.window) else {
                report.untested.append("\(change.title): no time was left")
                continue
            }
            let judgement = HeldOutJudgement(
                of: trial.net,
                audio: audio,
                imitations: options.imitations,
                length: length
            )
            report.counterfactuals.append(
                LearningReport.Counterfactual(
                    change: change.title,
                    verdict: LearningVerdict.of(trial.losses, options: trial.options, judgement: judgement),
                    leftBlindAt: BlindExit.step(in: trial.losses, blind: blind),
                    finalLoss: SignalProbe.mean(trial.losses.suffix(BlindExit.window)),
                    steps: trial.points.count
                )
            )
        }
        report.remedy = report.counterfactuals.first { $0.verdict == .able }?.change
    }
}
