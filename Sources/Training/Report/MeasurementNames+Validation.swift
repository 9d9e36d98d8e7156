extension MeasurementNames {
    /// 10·log10(signal/error) in dB, the mean over batches.
    public static let snr = "snr"
    /// SI-SDR in dB, the mean over items; higher is better.
    public static let siSDR = "si_sdr"
    /// ``siSDR`` after undoing ``delay``.
    public static let alignedSISDR = "si_sdr_aligned"
    /// By how many samples the output lags, of the largest cross-correlation over all items.
    public static let delay = "delay"
    /// Standard deviation of the output over that of the input, over all items.
    public static let amplitudeRatio = "amplitude_ratio"
    /// Correlation of output and input, over all items, −1…1.
    public static let correlation = "correlation"
    /// Share of decoded samples at or above 0.999 of full scale, 0…1.
    public static let outputClippedFraction = "output/clipped_fraction"
    /// Largest difference between two evaluations of the same items; 0 in evaluation mode.
    public static let repeatDifference = "repeat_difference"

    /// The numbers in dB.
    public static let inDecibels: Set<String> = [snr, siSDR, alignedSISDR]

    /// Every name a validation can have, for so many stages.
    public static func validation(stages: Int) -> [String] {
        [snr, siSDR, alignedSISDR, delay, amplitudeRatio, correlation]
            + [outputMean, outputPeak, outputRMS, outputClippedFraction, inputRMS]
            + [melLoss, stftLoss, waveformLoss, multiScaleMelLoss]
            + [discriminatorLoss, adversarialLoss, featureLoss, realLogitMean, fakeLogitMean]
            + (0..<stages).map { codebookUsage(stage: $0) } + (0..<stages).map { perplexity(stage: $0) }
            + [repeatDifference]
    }
}
