import TrainingMetrics

/// A series as medians of consecutive blocks: what is left when the noise of single batches is taken away.
struct BlockCurve {
    /// Samples in a block.
    let blockLength: Int
    /// Median of each block over its finite values; NaN for a block without any.
    let medians: [Double]

    /// Cuts a series into at most `blocks` blocks; a series no longer than that keeps every value.
    init(_ series: MetricSeries, blocks: Int) {
        blockLength = max(1, (series.count + blocks - 1) / blocks)
        medians = RobustStatistics.blockMedians(series.values, blockLength: blockLength)
    }

    /// Offset in the series at which a block begins.
    func firstOffset(_ block: Int) -> Int { block * blockLength }
}
