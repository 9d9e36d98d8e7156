/// Running counts and sums of the vectors that chose each row of a codebook (van den Oord et al. 2017, appendix A.1).
///
/// A row becomes sum ÷ count, with Laplace smoothing of the counts. The tensors belong to the codebook and change in place.
struct ExponentialMovingAverage {
    /// Running number of vectors per step for each row, `[K]`.
    let counts: Tensor
    /// Running sum of those vectors, `[K, D]`.
    let sums: Tensor
    /// The share of the past that each step keeps, 0…1.
    var decay: Double
    /// What smoothing adds to each count.
    var epsilon: Float

    /// Takes in one batch: `vectors` `[N, D]` and the row each of them chose.
    func add(_ vectors: Tensor, choices: [Int]) {
        let batch = Self.totals(of: vectors, choices: choices, rows: counts.count)
        blend(counts, with: batch.counts)
        blend(sums, with: batch.sums)
    }

    /// sum ÷ smoothed count of every row, `[K, D]`.
    ///
    /// A count c becomes (c + ε) / (n + K·ε) · n, where n is the sum of all counts: a row without count still divides by
    /// about ε, so what its sum holds grows by 1/ε.
    func means() -> Tensor {
        let (size, width) = (counts.count, sums.shape[1])
        let total = counts.values.reduce(0, +)
        let result = TensorStorage(count: sums.count)
        counts.storage.withSpan { counts in
            sums.storage.withSpan { sums in
                result.withMutableSpan { result in
                    for row in 0..<size {
                        let count = (counts[row] + epsilon) / (total + Float(size) * epsilon) * total
                        for column in (row * width)..<((row + 1) * width) { result[column] = sums[column] / count }
                    }
                }
            }
        }
        return Tensor(storage: result, shape: sums.shape)
    }

    /// Gives every row with a count below `threshold` a random vector of the batch as its mean, with `threshold` as its count.
    func replaceRows(below threshold: Float, from vectors: Tensor, using random: inout some RandomNumberGenerator) {
        let dead = counts.values.enumerated().filter { $0.element < threshold }.map(\.offset)
        guard !dead.isEmpty, vectors.shape[0] > 0 else { return }
        let width = sums.shape[1]
        let drawn = KMeans.draw(dead.count, from: vectors, using: &random).values
        counts.storage.withMutableSpan { counts in
            sums.storage.withMutableSpan { sums in
                for (position, row) in dead.enumerated() {
                    counts[row] = threshold
                    for column in 0..<width {
                        sums[row * width + column] = threshold * drawn[position * width + column]
                    }
                }
            }
        }
    }

    /// How many vectors chose each row, `[rows]`, and their sums, `[rows, D]`.
    static func totals(of vectors: Tensor, choices: [Int], rows: Int) -> (counts: Tensor, sums: Tensor) {
        let width = vectors.shape[1]
        let counts = Tensor(repeating: 0, shape: [rows])
        let sums = Tensor(repeating: 0, shape: [rows, width])
        vectors.storage.withSpan { vectors in
            counts.storage.withMutableSpan { counts in
                sums.storage.withMutableSpan { sums in
                    for (vector, row) in choices.enumerated() {
                        counts[row] += 1
                        for column in 0..<width { sums[row * width + column] += vectors[vector * width + column] }
                    }
                }
            }
        }
        return (counts, sums)
    }

    private func blend(_ average: Tensor, with new: Tensor) {
        let (old, share) = (Float(decay), Float(1 - decay))
        new.storage.withSpan { new in
            average.storage.withMutableSpan { average in
                for index in 0..<average.count { average[index] = old * average[index] + share * new[index] }
            }
        }
    }
}
