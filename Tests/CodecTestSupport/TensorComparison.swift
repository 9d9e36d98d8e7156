public import Codec

/// How far two tensors are apart.
public struct TensorDifference: CustomStringConvertible {
    /// The largest absolute difference; infinite when shapes differ or one value is NaN and the other not.
    public let largest: Float
    /// The root mean square of the reference.
    public let referenceRMS: Float
    /// Where the largest difference is, row-major.
    public let index: Int
    /// What the two values are there.
    public let pair: (Float, Float)
    /// Both shapes.
    public let shapes: ([Int], [Int])

    /// `largest` over the reference's RMS; over 1 when the reference is all zero.
    public var relative: Float { largest / (referenceRMS > 0 ? referenceRMS : 1) }

    /// What to print when a test fails.
    public var description: String {
        "largest difference \(largest) (relative to RMS \(relative)) at \(index): \(pair.0) against \(pair.1); shapes \(shapes.0), \(shapes.1)"
    }
}

/// Compares a result with its reference. Equal infinities and two NaNs count as equal.
public func difference(_ result: Tensor, _ reference: Tensor) -> TensorDifference {
    let (a, b) = (result.values, reference.values)
    let square = b.reduce(0.0) { $0 + (($1.isFinite) ? Double($1) * Double($1) : 0) }
    let rms = Float((square / Double(max(1, b.count))).squareRoot())
    guard result.shape == reference.shape else {
        return TensorDifference(
            largest: .infinity,
            referenceRMS: rms,
            index: -1,
            pair: (0, 0),
            shapes: (result.shape, reference.shape)
        )
    }
    var (largest, index) = (Float(0), 0)
    for i in a.indices where !(a[i] == b[i] || (a[i].isNaN && b[i].isNaN)) {
        let distance = abs(a[i] - b[i])
        if !(distance <= largest) {
            largest = distance.isNaN ? .infinity : distance
            index = i
        }
    }
    let pair = a.isEmpty ? (Float(0), Float(0)) : (a[index], b[index])
    return TensorDifference(
        largest: largest,
        referenceRMS: rms,
        index: index,
        pair: pair,
        shapes: (result.shape, reference.shape)
    )
}
