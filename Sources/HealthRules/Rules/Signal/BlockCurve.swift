import TrainingMetrics

/// A series as medians of consecutive blocks: what is left when the noise of single batches is taken away.
struct BlockCurve {
    /// Samples in a block.
    let blockLength: Int
    /// Median of each block over its finite values, in long blocks over evenly spaced ones of them; NaN for a block
    /// without any.
    let medians: [Double]

    /// Values of a full block that its median rests on.
    let sampleCount: Int

    /// Values of a block that are looked at, about: their median is within a tenth of a standard deviation.
    private static let sampled = 256

    /// Cuts a series into at most `blocks` blocks; a series no longer than that keeps every value.
    init(_ series: MetricSeries, blocks: Int) {
        let length = max(1, (series.count + blocks - 1) / blocks)
        blockLength = length
        let values = series.values
        guard length > 2 * Self.sampled else {
            sampleCount = length
            medians = RobustStatistics.blockMedians(values, blockLength: length)
            return
        }
        // An odd stride does not fall in step with what alternates.
        let step = (length / Self.sampled) | 1
        sampleCount = length / step
        medians = stride(from: values.startIndex, to: values.endIndex, by: length).map { start in
            RobustStatistics.median(
                stride(from: start, to: min(start + length, values.endIndex), by: step).map { values[$0] }
            )
        }
    }

    /// Offset in the series at which a block begins.
    func firstOffset(_ block: Int) -> Int { block * blockLength }
}
