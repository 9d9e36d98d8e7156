/// Everything that is measured between a reference and a degraded signal of the same sample rate and channels.
///
/// Channels are pooled: sums run over all of them. Measures without "aligned" compare sample by sample; the aligned
/// ones first undo `delay`. What silence and NaN do is said at each function of `SignalMetrics`.
public struct SignalComparison: Sendable {
    /// Samples per second of both, Hz.
    public let sampleRate: Int
    /// Channels of both.
    public let channelCount: Int
    /// Frames compared: those of the shorter signal.
    public let frameCount: Int
    /// Frames of the degraded signal minus frames of the reference.
    public let lengthDifference: Int

    /// Signal-to-noise ratio, dB.
    public let snr: Double
    /// Scale-invariant signal-to-distortion ratio, dB; positive is good.
    public let siSDR: Double
    /// By how many samples the degraded signal lags the reference, negative when early; nil when that is undefined.
    public let delay: Int?
    /// `snr` after undoing the delay, dB; NaN without a delay.
    public let alignedSNR: Double
    /// `siSDR` after undoing the delay, dB; NaN without a delay.
    public let alignedSISDR: Double

    /// std(degraded)/std(reference).
    public let amplitudeRatio: Double
    /// Pearson's correlation, −1…1.
    public let correlation: Double
    /// `correlation` after undoing the delay; NaN without a delay.
    public let alignedCorrelation: Double
    /// The mean of |reference − degraded|.
    public let meanAbsoluteDifference: Double

    /// Loudness of the reference by BS.1770, LUFS.
    public let referenceLoudness: Double
    /// Loudness of the degraded signal by BS.1770, LUFS.
    public let degradedLoudness: Double

    /// Loudness of the degraded signal minus that of the reference, LU: negative when it became quieter.
    public var loudnessDifference: Double { degradedLoudness - referenceLoudness }

    /// Compares two signals; delays are looked for within ±`maximumDelay` samples, 0.1 s unless given.
    ///
    /// Throws when sample rates or channel counts differ; different lengths are compared over the common part.
    public init(reference: AudioSignal, degraded: AudioSignal, maximumDelay: Int? = nil)
        throws(SignalComparisonError)
    {
        var accumulator = try SignalComparisonAccumulator(reference, degraded, maximumDelay: maximumDelay)
        let length = min(reference.frameCount, degraded.frameCount)
        // In pieces, so that the transforms' working memory stays small beside the signals.
        for start in stride(from: 0, to: length, by: 65_536) {
            let count = min(65_536, length - start)
            accumulator.add(
                reference: reference.segment(from: start, count: count),
                degraded: degraded.segment(from: start, count: count)
            )
        }
        self = accumulator.result(lengthDifference: degraded.frameCount - reference.frameCount)
    }

    /// Compares two audio files block by block in constant memory; see `init(reference:degraded:maximumDelay:)`.
    ///
    /// Throws `AudioFileError` or `SignalComparisonError`. `progress` hears how many frames have been compared.
    public init(
        referenceFile: String,
        degradedFile: String,
        maximumDelay: Int? = nil,
        progress: (Int) -> Void = { _ in }
    ) throws {
        let readers = (reference: try AudioFileReader(referenceFile), degraded: try AudioFileReader(degradedFile))
        try SignalComparisonError.check(
            sampleRates: (readers.reference.sampleRate, readers.degraded.sampleRate),
            channelCounts: (readers.reference.channelCount, readers.degraded.channelCount)
        )
        var accumulator = SignalComparisonAccumulator(
            sampleRate: readers.reference.sampleRate,
            channelCount: readers.reference.channelCount,
            maximumDelay: maximumDelay
        )
        var lengthDifference = 0
        while true {
            let (x, y) = (try readers.reference.readBlock(), try readers.degraded.readBlock())
            lengthDifference += (y?.frameCount ?? 0) - (x?.frameCount ?? 0)
            if x == nil, y == nil { break }
            guard let x, let y else { continue }
            let common = min(x.frameCount, y.frameCount)
            accumulator.add(
                reference: x.segment(from: 0, count: common),
                degraded: y.segment(from: 0, count: common)
            )
            progress(accumulator.frameCount)
        }
        self = accumulator.result(lengthDifference: lengthDifference)
    }

    /// The measures that follow from the sums.
    init(
        sampleRate: Int,
        channelCount: Int,
        lengthDifference: Int,
        errorEnergy: Double,
        absoluteError: Double,
        unaligned: PairMoments,
        best: DelaySearch.Best?,
        loudness: (reference: Double, degraded: Double)
    ) {
        self.sampleRate = sampleRate
        self.channelCount = channelCount
        self.lengthDifference = lengthDifference
        frameCount = unaligned.count / channelCount
        snr = decibels(ofPower: unaligned.xx.value / errorEnergy)
        siSDR = SignalMetrics.siSDR(unaligned, residualEnergy: unaligned.residualEnergy)
        delay = best?.delay
        let aligned = best?.moments
        // Without a delay the sums of differences are at hand; they are exact where sums of products are not.
        alignedSNR = best?.delay == 0 ? snr : aligned.map { decibels(ofPower: $0.xx.value / $0.errorEnergy) } ?? .nan
        alignedSISDR = aligned.map { SignalMetrics.siSDR($0, residualEnergy: $0.residualEnergy) } ?? .nan
        alignedCorrelation = aligned?.correlation ?? .nan
        amplitudeRatio = unaligned.amplitudeRatio
        correlation = unaligned.correlation
        meanAbsoluteDifference = absoluteError / Double(unaligned.count)
        referenceLoudness = loudness.reference
        degradedLoudness = loudness.degraded
    }
}

/// Why two signals cannot be compared.
public enum SignalComparisonError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The sample rates differ.
    case sampleRates(reference: Int, degraded: Int)
    /// The channel counts differ.
    case channelCounts(reference: Int, degraded: Int)

    /// The sentence.
    public var description: String {
        switch self {
        case .sampleRates(let reference, let degraded):
            "The reference has \(reference) Hz and the degraded signal \(degraded) Hz: resample one of them first."
        case .channelCounts(let reference, let degraded):
            "The reference has \(reference) channels and the degraded signal \(degraded): mix both to mono first."
        }
    }

    static func check(sampleRates: (Int, Int), channelCounts: (Int, Int)) throws(SignalComparisonError) {
        guard sampleRates.0 == sampleRates.1 else {
            throw .sampleRates(reference: sampleRates.0, degraded: sampleRates.1)
        }
        guard channelCounts.0 == channelCounts.1 else {
            throw .channelCounts(reference: channelCounts.0, degraded: channelCounts.1)
        }
    }
}
