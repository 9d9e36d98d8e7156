/// Finds by how many samples one stream lags another, and the sums over the pairs that then belong together.
///
/// Streams of several channels share one delay; their sums are pooled.
struct DelaySearch: Sendable {
    let largestDelay: Int
    private var correlations: [CrossCorrelation] = []
    private var references: [StreamEdges] = []
    private var degradeds: [StreamEdges] = []
    private var total = PairMoments()

    /// The best delay and the sums over the samples that overlap after undoing it.
    struct Best {
        let delay: Int
        let moments: PairMoments
    }

    init(largestDelay: Int) {
        precondition(largestDelay >= 0, "The largest delay to look for is not negative.")
        self.largestDelay = largestDelay
    }

    /// Takes the next samples of both streams, `[channel][frame]`, equally many.
    mutating func add(_ reference: [[Float]], _ degraded: [[Float]]) {
        if correlations.isEmpty {
            let edges = StreamEdges(length: largestDelay)
            correlations = reference.map { _ in CrossCorrelation(largestLag: largestDelay) }
            references = reference.map { _ in edges }
            degradeds = references
        }
        for channel in reference.indices {
            correlations[channel].add(reference[channel], degraded[channel])
            references[channel].add(reference[channel])
            degradeds[channel].add(degraded[channel])
            total += PairMoments(reference[channel], degraded[channel])
        }
    }

    /// Sums over all pairs as they stand, without any delay undone.
    var unaligned: PairMoments { total }

    /// The delay of the strongest centred cross-correlation; nil for constant, empty or non-finite streams.
    var best: Best? {
        let channelCount = correlations.count
        guard channelCount > 0, total.count > 0, total.xx.value.isFinite, total.yy.value.isFinite else { return nil }
        let length = total.count / channelCount
        let products = correlations.map(\.values)
        let reach = min(largestDelay, length - 1)
        // What a delay of d leaves out: of x the last d samples and of y the first d; for negative d the other way.
        let sums = (
            xFirst: StreamEdges.sums(references.map(\.first)), xLast: StreamEdges.sums(references.map(\.last)),
            yFirst: StreamEdges.sums(degradeds.map(\.first)), yLast: StreamEdges.sums(degradeds.map(\.last))
        )
        func moments(delay: Int) -> PairMoments {
            let outX = delay > 0 ? sums.xLast[delay] : sums.xFirst[-delay]
            let outY = delay > 0 ? sums.yFirst[delay] : sums.yLast[-delay]
            var moments = total
            moments.count -= channelCount * abs(delay)
            moments.x += -outX.sum
            moments.xx += -outX.squares
            moments.y += -outY.sum
            moments.yy += -outY.squares
            moments.xy = CompensatedSum()
            for channel in products { moments.xy += channel[largestDelay + delay] }
            return moments
        }
        var best = Best(delay: 0, moments: total)
        for distance in stride(from: 1, through: reach, by: 1) {
            for delay in [distance, -distance] {
                let moments = moments(delay: delay)
                if abs(moments.sharedEnergy) > abs(best.moments.sharedEnergy) * (1 + 1e-9) {
                    best = Best(delay: delay, moments: moments)
                }
            }
        }
        return best.moments.referenceEnergy > 0 && best.moments.degradedEnergy > 0 ? best : nil
    }
}

/// The first and the last samples of a stream.
struct StreamEdges: Sendable {
    private let length: Int
    /// The first `length` samples, from the beginning on.
    private(set) var first: [Float] = []
    private var tail: [Float] = []

    init(length: Int) { self.length = length }

    mutating func add(_ samples: [Float]) {
        first += samples.prefix(length - first.count)
        tail += samples.suffix(length)
        if tail.count > 2 * length { tail.removeFirst(tail.count - length) }
    }

    /// The last `length` samples, from the end backwards.
    var last: [Float] { tail.suffix(length).reversed() }

    /// Sum and sum of squares over the first 0, 1, 2 … samples of all channels together.
    static func sums(_ channels: [[Float]]) -> [(sum: Double, squares: Double)] {
        var result = [(sum: 0.0, squares: 0.0)]
        for frame in channels[0].indices {
            let (sum, squares) = result[frame]
            result.append(
                channels.reduce((sum: sum, squares: squares)) {
                    ($0.sum + Double($1[frame]), $0.squares + Double($1[frame]) * Double($1[frame]))
                }
            )
        }
        return result
    }
}
