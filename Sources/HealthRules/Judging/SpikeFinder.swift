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
    /// Multiple of the local median that is a spike by itself.
    let factor: Double
    /// Robust standard deviations above the median that are a spike from 3 medians on.
    let deviations: Double

    /// The finite spikes in values above 0. O(n).
    func spikes(in values: ArraySlice<Double>) -> [Spike] {
        let medians = RobustStatistics.blockMedians(values, blockLength: Self.blockLength)
        var spikes: [Spike] = []
        for (block, median) in medians.enumerated() {
            let begin = values.startIndex + block * Self.blockLength
            let range = begin..<min(begin + Self.blockLength, values.endIndex)
            // A cluster may fill a block: a quieter neighbour before it shows the level. A block cut short by the end
            // of the log has no level of its own.
            let neighbours = medians[max(0, block - 1)...block]
            let level = neighbours.filter { $0 > 0 }.min() ?? median
            guard level > 0, let highest = values[range].max(by: isLess), highest > 3 * level else { continue }
            let deviation = 1.4826 * RobustStatistics.medianAbsoluteDeviation(values[range])
            let limit = min(factor * level, max(3 * level, level + deviations * deviation))
            for index in range where values[index] > limit && values[index].isFinite {
                spikes.append(Spike(offset: index - values.startIndex, value: values[index], level: level))
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

    /// Order in which a value that is not finite is never the highest.
    private func isLess(_ first: Double, _ second: Double) -> Bool {
        (first.isFinite ? first : -.infinity) < (second.isFinite ? second : -.infinity)
    }
}
