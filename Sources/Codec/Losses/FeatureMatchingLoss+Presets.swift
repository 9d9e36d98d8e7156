extension FeatureMatchingLoss {
    /// DAC's `GANLoss`: the sum over 100 maps, without logits. Weight 2.
    ///
    /// DAC's ablations keep weight × maps near 200; do the same when sub-discriminators are left out.
    public static let dac = FeatureMatchingLoss(reduction: .sum)

    /// HiFi-GAN's and BigVGAN's: twice the sum over all maps, logits included. The 2 is inside; weight 1.
    public static let hifigan = FeatureMatchingLoss(reduction: .sum, scale: 2, includesLogits: true)

    /// MelGAN's: the sum over maps without logits, times 4 / (n + 1) / scales with n = 4 strided layers and 3 scales. Weight 10.
    public static let melgan = FeatureMatchingLoss(reduction: .sumPerPart, scale: 0.8)

    /// audiocraft's for EnCodec: the mean over maps, then over scales, without logits. Weight 4 in its balancer.
    ///
    /// audiocraft computes the relative scale and does not use it.
    public static let encodec = FeatureMatchingLoss(reduction: .meanPerPart)

    /// EnCodec's paper (Défossez et al. 2022): as ``encodec``, but each map's distance relative to the real map. Weight 3.
    ///
    /// The paper has no ε; 1e-3 is stable-audio-tools'.
    public static let encodecPaper = FeatureMatchingLoss(reduction: .meanPerPart, relativeEpsilon: 1e-3)

    /// Vocos': the sum over maps, logits included, averaged over the sub-discriminators of one kind. Weight 1, and 0.1 for
    /// its multi-resolution ones. Vocos' period discriminators leave their first map out; leave it out of the answers too.
    public static let vocos = FeatureMatchingLoss(reduction: .sumPerPart, includesLogits: true)

    /// The origin's run that failed: the mean over all maps of all sub-discriminators, without logits. Weight 2.
    public static let originFailing = FeatureMatchingLoss(reduction: .mean)

    /// The origin's run after the repair: as ``originFailing``, logits included. Weight 10.
    public static let originFixed = FeatureMatchingLoss(reduction: .mean, includesLogits: true)
}
