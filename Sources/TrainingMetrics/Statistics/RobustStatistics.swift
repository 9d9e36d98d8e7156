/// Order statistics that a few outliers cannot move. Non-finite values are left out; of no value the result is NaN.
public enum RobustStatistics {
    /// The finite values.
    @inlinable public static func finite(_ values: some Sequence<Double>) -> [Double] { values.filter(\.isFinite) }

    /// The middle value (mean of the two middle ones). O(n).
    @inlinable public static func median(_ values: some Sequence<Double>) -> Double { quantile(values, 0.5) }

    /// The q-quantile, 0…1, linear between neighbours. O(n).
    @inlinable public static func quantile(_ values: some Sequence<Double>, _ q: Double) -> Double {
        var sample = finite(values)
        return quantile(ofFinite: &sample, q)
    }

    /// Quartiles 25 %, 50 %, 75 %.
    @inlinable public static func quartiles(_ values: some Sequence<Double>) -> (
        lower: Double, median: Double, upper: Double
    ) {
        var sample = finite(values)
        let lower = quantile(ofFinite: &sample, 0.25)
        let median = quantile(ofFinite: &sample, 0.5)
        return (lower, median, quantile(ofFinite: &sample, 0.75))
    }

    /// Distance between the outer quartiles.
    @inlinable public static func interquartileRange(_ values: some Sequence<Double>) -> Double {
        let quartiles = quartiles(values)
        return quartiles.upper - quartiles.lower
    }

    /// Median absolute deviation from the median, not rescaled (× 1.4826 estimates σ of a normal distribution).
    @inlinable public static func medianAbsoluteDeviation(_ values: some Sequence<Double>) -> Double {
        let sample = finite(values)
        let middle = median(sample)
        return median(sample.map { abs($0 - middle) })
    }

    /// Medians of consecutive blocks; the last block may be shorter. O(n).
    public static func blockMedians(_ values: ArraySlice<Double>, blockLength: Int) -> [Double] {
        precondition(blockLength > 0, "a block holds at least one value")
        return stride(from: values.startIndex, to: values.endIndex, by: blockLength).map { start in
            median(values[start..<min(start + blockLength, values.endIndex)])
        }
    }

    /// Slope of the median of pairwise slopes (Theil, Sen) over at most 64 block medians: change of value per sample.
    public static func slope(_ values: ArraySlice<Double>) -> Double {
        let blockLength = max(1, (values.count + 63) / 64)
        let medians = blockMedians(values, blockLength: blockLength)
        var slopes: [Double] = []
        for first in medians.indices {
            for second in medians.indices.dropFirst(first + 1)
            where medians[first].isFinite && medians[second].isFinite {
                slopes.append((medians[second] - medians[first]) / Double(second - first))
            }
        }
        return median(slopes) / Double(blockLength)
    }

    @usableFromInline static func quantile(ofFinite sample: inout [Double], _ q: Double) -> Double {
        guard !sample.isEmpty else { return .nan }
        let position = q * Double(sample.count - 1)
        let lower = Int(position)
        let low = select(&sample, lower)
        let fraction = position - Double(lower)
        guard fraction > 0, lower + 1 < sample.count else { return low }
        // Everything behind `lower` is at least `low` after the selection: the next value is their minimum.
        let high = sample[(lower + 1)...].min() ?? low
        return low + (high - low) * fraction
    }

    /// The k-th smallest value (Hoare's selection, median-of-three pivots); smaller values end up in front of it.
    private static func select(_ sample: inout [Double], _ k: Int) -> Double {
        var left = 0
        var right = sample.count - 1
        while left < right {
            let middle = (left + right) / 2
            if sample[middle] < sample[left] { sample.swapAt(middle, left) }
            if sample[right] < sample[left] { sample.swapAt(right, left) }
            if sample[right] < sample[middle] { sample.swapAt(right, middle) }
            let pivot = sample[middle]
            var low = left
            var high = right
            while low <= high {
                while sample[low] < pivot { low += 1 }
                while sample[high] > pivot { high -= 1 }
                if low <= high {
                    sample.swapAt(low, high)
                    low += 1
                    high -= 1
                }
            }
            if k <= high { right = high } else if k >= low { left = low } else { break }
        }
        return sample[k]
    }
}
