/// The state of one layer's real weights.
public struct LayerWeightReport: Codable, Sendable {
    /// Full state-dict name.
    public var name: String
    /// The folded weight, `[Cout, Cin/groups, K…]`.
    public var shape: [Int]
    /// Groups.
    public var groups: Int
    /// Frobenius norm of the folded weight; NaN and infinity propagate into norms and ranks.
    public var norm: Double
    /// Largest singular value of any group's matrix `[Cout/groups, Cin/groups·K]`.
    public var spectralNorm: Double
    /// ‖W‖²_F / σ₁² (1 to the smaller side of the matrix), of the worst group.
    public var stableRank: Double
    /// exp of the entropy of σᵢ/Σσ, of the worst and the middle group, and the most it could be (the smaller side of a group's matrix).
    public var effectiveRank: Double, medianEffectiveRank: Double, fullRank: Int
    /// ``effectiveRank`` of a fresh layer of this shape.
    public var initialEffectiveRank: Double
    /// Filters that are 0 or whose norm is below a thousandth of the median of the finite norms.
    public var deadFilters: Int
    /// Stored values that are NaN or infinite, bias included; when all are finite, those of the folded weight.
    public var nonFinite: Int
    /// Smallest, middle and largest weight-norm g; nil without weight normalisation.
    public var smallestGain: Double?, medianGain: Double?, largestGain: Double?

    /// A layer's weights.
    public init(
        name: String,
        shape: [Int],
        groups: Int,
        norm: Double,
        spectralNorm: Double,
        stableRank: Double,
        effectiveRank: Double,
        medianEffectiveRank: Double,
        fullRank: Int,
        initialEffectiveRank: Double,
        deadFilters: Int,
        nonFinite: Int
    ) {
        self.name = name
        self.shape = shape
        self.groups = groups
        self.norm = norm
        self.spectralNorm = spectralNorm
        self.stableRank = stableRank
        self.effectiveRank = effectiveRank
        self.medianEffectiveRank = medianEffectiveRank
        self.fullRank = fullRank
        self.initialEffectiveRank = initialEffectiveRank
        self.deadFilters = deadFilters
        self.nonFinite = nonFinite
    }
}
