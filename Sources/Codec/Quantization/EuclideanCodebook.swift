/// A codebook searched by Euclidean distance and learnt by running averages, as EnCodec's `EuclideanCodebook`.
///
/// Nothing in it is a parameter: an optimiser does not change it, ``update(with:choices:using:)`` does.
public final class EuclideanCodebook: Layer {
    /// 1 once the rows mean something, 0 until k-means has run, `[1]`; `inited` in state dictionaries.
    public let initialized: Tensor
    /// Running number of vectors per step and row, `[K]`; `cluster_size`.
    public let clusterSizes: Tensor
    /// The rows, `[K, D]`; `embed`.
    public let rows: Tensor
    /// Running sum of the vectors that chose each row, `[K, D]`; `embed_avg`.
    public let rowSums: Tensor
    /// How the rows are learnt.
    public let options: EMAQuantizerOptions

    /// A codebook of `size` rows: zeros that k-means will replace, or U(−√(6/D), √(6/D)) when the options have no k-means.
    public init(
        size: Int,
        dimension: Int,
        options: EMAQuantizerOptions,
        using random: inout some RandomNumberGenerator
    ) {
        precondition(size > 0 && dimension > 0, "a codebook needs at least one row of at least one value")
        let bound = (6 / Float(dimension)).squareRoot()
        self.options = options
        rows =
            options.kMeansIterations == nil
            ? Tensor.uniform([size, dimension], from: -bound, to: bound, using: &random)
            : Tensor(repeating: 0, shape: [size, dimension])
        rowSums = rows.copied()
        clusterSizes = Tensor(repeating: 0, shape: [size])
        initialized = Tensor([options.kMeansIterations == nil ? 1 : 0], shape: [1])
    }

    public override var ownBuffers: [(name: String, tensor: Tensor)] {
        [("inited", initialized), ("cluster_size", clusterSizes), ("embed", rows), ("embed_avg", rowSums)]
    }

    /// The first nearest row of each of `vectors` `[N, D]`.
    public func nearestRows(to vectors: Tensor) -> [Int] { EuclideanSearch.nearestRows(to: vectors, in: rows) }

    /// Runs k-means on `vectors` `[N, D]` when the rows are not initialised yet; without vectors it waits.
    public func initializeIfNeeded(from vectors: Tensor, using random: inout some RandomNumberGenerator) {
        guard initialized.item == 0, let iterations = options.kMeansIterations, vectors.shape[0] > 0 else { return }
        let start = KMeans.draw(rows.shape[0], from: vectors, using: &random)
        let (means, counts) = KMeans.refine(start, on: vectors, iterations: iterations)
        rows.assign(means)
        rowSums.assign(options.weighsInitialSums ? means * counts.reshaped([-1, 1]) : means)
        clusterSizes.assign(counts)
        initialized.assign(Tensor([1], shape: [1]))
    }

    /// Takes in one training batch: `vectors` `[N, D]` and the row each chose.
    ///
    /// Rows whose count is below the threshold are replaced by random vectors of the batch first; whether the replacement
    /// outlives the averaging that follows is the option ``EMAQuantizerOptions/keepsReplacedRows``.
    public func update(with vectors: Tensor, choices: [Int], using random: inout some RandomNumberGenerator) {
        guard vectors.shape[0] > 0 else { return }
        let average = ExponentialMovingAverage(
            counts: clusterSizes,
            sums: rowSums,
            decay: options.decay,
            epsilon: options.epsilon
        )
        if options.keepsReplacedRows {
            average.replaceRows(below: options.deadCodeThreshold, from: vectors, using: &random)
        }
        average.add(vectors, choices: choices)
        rows.assign(average.means())
    }
}
