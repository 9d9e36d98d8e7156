public import Codec

/// A short description of a large tensor: its norm, four sums with random signs, and eight of its values.
///
/// If two tensors differ by d, their sums differ by about ‖d‖.
public struct Sketch {
    private static let signCount = 4, sampleCount = 8
    private let numbers: [Double]
    private let count: Int

    /// The description of a tensor.
    public init(_ tensor: Tensor) {
        count = tensor.count
        let values = tensor.values
        let (square, sums) = HashedNumbers.sums(values)
        let places = HashedNumbers.bits("places", Self.sampleCount).map { Int($0 % UInt64(values.count)) }
        numbers = [square.squareRoot(), sums[0], sums[1], sums[2], sums[3]] + places.map { Double(values[$0]) }
    }

    /// About how far the tensor is from the one a stored sketch describes, over that one's norm, and its values over that one's RMS.
    public func difference(_ reference: some Sequence<Float>) -> (relativeNorm: Double, relativeToRMS: Double) {
        let reference = reference.map(Double.init)
        guard reference.count == numbers.count else { return (.infinity, .infinity) }
        let norm = reference[0] > 0 ? reference[0] : 1
        let distances = zip(numbers, reference).map { $0 == $1 || ($0.isNaN && $1.isNaN) ? 0 : abs($0 - $1) }
        func largest(_ range: Range<Int>) -> Double {
            distances[range].reduce(0) { $1.isNaN ? .infinity : max($0, $1) }
        }
        let sums = largest(0..<(1 + Self.signCount)) / norm
        return (sums, largest((1 + Self.signCount)..<numbers.count) / (norm / Double(count).squareRoot()))
    }
}
