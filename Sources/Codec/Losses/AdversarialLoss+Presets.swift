extension AdversarialLoss {
    /// DAC's `GANLoss`: least squares, summed over 8 sub-discriminators. Weight 1.
    public static let dac = AdversarialLoss(.leastSquares, reduction: .sum)

    /// HiFi-GAN's and BigVGAN's: least squares, summed over 8 sub-discriminators. Weight 1.
    public static let hifigan = AdversarialLoss(.leastSquares, reduction: .sum)

    /// MelGAN's: hinge with −mean generator, summed over 3 scales. Weight 1.
    public static let melgan = AdversarialLoss(.hinge, reduction: .sum)

    /// audiocraft's for EnCodec (`losses: hinge`): −mean generator, averaged over scales. Weight 4 in its balancer.
    public static let encodec = AdversarialLoss(.hinge, reduction: .mean)

    /// Vocos': hinge with relu generator, averaged over the sub-discriminators of one kind. Weight 1, and 0.1 for its
    /// multi-resolution ones.
    public static let vocos = AdversarialLoss(.hingeWithReLU, reduction: .mean)

    /// The origin's run: hinge with relu generator, averaged over sub-discriminators. Weight 1.
    public static let origin = AdversarialLoss(.hingeWithReLU, reduction: .mean)
}
