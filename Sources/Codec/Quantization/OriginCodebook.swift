/// One stage of the origin's quantiser: rows that may be a parameter and follow running averages, even both at once.
public final class OriginCodebook: Layer {
    /// What a stage makes of a residual.
    struct Result {
        /// The chosen rows as the next stage subtracts them, `[B, D, T]`, with the straight-through gradient.
        let quantized: Tensor
        let choices: [Int]
        let loss: Tensor
    }

    /// The rows, `[K, D]`, or `[K, d]` behind a projection; `codebook` in state dictionaries.
    public let rows: Tensor
    /// Running number of vectors per step and row, `[K]`; `ema_cluster_size`.
    public let clusterSizes: Tensor
    /// Running sum of the vectors that chose each row, `[K, D]`; `ema_embedding_sum`.
    public let rowSums: Tensor
    /// How the rows are learnt.
    public let options: OriginQuantizerOptions

    private let initialized: Tensor?
    private let projection: (input: Convolution1d, output: Convolution1d)?

    init(
        size: Int,
        dimension: Int,
        options: OriginQuantizerOptions,
        using random: inout some RandomNumberGenerator
    ) {
        precondition(size > 0 && dimension > 0, "a codebook needs at least one row of at least one value")
        self.options = options
        let width = options.projectionDimension ?? dimension
        // Millions of random numbers are not worth drawing when weights are loaded right away.
        let first =
            random is NoInitialValues
            ? Tensor(repeating: 0, shape: [size, width])
            : Tensor.normal([size, width], deviation: options.initialDeviation, using: &random)
        rows = Tensor(storage: first.storage, shape: first.shape, requiresGradient: options.update != .average)
        rowSums = first.copied()
        clusterSizes = Tensor(repeating: options.countsStartAtZero ? 0 : 1, shape: [size])
        initialized = options.kMeansIterations == nil ? nil : Tensor([0], shape: [1])
        projection =
            options.projectionDimension == nil
            ? nil
            : (
                Convolution1d(dimension, width, kernel: 1, using: &random),
                Convolution1d(width, dimension, kernel: 1, using: &random)
            )
    }

    public override var children: [(name: String, layer: Layer)] {
        projection.map { [("in_proj", $0.input), ("out_proj", $0.output)] } ?? []
    }

    public override var ownParameters: [(name: String, tensor: Tensor)] {
        options.update == .average ? [] : [("codebook", rows)]
    }

    public override var ownBuffers: [(name: String, tensor: Tensor)] {
        (options.update == .average ? [("codebook", rows)] : [])
            + [("ema_cluster_size", clusterSizes), ("ema_embedding_sum", rowSums)]
            + (initialized.map { [("initialized", $0)] } ?? [])
    }

    /// Chooses the nearest row for each frame of `residual` `[B, D, T]`; `learning` also moves the averages.
    func quantize(_ residual: Tensor, learning: Bool, using random: inout some RandomNumberGenerator) -> Result {
        let latents = projection?.input(residual) ?? residual
        let vectors = latents.detached().frameVectors
        if learning { startFromMeans(of: vectors, using: &random) }
        let choices = EuclideanSearch.nearestRows(to: vectors, in: rows)
        let chosen = rows.frames(choices, batch: residual.shape[0])
        var loss = (latents - chosen.detached()).squared().mean() * options.commitmentWeight
        if options.update != .average { loss = loss + (chosen - latents.detached()).squared().mean() }
        let straight = latents + (chosen - latents).detached()
        if learning, options.update != .gradient, !choices.isEmpty {
            if options.deadCodeThreshold > 0 {
                average.replaceRows(below: options.deadCodeThreshold, from: vectors, using: &random)
            }
            average.add(vectors, choices: choices)
            rows.assign(average.means())
        }
        return Result(quantized: projection?.output(straight) ?? straight, choices: choices, loss: loss)
    }

    /// The rows of these indices, row-major `[B, T]`, as a signal `[B, D, T]`.
    func decode(_ indices: [Int], batch: Int) -> Tensor {
        let chosen = rows.frames(indices, batch: batch)
        return projection?.output(chosen) ?? chosen
    }

    private var average: ExponentialMovingAverage {
        ExponentialMovingAverage(
            counts: clusterSizes,
            sums: rowSums,
            decay: options.decay,
            epsilon: options.epsilon
        )
    }

    private func startFromMeans(of vectors: Tensor, using random: inout some RandomNumberGenerator) {
        guard let initialized, let iterations = options.kMeansIterations, initialized.item == 0, vectors.count > 0
        else {
            return
        }
        let start = KMeans.draw(rows.shape[0], from: vectors, using: &random)
        let (means, counts) = KMeans.refine(start, on: vectors, iterations: iterations)
        rows.assign(means)
        if options.countsStartAtZero {
            rowSums.assign(means)
        } else {
            // A mean that attracted nothing counts once, so that sum ÷ count is the mean everywhere.
            let fitting = counts.maximum(1)
            clusterSizes.assign(fitting)
            rowSums.assign(means * fitting.reshaped([-1, 1]))
        }
        initialized.assign(Tensor([1], shape: [1]))
    }
}
