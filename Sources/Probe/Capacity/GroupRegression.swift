import Codec

/// Regressions of some dense outputs on the inputs of the one group that a grouped layer gives them, and how much they explain.
///
/// With b the weights fitted on training positions, and c and v the covariance with the output and the output's variance on unseen
/// ones, an output's share is b·c / v, summed over outputs above and below. Where the relation is the same in both, its expectation
/// is the share that the best weights explain: the noise of the fit, which an unseen squared error would add (−p/N for p inputs and
/// N positions, more than the 1/g in question), is independent of c and averages out.
/// Fitted on the other part and scored on the first it gives the same within 2 percentage points on speech features.
struct GroupRegression {
    private let inputs: Int, outputs: Int
    private var training: SecondMoments, unseen: SecondMoments

    /// Part of the inputs' mean variance that is added to each, because channels of speech features nearly repeat each other.
    static let ridge = 1e-4

    /// Nothing seen yet.
    init(inputs: Int, outputs: Int) {
        (self.inputs, self.outputs) = (inputs, outputs)
        training = SecondMoments(variables: inputs + outputs)
        unseen = training
    }

    /// Adds windows: the group's inputs and the outputs in question, `[rows, N]` each.
    mutating func add(_ windows: Tensor, _ wanted: Tensor, isTraining: Bool) {
        let block = Tensor.concatenated([windows, wanted], dimension: 0)
        if isTraining { training.add(block) } else { unseen.add(block) }
    }

    /// Variances on unseen positions, summed over outputs.
    struct Explained {
        /// What the best weights explain, and all there is.
        var part = 0.0, whole = 0.0
        /// What the fitted weights leave, with the noise of the fit.
        var squaredError = 0.0

        static func += (sum: inout Explained, other: Explained) {
            sum.part += other.part
            sum.whole += other.whole
            sum.squaredError += other.squaredError
        }
    }

    /// What is explained of these outputs.
    var explained: Explained {
        let (own, behind) = (0..<inputs, inputs..<(inputs + outputs))
        let seen = training.covariance
        var matrix = seen.block(rows: own, columns: own)
        let mean = own.reduce(0) { $0 + matrix[$1, $1] } / Double(inputs)
        for index in own { matrix[index, index] += Self.ridge * mean }
        let weights = LeastSquares.solve(matrix, seen.block(rows: behind, columns: own)).weights
        let other = unseen.covariance
        let products = other.block(rows: behind, columns: own)
        func product(_ other: DoubleMatrix) -> Double {
            zip(weights.values, other.values).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let part = product(products)
        let whole = behind.reduce(0) { $0 + other[$1, $1] }
        let power = product(weights.times(other.block(rows: own, columns: own)))
        return Explained(part: part, whole: whole, squaredError: whole - 2 * part + power)
    }
}
