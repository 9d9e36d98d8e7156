/// Everything that is measured between a reference file and a degraded one: sample by sample, and of their spectra.
///
/// Files are read block by block, so that an hour needs as much memory as a minute. A degraded file of another rate is
/// resampled to the reference's; files of different channel counts are compared as mono mixes.
public struct AudioEvaluation: Sendable {
    /// Measures of the waveforms.
    public let comparison: SignalComparison
    /// DAC's multi-scale mel distance (``MelSpectrogramLoss/dac(sampleRate:)``), the mean over blocks of 30 s; NaN when the common
    /// part is shorter than 2048 samples or holds NaN.
    public let melDistance: Double
    /// DAC's multi-scale STFT distance (``MultiScaleSTFTLoss``) in the same way.
    public let stftDistance: Double
    /// What was changed to compare the two, for people.
    public let notes: [String]

    private static let shortestBlock = 2048

    /// Compares two files; delays are looked for within ±`maximumDelay` samples, 0.1 s unless given.
    ///
    /// `progress` hears the share done, 0…1, when the reference says how long it is.
    /// Throws ``AudioFileError`` or ``ResamplerError``.
    public init(
        reference: String,
        degraded: String,
        maximumDelay: Int? = nil,
        progress: (Double) -> Void = { _ in }
    ) throws {
        let formats = (try AudioFileReader(reference), try AudioFileReader(degraded))
        var notes: [String] = []
        let mixes = formats.0.channelCount != formats.1.channelCount
        if mixes {
            notes.append("compared as mono: \(formats.0.channelCount) and \(formats.1.channelCount) channels")
        }
        let rate = formats.0.sampleRate
        if formats.1.sampleRate != rate {
            notes.append("degraded file resampled from \(formats.1.sampleRate) to \(rate) Hz")
        }
        let streams = (
            try AudioStream(reference, mixingToMono: mixes),
            try AudioStream(degraded, sampleRate: rate, mixingToMono: mixes)
        )
        var accumulator = SignalComparisonAccumulator(
            sampleRate: rate,
            channelCount: streams.0.channelCount,
            maximumDelay: maximumDelay
        )
        var mel = SpectralMean(MelSpectrogramLoss.dac(sampleRate: rate).callAsFunction)
        var stft = SpectralMean(MultiScaleSTFTLoss().callAsFunction)
        var lengthDifference = 0
        while true {
            let (x, y) = (try streams.0.read(30 * rate), try streams.1.read(30 * rate))
            lengthDifference += (y?.frameCount ?? 0) - (x?.frameCount ?? 0)
            if x == nil, y == nil { break }
            guard let x, let y else { continue }
            let common = min(x.frameCount, y.frameCount)
            let pair = (x.segment(from: 0, count: common), y.segment(from: 0, count: common))
            accumulator.add(reference: pair.0, degraded: pair.1)
            if common >= Self.shortestBlock {
                mel.add(reference: pair.0, degraded: pair.1)
                stft.add(reference: pair.0, degraded: pair.1)
            }
            if let total = streams.0.declaredFrameCount, total > 0 {
                progress(min(1, Double(accumulator.frameCount) / Double(total)))
            }
        }
        comparison = accumulator.result(lengthDifference: lengthDifference)
        melDistance = mel.value
        stftDistance = stft.value
        self.notes = notes
    }
}

/// The mean of a distance over blocks, weighted by their lengths.
private struct SpectralMean {
    private let distance: (Tensor, Tensor) -> Tensor
    private var sum = 0.0
    private var frames = 0

    init(_ distance: @escaping (Tensor, Tensor) -> Tensor) { self.distance = distance }

    var value: Double { frames > 0 ? sum / Double(frames) : .nan }

    mutating func add(reference: AudioSignal, degraded: AudioSignal) {
        let shape = [reference.channelCount, reference.frameCount]
        let tensors = [degraded, reference].map { Tensor($0.channels.flatMap { $0 }, shape: shape) }
        let result = withoutGradients { distance(tensors[0], tensors[1]) }
        sum += Double(result.item) * Double(reference.frameCount)
        frames += reference.frameCount
    }
}
