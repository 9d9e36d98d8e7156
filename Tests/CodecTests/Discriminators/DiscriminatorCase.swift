import Codec
import CodecTestSupport

/// The discriminators of `goldens_discriminators.py`.
enum DiscriminatorCase: String, CaseIterable, Sendable {
    case dacOdd = "dac_odd"
    case dacMultiple = "dac_multiple"
    case dacRates = "dac_rates"
    case dacBands = "dac_bands"
    case dacOwnBands = "dac_own_bands"
    case dacUnlike = "dac_unlike"
    case dacShort = "dac_short"
    case hiFiGANPeriods = "hifigan_periods"
    case hiFiGANScales = "hifigan_scales"
    case melGAN = "melgan"
    case originFailing = "origin_failing"
    case originPeriods = "origin_periods"
    case originImages = "origin_images"
    case enCodec = "encodec"
    case audiocraft = "audiocraft"
    case bigVGAN = "bigvgan"

    var description: DiscriminatorDescription {
        switch self {
        case .dacOdd: .dac(periods: [2, 3], windowLengths: [])
        case .dacMultiple: .dac(periods: [5], windowLengths: [])
        case .dacRates: .dac(sampleRate: 8000, periods: [], rates: [1, 2, 3], windowLengths: [])
        case .dacBands: .dac(periods: [], windowLengths: [512, 128])
        case .dacOwnBands: .dac(periods: [], windowLengths: [64], bands: [0.05...0.3, 0.3...0.9])
        case .dacUnlike: .dac(periods: [3], windowLengths: [128], bands: [0...0.3, 0.3...1])
        case .dacShort:
            .dac(sampleRate: 16_000, periods: [7, 11], rates: [4], windowLengths: [16], bands: [0...1])
        case .hiFiGANPeriods: .hiFiGANPeriods(periods: [2, 5])
        case .hiFiGANScales: .hiFiGANScales()
        case .melGAN: .melGAN()
        case .originFailing: .originGrouped()
        case .originPeriods: .originDAC(periods: [3], windowLengths: [])
        case .originImages: .originDAC(periods: [], windowLengths: [256, 64])
        case .enCodec: .enCodec(windowLengths: [256, 512])
        case .audiocraft: .enCodec(windowLengths: [128], slope: 0.3)
        case .bigVGAN: .bigVGANResolutions(resolutions: [(256, 30, 150), (512, 60, 300), (128, 12, 60)])
        }
    }

    /// How far gradients may be from PyTorch's, over their norm. Behind silence and offsets whole rows of features are equal but for
    /// rounding; where they are near 0 it decides which slope LeakyReLU has. In BigVGAN's case 4 of 732,032 inputs of LeakyReLU lie
    /// within 1e-5 of their RMS of 0, and the slope of one changes gradients by half a per cent.
    var tolerance: Double {
        switch self {
        case .dacUnlike: 2e-2
        case .bigVGAN: 1e-2
        default: 1e-4
        }
    }

    /// The discriminator with the script's weights.
    func discriminator() -> Discriminator {
        var random = RandomSource(seed: 1)
        let discriminator = Discriminator(description, using: &random)
        HashedNumbers.fill(discriminator)
        // Spectral norms move in training only: one step, as in the script.
        discriminator.setTraining(true)
        withoutGradients { _ = discriminator.output(of: HashedNumbers.uniform("first", [1, 1, 1000])) }
        discriminator.setTraining(false)
        return discriminator
    }
}
