import HealthReport
import HealthRules
import Testing
import Training
import TrainingMetrics

@testable import codec_doctor

/// What a run shows while it is trained.
@Suite struct TrainingScreenTests {
    /// A tenth of the way into the default run, with a validation and a check behind it.
    private func progress(diagnosis: RunningDiagnosis?) -> RunProgress {
        var configuration = TrainingConfiguration.dacTiny
        (configuration.stepsPerEpoch, configuration.epochs) = (50, 10)
        var progress = RunProgress(name: "dac-tiny-3", configuration: configuration)
        progress.elapsed = 26
        progress.take(
            MeasuredStep(
                step: 50,
                epoch: 1,
                time: 0,
                split: .train,
                values: [
                    Measurement("loss", 41.25), Measurement("mel/loss", 2.3125), Measurement("stft/loss", 4.5),
                    Measurement("adv/disc_loss", 7.75), Measurement("adv/gen_loss", 3.5),
                    Measurement("adv/feat_loss", .nan), Measurement("vq/commitment_loss", 0.5),
                    Measurement("vq/codebook_loss", 0.5), Measurement("grad_norm_g", 12),
                ]
            )
        )
        progress.take(
            MeasuredStep(
                step: 50,
                epoch: 1,
                time: 0,
                split: .validation,
                values: [
                    Measurement("snr", -0.5), Measurement("mel/loss", 2.125), Measurement("correlation", 0.25),
                    Measurement("amplitude_ratio", 0.5), Measurement("si_sdr_aligned", -.infinity),
                ]
            )
        )
        progress.diagnosis = diagnosis
        return progress
    }

    private let blind = RunningDiagnosis(
        step: 50,
        verdict: .failing,
        first: RunningDiagnosis.Cause(
            rule: "ADV001",
            name: "discriminator-blind",
            severity: .error,
            since: 10,
            message: "D's loss is 8.0 for everything."
        ),
        others: 2,
        judged: 12
    )

    @Test func theScreenShowsHowFarTheLossesHeldOutSpeechAndTheDiagnosis() {
        let lines = TrainingScreen(style: .plain, width: 100).lines(progress(diagnosis: blind))
        let expected = """
            dac-tiny-3  ████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  10 %  3:54 left
                      step 50 of 500, epoch 1 of 10, 1.923 steps/s
            train     loss 41.25  mel 2.312  D 7.750  adv 3.500  feat nan  commit 0.5000  codebook 0.5000
            held out  mel 2.125  correlation 0.2500  SNR -0.5000 dB  SI-SDR -inf dB  amplitude 0.5000  (step 50)
            check     failing: ADV001 discriminator-blind since step 10, and 2 more: D's loss is 8.0 for everyt…
            """
        #expect(lines.joined(separator: "\n") == expected)
    }

    @Test(arguments: [12, 20, 40, 63, 100, 160])
    func noLineIsWiderThanTheTerminal(width: Int) {
        let lines = TrainingScreen(style: .plain, width: width).lines(progress(diagnosis: blind))
        #expect(lines.count == 5 && lines.allSatisfy { $0.count <= width })
    }

    @Test func coloursChangeNothingButTheColours() {
        let state = progress(diagnosis: blind)
        let plain = TrainingScreen(style: .plain, width: 90).lines(state)
        let coloured = TrainingScreen(style: .coloured, width: 90).lines(state)
        #expect(coloured != plain)
        let stripped = coloured.map { $0.replacing(/\u{1B}\[[0-9;]*m/, with: "") }
        #expect(stripped == plain)
    }

    @Test func linesForALogSayTheSame() {
        let state = progress(diagnosis: blind)
        #expect(
            TrainingScreen.plain(state)
                == "step 50 of 500, epoch 1 of 10, 1.923 steps/s, 3:54 left: loss 41.25, mel 2.312, D 7.750, adv 3.500, "
                + "feat nan, commit 0.5000, codebook 0.5000"
        )
        #expect(TrainingScreen.plainValidation(state)?.hasPrefix("held out at step 50: mel 2.125, ") == true)
        #expect(TrainingScreen.plainDiagnosis(state)?.hasPrefix("check at step 50: failing: ADV001") == true)
        #expect(TrainingScreen.plainDiagnosis(progress(diagnosis: nil)) == nil)
    }

    @Test func beforeTheFirstStepThereIsOnlyTheBar() {
        let fresh = RunProgress(name: "a\u{1B}b", configuration: .dacTiny)
        let lines = TrainingScreen(style: .plain, width: 80).lines(fresh)
        #expect(lines.count == 2)
        #expect(lines[0].hasPrefix("a\\u{1B}b  ░") && lines[0].hasSuffix("  0 %"))
        #expect(fresh.secondsLeft == nil)
    }

    @Test func timeLeftCountsOnlyTheStepsOfThisProcess() {
        var configuration = TrainingConfiguration.dacTiny
        (configuration.stepsPerEpoch, configuration.epochs) = (10, 10)
        var progress = RunProgress(name: "resumed", configuration: configuration)
        progress.resume(at: 80)
        #expect(progress.epoch == 8 && progress.rate == nil)
        progress.elapsed = 10
        progress.take(MeasuredStep(step: 90, epoch: 9, time: 0, split: .train, values: [Measurement("loss", 1)]))
        #expect(progress.rate == 1 && progress.secondsLeft == 10)
    }

    @Test(arguments: [
        (Verdict.healthy, nil as Severity?, "healthy so far, 12 rules judged"),
        (.unsettled, nil, "nothing wrong so far, too early to call it healthy"),
        (.healthy, .warning, "warning: SIG005 level since step 3: low"),
        (.failing, .error, "failing: SIG005 level since step 3: low"),
    ])
    func theDiagnosisIsOneSentence(verdict: Verdict, severity: Severity?, sentence: String) {
        let cause = severity.map {
            RunningDiagnosis.Cause(rule: "SIG005", name: "level", severity: $0, since: 3, message: "low")
        }
        let diagnosis = RunningDiagnosis(step: 5, verdict: verdict, first: cause, others: 0, judged: 12)
        #expect(diagnosis.sentence == sentence)
    }
}
