import TrainingMetrics

/// Finds values far above the level around them, in one pass over blocks.
struct SpikeFinder {
    /// A value that stands out.
    struct Spike {
        /// Offset in the series.
        let offset: Int
        /// The value.
        let value: Double
        /// The level around it.
        let level: Double
    }

    /// Spikes close to one another.
    struct Cluster {
        /// Offsets of its first and last spike.
        let first: Int, last: Int
        /// How many spikes it has.
        let count: Int
        /// The highest value and the level around it.
        let value: Double, level: Double
        /// The highest value over that level.
        var height: Double { value / level }
    }

    /// Values in a block.
    static let blockLength = 50
    /// Multiple of the local level that is a spike by itself.
    let factor: Double
    /// Robust standard deviations above the level that are a spike from 3 levels on.
    let deviations: Double

    /// The finite spikes in values above 0. O(n).
    func spikes(in values: ArraySlice<Double>) -> [Spike] {
        var spikes: [Spike] = []
        var previous: Range<Int>?
        var lowestBefore = Double.infinity
        for begin in stride(from: values.startIndex, to: values.endIndex, by: Self.blockLength) {
            let range = begin..<min(begin + Self.blockLength, values.endIndex)
            defer { previous = range }
            // Nothing can stand out in a block that spans less than a factor of 3.
            let extremes = extremes(values[range])
            let lowest = min(extremes.lowest, lowestBefore)
            lowestBefore = extremes.lowest
            guard extremes.highest > 3 * lowest else { continue }
            // The lower quartile: up to three quarters of a block may be spikes. A cluster may fill a block, and one
            // cut short by the end of the log has no level of its own: the block before it shows the level then.
            let own = RobustStatistics.quantile(values[range], 0.25)
            let before = previous.map { RobustStatistics.quantile(values[$0], 0.25) } ?? .nan
            let level = before > 0 ? min(own, before) : own
            guard level > 0, extremes.highest > 3 * level else { continue }
            let deviation = 1.4826 * RobustStatistics.medianAbsoluteDeviation(values[range])
            let limit = min(factor * level, max(3 * level, level + deviations * deviation))
            for index in range where values[index] > 3 * level && values[index].isFinite {
                let neighbour = lowerNeighbour(of: index, in: values)
                guard values[index] > min(limit, factor * neighbour) else { continue }
                let reference = min(level, neighbour)
                spikes.append(Spike(offset: index - values.startIndex, value: values[index], level: reference))
            }
        }
        return spikes
    }

    /// Stretches of at least `minimum` spikes with no more than a block between two.
    static func clusters(_ spikes: [Spike], minimum: Int) -> [Cluster] {
        var clusters: [Cluster] = []
        var start = spikes.startIndex
        for index in spikes.indices {
            let isLast = index + 1 == spikes.endIndex || spikes[index + 1].offset - spikes[index].offset > blockLength
            guard isLast else { continue }
            let members = spikes[start...index]
            start = index + 1
            guard members.count >= minimum, let worst = members.max(by: { $0.value / $0.level < $1.value / $1.level })
            else { continue }
            clusters.append(
                Cluster(
                    first: members[members.startIndex].offset,
                    last: spikes[index].offset,
                    count: members.count,
                    value: worst.value,
                    level: worst.level
                )
            )
        }
        return clusters
    }

    /// The lower of a value's direct neighbours that are above 0; infinity where there is none.
    private func lowerNeighbour(of index: Int, in values: ArraySlice<Double>) -> Double {
        let before = index > values.startIndex && values[index - 1] > 0 ? values[index - 1] : .infinity
        let after = index + 1 < values.endIndex && values[index + 1] > 0 ? values[index + 1] : .infinity
        return min(before, after)
    }

    /// The lowest and the highest finite value.
    private func extremes(_ values: ArraySlice<Double>) -> (lowest: Double, highest: Double) {
        var (lowest, highest) = (Double.infinity, -Double.infinity)
        for value in values where value.isFinite {
            lowest = min(lowest, value)
            highest = max(highest, value)
        }
        return (lowest, highest)
    }
}
