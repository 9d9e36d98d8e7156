import Codec

/// In how many directions latents spread.
enum LatentRank {
    /// exp of the entropy of the covariance's eigenvalues' shares, of latents `[D, frames]` without their means: 1 for a line, D for
    /// latents that spread alike everywhere, never more than frames − 1; 0 for constant latents, NaN with NaN.
    static func effectiveRank(of latents: Tensor) -> Double {
        let centred = latents - latents.mean(dimensions: [1], keepingDimensions: true)
        let values = SingularValues(of: centred).values
        // Constant channels leave the rounding of their means.
        let scale = Double(latents.squared().mean().item) * Double(latents.count)
        let spread = values.reduce(0) { $0 + $1 * $1 }
        if spread <= 1e-12 * scale { return spread.isNaN ? .nan : 0 }
        return SingularValues(values.map { $0 * $0 }).effectiveRank
    }
}
