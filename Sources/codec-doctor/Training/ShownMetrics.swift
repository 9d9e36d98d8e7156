/// Which of a trainer's many numbers are shown to people, and under which words.
enum ShownMetrics {
    /// What a number of the validation should do.
    enum Direction: Sendable {
        case lower, higher, towardsOne
    }

    /// Losses of a step, in the order they are shown; terms only where they act.
    static let training: [(name: String, label: String)] = [
        ("loss", "loss"), ("mel/loss", "mel"), ("msspec/loss", "spectra"), ("stft/loss", "STFT"),
        ("waveform/loss", "wave"), ("adv/disc_loss", "D"), ("adv/gen_loss", "adv"), ("adv/feat_loss", "feat"),
        ("vq/loss", "VQ"), ("vq/commitment_loss", "commit"), ("vq/codebook_loss", "codebook"),
    ]
    /// Those that have no weight of their own.
    static let always = ["loss", "adv/disc_loss"]

    /// Measures of held-out speech, the most telling first.
    static let validation: [(name: String, label: String, unit: String, better: Direction)] = [
        ("mel/loss", "mel", "", .lower), ("correlation", "correlation", "", .higher), ("snr", "SNR", "dB", .higher),
        ("si_sdr_aligned", "SI-SDR", "dB", .higher), ("amplitude_ratio", "amplitude", "", .towardsOne),
    ]
}
