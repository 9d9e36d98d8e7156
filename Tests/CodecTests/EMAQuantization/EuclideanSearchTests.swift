import CodecTestSupport
import Testing

@testable import Codec

@Suite struct EuclideanSearchTests {
    @Test(arguments: [(1, 1, 1), (3, 7, 5), (300, 33, 9), (257, 64, 16)])
    func findsTheNearestRow(count: Int, rows: Int, width: Int) {
        var random = RandomSource(seed: UInt64(count))
        let vectors = Tensor.normal([count, width], using: &random)
        let table = Tensor.normal([rows, width], using: &random)
        let (x, e) = (vectors.values, table.values)
        let expected = (0..<count).map { vector in
            let distances = (0..<rows).map { row in
                (0..<width).reduce(0.0) { $0 + Double(x[vector * width + $1] - e[row * width + $1]).magnitudeSquared }
            }
            return distances.indices.min { distances[$0] < distances[$1] } ?? -1
        }
        #expect(EuclideanSearch.nearestRows(to: vectors, in: table) == expected)
    }

    @Test func takesTheFirstOfEqualRows() {
        let table = Tensor([5, 1, 1, 1, 2, 9, 9, 9, 1, 1, 1], shape: [11, 1])
        #expect(EuclideanSearch.nearestRows(to: Tensor([1, 9], shape: [2, 1]), in: table) == [1, 5])
    }

    @Test func takesARowThatIsNotANumber() {
        let table = Tensor([0, 1, .nan, 2, .nan], shape: [5, 1])
        #expect(EuclideanSearch.nearestRows(to: Tensor([1, 7], shape: [2, 1]), in: table) == [2, 2])
        let finite = Tensor([0, 1, 2], shape: [3, 1])
        #expect(EuclideanSearch.nearestRows(to: Tensor([.nan, .infinity], shape: [2, 1]), in: finite) == [0, 0])
    }
}

extension Double {
    fileprivate var magnitudeSquared: Double { self * self }
}
