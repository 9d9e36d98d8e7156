/// What moves a codebook during training.
public enum CodebookUpdate: String, Sendable, Codable, CaseIterable {
    /// Running averages of counts and sums, in training mode.
    case average
    /// The codebook loss mean (q − sg r)², through an optimiser.
    case gradient
    /// Both at the same time, as in the origin's run.
    case both
}

/// How the origin's quantiser (origin-system.md, sections 3 and 4) behaves: each of its suspected defects is a value here.
public struct OriginQuantizerOptions: Sendable, Equatable, Hashable, Codable {
    /// What moves the rows. The origin's optimiser and averages both do.
    public var update = CodebookUpdate.both
    /// Whether running counts begin at 0 while running sums begin at the rows.
    ///
    /// A row that is not chosen in the first step is then sum ÷ 1e-5, about a thousand times too large. Nothing chooses it while it
    /// is far away; its sum keeps 0.99 a step, so that it is back at the latents' scale after hundreds of steps, and then fades to 0.
    /// Otherwise counts begin at 1, so that sum ÷ count is the row.
    public var countsStartAtZero = true
    /// Standard deviation of the first rows. The origin's 0.01 is small against latents of order 1.
    public var initialDeviation: Float = 0.01
    /// Steps of k-means on the first training batch that replace the first rows; `nil`, as in the origin, for none.
    public var kMeansIterations: Int?
    /// Rows with a running count below this are replaced by random vectors of the batch; 0, as in the origin, for none.
    public var deadCodeThreshold: Float = 0
    /// Values per row when each stage searches in a learnt projection of its own, as DAC does; `nil`, as in the origin, for all.
    public var projectionDimension: Int?
    /// Whether every stage passes the decoder's gradient straight through.
    ///
    /// As residuals are detached, S stages then hand the encoder S times the gradient. Otherwise one straight-through step
    /// around the sum hands it once. A projection always works per stage.
    public var passesGradientPerStage = true
    /// The weight of mean (r − sg q)².
    public var commitmentWeight: Float = 0.25
    /// The share of the past that counts and sums keep at each training step, 0…1.
    public var decay = 0.99
    /// What Laplace smoothing adds to each count.
    public var epsilon: Float = 1e-5

    /// As in the origin's run.
    public init() {}

    /// As in the origin's run.
    public static let asInTheOriginRun = OriginQuantizerOptions()

    /// Every defect repaired: rows from k-means, counts that fit their sums, averages alone, dead rows replaced, gradient once.
    public static let repaired: OriginQuantizerOptions = {
        var options = OriginQuantizerOptions()
        options.update = .average
        options.countsStartAtZero = false
        options.kMeansIterations = 50
        options.deadCodeThreshold = 2
        options.passesGradientPerStage = false
        return options
    }()
}
