import Testing
import TrainingMetrics

/// The names our own trainer logs, and what a log of them is read as: role and, behind a comma, part.
@Suite struct OwnNamesTests {
    private static let table: [(name: String, role: MetricRole, part: String)] =
        [
            ("adv/disc_loss", .discriminatorLoss, ""), ("adv/disc_real_loss", .discriminatorRealLoss, ""),
            ("adv/disc_fake_loss", .discriminatorFakeLoss, ""), ("adv/gen_loss", .adversarialLoss, ""),
            ("adv/feat_loss", .featureMatchingLoss, ""), ("mel/loss", .reconstructionLoss(.mel), ""),
            ("stft/loss", .reconstructionLoss(.stft), ""), ("waveform/loss", .reconstructionLoss(.waveform), ""),
            ("msspec/loss", .reconstructionLoss(.mel), ""), ("vq/commitment_loss", .commitmentLoss, ""),
            ("vq/codebook_loss", .codebookLoss, ""), ("vq/loss", .vqLoss, ""), ("loss", .totalLoss, ""),
            ("adv/real_logit_mean", .discriminatorRealLogit, ""), ("adv/fake_logit_mean", .discriminatorFakeLogit, ""),
            ("adv/real_logit_std", .discriminatorRealLogitSpread, ""),
            ("adv/fake_logit_std", .discriminatorFakeLogitSpread, ""), ("grad_norm_g", .gradientNorm(.generator), ""),
            ("grad_norm_d", .gradientNorm(.discriminator), ""), ("grad_norm_encoder", .gradientNorm(.encoder), ""),
            ("update_ratio_g", .updateRatio(.generator), ""), ("update_ratio_d", .updateRatio(.discriminator), ""),
            ("grad_leak_g", .gradientLeak(.generator), ""), ("grad_leak_d", .gradientLeak(.discriminator), ""),
            ("lr_g", .learningRate(.generator), ""), ("lr_d", .learningRate(.discriminator), ""),
            ("time/step", .stepTime, ""), ("time/loader", .loaderTime, ""), ("input/rms", .inputLevel, ""),
            ("input/peak", .inputPeak, ""), ("input/mean", .inputMean, ""),
            ("input/clipped_fraction", .inputClippedFraction, ""), ("input/bandwidth", .inputBandwidth, ""),
            ("output/rms", .outputLevel, ""), ("output/peak", .outputPeak, ""), ("output/mean", .outputMean, ""),
            ("output/clipped_fraction", .clippedFraction, ""), ("snr", .snr, ""), ("si_sdr", .siSDR, ""),
            ("si_sdr_aligned", .siSDRAligned, ""), ("delay", .delay, ""), ("amplitude_ratio", .amplitudeRatio, ""),
            ("correlation", .correlation, ""), ("repeat_difference", .repeatDifference, ""),
        ]
        + ["period 2", "STFT 2048", "scale 0"].flatMap { part -> [(String, MetricRole, String)] in
            [
                ("adv/disc_loss/\(part)", .discriminatorLoss, part),
                ("adv/disc_real_loss/\(part)", .discriminatorRealLoss, part),
                ("adv/disc_fake_loss/\(part)", .discriminatorFakeLoss, part),
                ("adv/real_logit_mean/\(part)", .discriminatorRealLogit, part),
                ("update_ratio_d/\(part)", .updateRatio(.discriminator), part),
                ("adv/fake_logit_std/\(part)", .discriminatorFakeLogitSpread, part),
            ]
        }
        + ["0", "11"].flatMap { stage -> [(String, MetricRole, String)] in
            [("codebook_usage/\(stage)", .codebookUsage, stage), ("perplexity/\(stage)", .perplexity, stage)]
        }

    @Test func everyNameIsReadAsItIsMeant() {
        let found = MetricInterpreter().interpret(Self.table.map { MetricKey(name: $0.name) })
        for (row, interpretation) in zip(Self.table, found) {
            #expect(interpretation == MetricInterpretation(role: row.role, part: row.part), "\(row.name)")
        }
    }

    /// A recorder may meet a name before all others are known.
    @Test func aNameMeansTheSameAlone() {
        for row in Self.table where row.name != "adv/gen_loss" {
            let found = MetricInterpreter().interpret([MetricKey(name: row.name)])
            #expect(found == [MetricInterpretation(role: row.role, part: row.part)], "\(row.name)")
        }
    }

    @Test func theSplitInFrontOfANameChangesNothing() {
        let names = [
            "val/adv/disc_real_loss/STFT 512", "val/delay", "train/update_ratio_d", "validation/repeat_difference",
        ]
        let found = MetricInterpreter().interpret(names.map { MetricKey(name: $0) })
        #expect(found.map(\.role) == [.discriminatorRealLoss, .delay, .updateRatio(.discriminator), .repeatDifference])
        #expect(found[0].part == "STFT 512")
    }
}
