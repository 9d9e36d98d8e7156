/// Compares two streams block by block; an hour needs as much memory as a minute (loudness keeps 160 bytes a second).
///
/// Products of samples are summed in Float64 for every delay at once, so one pass suffices. Distortions more than
/// 140 dB under the signal are lost in rounding and reported as +infinity (`snr` without delay is exact beyond).
public struct SignalComparisonAccumulator: Sendable {
    /// Frames compared so far.
    public private(set) var frameCount = 0

    private let sampleRate: Int
    private let channelCount: Int
    private var search: DelaySearch
    private var loudness: (reference: LoudnessMeter, degraded: LoudnessMeter)
    private var errorEnergy = 0.0
    private var absoluteError = 0.0

    /// An accumulator for signals of this form; delays are looked for within ±`maximumDelay` samples, 0.1 s unless given.
    ///
    /// - Precondition: rate and channels are positive, `maximumDelay` is not negative.
    public init(sampleRate: Int, channelCount: Int = 1, maximumDelay: Int? = nil) {
        self.sampleRate = sampleRate
        self.channelCount = channelCount
        search = DelaySearch(largestDelay: maximumDelay ?? sampleRate / 10)
        let meter = LoudnessMeter(sampleRate: sampleRate, channelCount: channelCount)
        loudness = (meter, meter)
    }

    init(_ reference: AudioSignal, _ degraded: AudioSignal, maximumDelay: Int?) throws(SignalComparisonError) {
        try SignalComparisonError.check(
            sampleRates: (reference.sampleRate, degraded.sampleRate),
            channelCounts: (reference.channelCount, degraded.channelCount)
        )
        self.init(
            sampleRate: reference.sampleRate,
            channelCount: reference.channelCount,
            maximumDelay: maximumDelay
        )
    }

    /// Compares the next block of both streams.
    ///
    /// - Precondition: both have the announced sample rate and channels, and equally many frames.
    public mutating func add(reference: AudioSignal, degraded: AudioSignal) {
        for signal in [reference, degraded] {
            precondition(signal.sampleRate == sampleRate, "The comparison runs at \(sampleRate) Hz.")
            precondition(signal.channelCount == channelCount, "The comparison has \(channelCount) channels.")
        }
        precondition(reference.frameCount == degraded.frameCount, "Blocks that are compared are equally long.")
        search.add(reference.channels, degraded.channels)
        loudness.reference.add(reference.channels)
        loudness.degraded.add(degraded.channels)
        for (x, y) in zip(reference.channels, degraded.channels) {
            for (a, b) in zip(x, y) {
                let difference = Double(a) - Double(b)
                errorEnergy += difference * difference
                absoluteError += abs(difference)
            }
        }
        frameCount += reference.frameCount
    }

    /// The measures over all blocks so far. `lengthDifference` is only passed on.
    public func result(lengthDifference: Int = 0) -> SignalComparison {
        SignalComparison(
            sampleRate: sampleRate,
            channelCount: channelCount,
            lengthDifference: lengthDifference,
            errorEnergy: errorEnergy,
            absoluteError: absoluteError,
            unaligned: search.unaligned,
            best: search.best,
            loudness: (loudness.reference.integratedLoudness, loudness.degraded.integratedLoudness)
        )
    }
}
