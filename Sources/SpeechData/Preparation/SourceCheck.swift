import Codec

/// What is wrong with a recording's samples, seen before they are mixed and resampled, block by block.
struct SourceCheck {
    /// At least so many samples in a row at full scale are clipping: one or two are a loud recording's peaks.
    private static let shortestRun = 3
    /// Full scale of 8-bit audio, the coarsest there is.
    private static let fullScale: Float = 0.992

    /// Samples in flat tops at full scale.
    private(set) var clippedCount = 0
    private(set) var nonFiniteCount = 0
    /// The frame of the first sample that is NaN or infinite.
    private(set) var firstNonFinite: Int?

    private var frame = 0
    /// For each channel the value and length of the run of equal samples at full scale that its end belongs to.
    private var runs: [(value: Float, length: Int)] = []

    /// Takes the next block.
    mutating func add(_ block: AudioSignal) {
        if runs.isEmpty { runs = block.channels.map { _ in (0, 0) } }
        for (channel, samples) in block.channels.enumerated() {
            var run = runs[channel]
            for (index, sample) in samples.enumerated() {
                if abs(sample) < SourceCheck.fullScale {
                    run.length = 0
                } else if !sample.isFinite {
                    nonFiniteCount += 1
                    firstNonFinite = min(firstNonFinite ?? .max, frame + index)
                    run.length = 0
                } else {
                    run = sample == run.value ? (sample, run.length + 1) : (sample, 1)
                    if run.length == SourceCheck.shortestRun { clippedCount += run.length }
                    if run.length > SourceCheck.shortestRun { clippedCount += 1 }
                }
            }
            runs[channel] = run
        }
        frame += block.frameCount
    }
}
