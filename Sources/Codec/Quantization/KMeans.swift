/// Lloyd's algorithm, as EnCodec uses it to start its codebooks.
enum KMeans {
    /// Means after `iterations` steps from the given ones, and how many samples were nearest to each in the last step.
    ///
    /// `samples` is `[N, D]`, `means` `[K, D]`. A mean that attracts no sample stays where it is.
    static func refine(_ means: Tensor, on samples: Tensor, iterations: Int) -> (means: Tensor, counts: Tensor) {
        var (means, counts) = (means, Tensor(repeating: 0, shape: [means.shape[0]]))
        for _ in 0..<iterations {
            let choices = EuclideanSearch.nearestRows(to: samples, in: means)
            let totals = ExponentialMovingAverage.totals(of: samples, choices: choices, rows: means.shape[0])
            means = centres(of: totals, keeping: means)
            counts = totals.counts
        }
        return (means, counts)
    }

    /// `count` rows of `samples` `[N, D]`: different ones when there are enough, else drawn with repetition.
    static func draw(_ count: Int, from samples: Tensor, using random: inout some RandomNumberGenerator) -> Tensor {
        let (available, width) = (samples.shape[0], samples.shape[1])
        var order = Array(0..<available)
        let chosen: [Int]
        if available >= count {
            for position in 0..<count {
                order.swapAt(position, position + Int(random.next(upperBound: UInt(available - position))))
            }
            chosen = Array(order.prefix(count))
        } else {
            chosen = (0..<count).map { _ in Int(random.next(upperBound: UInt(available))) }
        }
        let values = samples.values
        return Tensor(chosen.flatMap { values[($0 * width)..<(($0 + 1) * width)] }, shape: [count, width])
    }

    private static func centres(of totals: (counts: Tensor, sums: Tensor), keeping old: Tensor) -> Tensor {
        let width = old.shape[1]
        let counts = totals.counts.values
        let result = TensorStorage(count: old.count)
        totals.sums.storage.withSpan { sums in
            old.storage.withSpan { old in
                result.withMutableSpan { result in
                    for index in 0..<result.count {
                        let count = counts[index / width]
                        result[index] = count > 0 ? sums[index] / count : old[index]
                    }
                }
            }
        }
        return Tensor(storage: result, shape: old.shape)
    }
}
