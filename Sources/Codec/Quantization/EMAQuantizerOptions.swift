/// How codebooks are learnt by exponential moving averages, and what their losses reach.
public struct EMAQuantizerOptions: Sendable, Equatable, Hashable, Codable {
    /// The share of the past that counts and sums keep at each training step, 0…1.
    public var decay = 0.99
    /// What Laplace smoothing adds to each count.
    public var epsilon: Float = 1e-5
    /// Steps of k-means on the first training batch; `nil` starts from uniform random rows instead.
    public var kMeansIterations: Int? = 50
    /// Whether k-means leaves sums that fit its counts: mean · count.
    ///
    /// encodec 0.1.1 and audiocraft leave the mean alone as the sum, beside a count of all its vectors: after the first step
    /// every row is sum ÷ count and so has shrunk to about (1/count + 0.01) of the mean, and takes hundreds of steps to grow back.
    public var weighsInitialSums = false
    /// Rows with a running count below this many vectors per step are dead; 0 replaces none.
    public var deadCodeThreshold: Float = 2
    /// Whether a dead row that was replaced by a vector of the batch stays replaced.
    ///
    /// encodec 0.1.1 and audiocraft write the new row and, in the same step, overwrite it by sum ÷ count of the old one:
    /// their replacement has no effect at all. With `true` the row's sum and count are replaced too.
    public var keepsReplacedRows = false
    /// Whether a stage's result is detached before it is subtracted from the residual.
    ///
    /// Without it (encodec 0.1.1, issue #25) straight-through results cancel: the commitment gradient of every stage but the
    /// first is zero. With it (audiocraft, moshi) all stages' commitment reaches the encoder, and one straight-through step
    /// around the sum passes the decoder's gradient.
    public var detachesResiduals = false
    /// The weight of the commitment loss.
    public var commitmentWeight: Float = 1

    /// Options as in encodec 0.1.1.
    public init() {}

    /// What encodec 0.1.1 does.
    public static let asInEncodec = EMAQuantizerOptions()

    /// The faults repaired: k-means starts consistent sums, replaced rows stay, and every stage's commitment reaches the encoder.
    public static let repaired: EMAQuantizerOptions = {
        var options = EMAQuantizerOptions()
        options.weighsInitialSums = true
        options.keepsReplacedRows = true
        options.detachesResiduals = true
        return options
    }()
}
