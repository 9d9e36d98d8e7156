import Codec
import Foundation

/// What a dense layer through few channels explains of a dense layer: the strongest directions of its outputs (reduced-rank
/// regression, Izenman 1975). It takes all outputs of the layer to know them.
enum ReducedRank {
    /// The share of white inputs' outputs that the best `rank` directions hold, for independent weights from `inputs` to `outputs`.
    ///
    /// The eigenvalues of such weights' covariance follow the law of Marchenko and Pastur (1967), exact for large sizes.
    static func shareOfNoise(rank: Int, inputs: Int, outputs: Int) -> Double {
        let (small, large) = (Double(min(inputs, outputs)), Double(max(inputs, outputs)))
        guard Double(rank) < small else { return 1 }
        let ratio = small / large
        let centre = 1 + ratio
        let half = 2 * ratio.squareRoot()
        // λ = centre + half·cos φ takes the ends' roots out: dF = half²·sin²φ / (2π·ratio·λ) dφ.
        let count = 20_000
        var (mass, energy) = (0.0, 0.0)
        for index in 0..<count {
            let angle = (Double(index) + 0.5) / Double(count) * Double.pi
            let value = centre + half * cos(angle)
            let density =
                half * half * sin(angle) * sin(angle) / (2 * Double.pi * ratio * value) * Double.pi / Double(count)
            let left = Double(rank) / small - mass
            if density >= left { return energy + left * value }
            mass += density
            energy += density * value
        }
        return 1
    }

    /// The share of unseen outputs' variance in the strongest `rank` directions of the training outputs.
    static func share(rank: Int, training: DoubleMatrix, unseen: DoubleMatrix) -> Double {
        guard rank < training.rows else { return 1 }
        let directions = strongestDirections(of: training, count: rank)
        let products = directions.times(unseen)
        let part = zip(products.values, directions.values).reduce(0) { $0 + $1.0 * $1.1 }
        return part / (0..<unseen.rows).reduce(0) { $0 + unseen[$1, $1] }
    }

    /// Rows that span the eigenvectors of the `count` largest eigenvalues, by orthogonal iteration.
    private static func strongestDirections(of matrix: DoubleMatrix, count: Int) -> DoubleMatrix {
        let width = min(matrix.rows, count + 8)
        var random = RandomSource(seed: 1)
        var rows = DoubleMatrix(rows: width, columns: matrix.rows)
        for index in rows.values.indices { rows.values[index] = Double(random.normal()) }
        for _ in 0..<20 {
            rows = rows.times(matrix)
            orthonormalize(&rows)
        }
        return rows.block(rows: 0..<count, columns: 0..<matrix.rows)
    }

    /// Gram and Schmidt, twice, from the first row on.
    private static func orthonormalize(_ matrix: inout DoubleMatrix) {
        let width = matrix.columns
        for row in 0..<matrix.rows {
            for _ in 0..<2 {
                for other in 0..<row {
                    var product = 0.0
                    for i in 0..<width { product += matrix[row, i] * matrix[other, i] }
                    for i in 0..<width { matrix[row, i] -= product * matrix[other, i] }
                }
            }
            var length = 0.0
            for i in 0..<width { length += matrix[row, i] * matrix[row, i] }
            guard length > 0 else { continue }
            for i in 0..<width { matrix[row, i] /= length.squareRoot() }
        }
    }
}
