/// The names of all numbers a step measures, as they are in reports, logs and the store. Where DAC's training script has a name,
/// it is that name.
public enum MeasurementNames {
    /// What D minimises.
    public static let discriminatorLoss = "adv/disc_loss"
    /// The share of ``discriminatorLoss`` from real audio, reduced alike.
    public static let discriminatorRealLoss = "adv/disc_real_loss"
    /// The share of ``discriminatorLoss`` from decoded audio, reduced alike.
    public static let discriminatorFakeLoss = "adv/disc_fake_loss"
    /// Mean logit of real audio in D's pass, averaged over sub-discriminators.
    public static let realLogitMean = "adv/real_logit_mean"
    /// Mean logit of decoded audio in D's pass, averaged over sub-discriminators.
    public static let fakeLogitMean = "adv/fake_logit_mean"
    /// Standard deviation of a sub-discriminator's logits of real audio in D's pass, averaged over sub-discriminators; 0 for a D that
    /// says the same to everything.
    public static let realLogitDeviation = "adv/real_logit_std"
    /// As ``realLogitDeviation``, of decoded audio.
    public static let fakeLogitDeviation = "adv/fake_logit_std"
    /// What G minimises of the game, before its weight.
    public static let adversarialLoss = "adv/gen_loss"
    /// Distance of D's features, before its weight.
    public static let featureLoss = "adv/feat_loss"
    /// Distance of log mel spectrograms.
    public static let melLoss = "mel/loss"
    /// Distance of spectrograms at two window lengths.
    public static let stftLoss = "stft/loss"
    /// L1 distance of samples.
    public static let waveformLoss = "waveform/loss"
    /// EnCodec's distance of mel spectrograms.
    public static let multiScaleMelLoss = "msspec/loss"
    /// Distance of latents to their fixed codes.
    public static let commitmentLoss = "vq/commitment_loss"
    /// Distance of codes to their fixed latents.
    public static let codebookLoss = "vq/codebook_loss"
    /// The loss of a quantiser that has only one (the origin's).
    public static let quantizerLoss = "vq/loss"
    /// What G minimises; with a balancer, the loss whose gradient is used.
    public static let loss = "loss"
    /// Norm of G's gradient before clipping.
    public static let generatorGradientNorm = "grad_norm_g"
    /// Norm of D's gradient before clipping.
    public static let discriminatorGradientNorm = "grad_norm_d"
    /// The part of G's gradient norm that the encoder has, before clipping.
    public static let encoderGradientNorm = "grad_norm_encoder"
    /// Norm of D's gradient in front of its backward pass: 0 where it was cleared.
    public static let discriminatorGradientLeak = "grad_leak_d"
    /// Norm of the gradient G has before its own backward pass: 0 where decoded audio was detached for D.
    public static let generatorGradientLeak = "grad_leak_g"
    /// ‖Δw‖/‖w‖ of the whole codec by its optimiser's step; 0 when nothing moved.
    public static let generatorUpdateRatio = "update_ratio_g"
    /// ‖Δw‖/‖w‖ of the whole discriminator by its optimiser's step; 0 when nothing moved.
    public static let discriminatorUpdateRatio = "update_ratio_d"
    /// G's learning rate in the step.
    public static let generatorLearningRate = "lr_g"
    /// D's learning rate in the step.
    public static let discriminatorLearningRate = "lr_d"
    /// RMS of what was coded, full scale 1.
    public static let inputRMS = "input/rms"
    /// Largest magnitude of what was coded, full scale 1.
    public static let inputPeak = "input/peak"
    /// Share of coded samples at or above 0.999 of full scale, 0…1.
    public static let inputClippedFraction = "input/clipped_fraction"
    /// RMS of what was decoded, full scale 1.
    public static let outputRMS = "output/rms"
    /// Mean of what was decoded, full scale 1.
    public static let outputMean = "output/mean"
    /// Largest magnitude of what was decoded, full scale 1.
    public static let outputPeak = "output/peak"

    /// Norm of a sub-discriminator's gradient before clipping.
    public static func discriminatorGradientNorm(part: String) -> String { "\(discriminatorGradientNorm)/\(part)" }
    /// ‖Δw‖/‖w‖ of a sub-discriminator by the optimiser's step; 0 when nothing of it moved.
    public static func discriminatorUpdateRatio(part: String) -> String { "\(discriminatorUpdateRatio)/\(part)" }
    /// A sub-discriminator's loss on real audio, before reduction.
    public static func discriminatorRealLoss(part: String) -> String { "\(discriminatorRealLoss)/\(part)" }
    /// A sub-discriminator's loss on decoded audio, before reduction.
    public static func discriminatorFakeLoss(part: String) -> String { "\(discriminatorFakeLoss)/\(part)" }
    /// Share of a codebook's entries that the batch chose, 0…1; stages count from 0.
    public static func codebookUsage(stage: Int) -> String { "codebook_usage/\(stage)" }
    /// 2^entropy of the codes of a stage that the batch chose; stages count from 0.
    public static func perplexity(stage: Int) -> String { "perplexity/\(stage)" }
    /// Share of a term's gradient before balancing, 0…1: its average norm over all terms' average norms.
    public static func balancerShare(term: String) -> String { "balancer_share/\(term)" }

    /// Every name a step of DAC's recipe, the origin's or EnCodec's can have, for sub-discriminators and stages of these names and numbers.
    public static func all(parts: [String], stages: Int) -> [String] {
        let balanced = [adversarialLoss, featureLoss, melLoss, stftLoss, waveformLoss, multiScaleMelLoss]
        var names = [discriminatorLoss, discriminatorRealLoss, discriminatorFakeLoss]
        for part in parts {
            names += [discriminatorRealLoss(part: part), discriminatorFakeLoss(part: part)]
            names += [discriminatorGradientNorm(part: part), discriminatorUpdateRatio(part: part)]
        }
        names += [realLogitMean, fakeLogitMean, realLogitDeviation, fakeLogitDeviation]
        names += balanced + [commitmentLoss, codebookLoss, quantizerLoss, loss]
        names += balanced.map { balancerShare(term: $0) }
        names += [generatorGradientNorm, discriminatorGradientNorm, encoderGradientNorm]
        names += [discriminatorGradientLeak, generatorGradientLeak]
        names += [generatorUpdateRatio, discriminatorUpdateRatio, generatorLearningRate, discriminatorLearningRate]
        names += [inputRMS, inputPeak, inputClippedFraction, outputRMS, outputMean, outputPeak]
        return names + (0..<stages).flatMap { [codebookUsage(stage: $0), perplexity(stage: $0)] }
    }
}
