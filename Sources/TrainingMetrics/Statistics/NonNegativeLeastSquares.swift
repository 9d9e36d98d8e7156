/// Least squares with weights that cannot be negative (active set method of Lawson and Hanson, "Solving Least Squares
/// Problems", 1974, chapter 23).
public enum NonNegativeLeastSquares {
    /// Weights that make the columns add up to the target as nearly as possible.
    public struct Solution: Hashable, Sendable {
        /// One weight ≥ 0 per column.
        public let weights: [Double]
        /// Root of the mean squared difference between the weighted sum and the target.
        public let residual: Double
        /// Whether the columns are independent, so that no other weights fit as well.
        public let isUnique: Bool
    }

    /// Solves for the weights. O(rows · columns²).
    /// - Precondition: every column is as long as the target; all values are finite.
    public static func solve(columns: [[Double]], target: [Double]) -> Solution {
        precondition(columns.allSatisfy { $0.count == target.count }, "every column is as long as the target")
        let count = columns.count
        // Columns are scaled to unit length, so that tolerances mean the same for all.
        let lengths = columns.map { column in dot(column, column).squareRoot() }
        let used = columns.indices.filter { lengths[$0] > 0 }
        let gram = columns.indices.map { i in
            columns.indices.map { j in
                lengths[i] > 0 && lengths[j] > 0 ? dot(columns[i], columns[j]) / (lengths[i] * lengths[j]) : 0
            }
        }
        let right = columns.indices.map { lengths[$0] > 0 ? dot(columns[$0], target) / lengths[$0] : 0 }
        let scale = max(dot(target, target).squareRoot(), .leastNormalMagnitude)

        var x = [Double](repeating: 0, count: count)
        var passive: [Int] = []
        var refused = Set<Int>()
        // Each round adds a column or ends; 3 · columns rounds are Lawson and Hanson's own bound.
        for _ in 0..<(3 * count) {
            let gradient = { (j: Int) in right[j] - (0..<count).reduce(0) { $0 + gram[j][$1] * x[$1] } }
            let candidates = used.filter { !passive.contains($0) && !refused.contains($0) }
            guard let next = candidates.max(by: { gradient($0) < gradient($1) }), gradient(next) > 1e-10 * scale else {
                break
            }
            passive.append(next)
            while true {
                guard let trial = solve(gram, right, passive) else {
                    // Dependent on the columns already in use: it can add nothing.
                    passive.removeAll { $0 == next }
                    refused.insert(next)
                    break
                }
                if zip(passive, trial).allSatisfy({ $0.1 > 0 }) {
                    for j in 0..<count { x[j] = 0 }
                    for (j, value) in zip(passive, trial) { x[j] = value }
                    break
                }
                // Walk towards the trial until the first weight reaches 0, then let that column go.
                var step = 1.0
                for (j, value) in zip(passive, trial) where value <= 0 { step = min(step, x[j] / (x[j] - value)) }
                for (j, value) in zip(passive, trial) { x[j] += step * (value - x[j]) }
                let gone = passive.filter { x[$0] <= 1e-12 * scale }
                guard !gone.isEmpty else { break }
                for j in gone { x[j] = 0 }
                passive.removeAll { gone.contains($0) }
                if gone.contains(next) { refused.insert(next) }
                if passive.isEmpty { break }
            }
        }
        let weights = (0..<count).map { lengths[$0] > 0 ? x[$0] / lengths[$0] : 0 }
        var squares = 0.0
        for row in target.indices {
            let sum = (0..<count).reduce(0) { $0 + weights[$1] * columns[$1][row] }
            squares += (sum - target[row]) * (sum - target[row])
        }
        let isUnique = used.count == count && target.count >= count && solve(gram, right, Array(0..<count)) != nil
        return Solution(
            weights: weights,
            residual: target.isEmpty ? 0 : (squares / Double(target.count)).squareRoot(),
            isUnique: isUnique
        )
    }

    private static func dot(_ a: [Double], _ b: [Double]) -> Double {
        var sum = 0.0
        for index in a.indices { sum += a[index] * b[index] }
        return sum
    }

    /// Cholesky's method on the chosen rows and columns; `nil` when these are not independent (sine of the angle between
    /// a column and the others below 10⁻⁴).
    private static func solve(_ gram: [[Double]], _ right: [Double], _ chosen: [Int]) -> [Double]? {
        let size = chosen.count
        var lower = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
        for i in 0..<size {
            for j in 0...i {
                var sum = gram[chosen[i]][chosen[j]]
                for k in 0..<j { sum -= lower[i][k] * lower[j][k] }
                if i == j {
                    guard sum > 1e-8 else { return nil }
                    lower[i][i] = sum.squareRoot()
                } else {
                    lower[i][j] = sum / lower[j][j]
                }
            }
        }
        var x = chosen.map { right[$0] }
        for i in 0..<size {
            for k in 0..<i { x[i] -= lower[i][k] * x[k] }
            x[i] /= lower[i][i]
        }
        for i in (0..<size).reversed() {
            for k in (i + 1)..<size { x[i] -= lower[k][i] * x[k] }
            x[i] /= lower[i][i]
        }
        return x
    }
}
