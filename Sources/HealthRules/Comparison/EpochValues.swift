public import TrainingMetrics

/// A series by epoch: the value it had when an epoch ended.
public struct EpochValues: Sendable {
    /// Epochs with a value, ascending, whole numbers.
    public let epochs: [Double]
    private let values: [Double]

    /// The last value of every epoch. Empty when the series knows no epochs. Epochs that a log counts in fractions
    /// (`1.25`) are cut to the whole. O(samples log epochs).
    public init(_ series: MetricSeries, axis: StepAxis) {
        var last: [Double: Double] = [:]
        for offset in 0..<series.count {
            let sample = series[offset]
            let epoch = sample.epoch ?? (axis == .epoch ? Double(sample.position) : .nan)
            guard epoch.isFinite else { continue }
            last[epoch.rounded(.down)] = sample.value
        }
        epochs = last.keys.sorted()
        values = epochs.map { last[$0] ?? .nan }
    }

    /// The value at the end of an epoch, `nil` when there is none.
    public func value(at epoch: Double) -> Double? {
        var (low, high) = (0, epochs.count)
        while low < high {
            let middle = low + (high - low) / 2
            if epochs[middle] < epoch { low = middle + 1 } else { high = middle }
        }
        return low < epochs.count && epochs[low] == epoch ? values[low] : nil
    }
}
