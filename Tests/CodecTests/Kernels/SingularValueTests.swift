import Codec
import CodecTestSupport
import Testing

@Suite struct SingularValueTests {
    @Test func ofADiagonalMatrixAreItsEntries() {
        let values = SingularValues(of: Tensor([0, -3, 0, 0, 2, 0, 0, 0, 0, 0, 0, 1], shape: [3, 4]))
        #expect(zip(values.values, [3, 2, 1]).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(abs(values.stableRank - 14.0 / 9) < 1e-12)
        #expect(values.largest == values.values[0])
    }

    @Test func anOrthogonalMatrixHasFullRank() {
        // A Hadamard matrix.
        let size = 64
        let entries = (0..<(size * size)).map { Float(($0 / size & $0 % size).nonzeroBitCount % 2 == 0 ? 1 : -1) }
        let values = SingularValues(of: Tensor(entries, shape: [size, size]))
        #expect(values.values.allSatisfy { abs($0 - 8) < 1e-9 })
        #expect(abs(values.effectiveRank - 64) < 1e-6 && abs(values.stableRank - 64) < 1e-6)
    }

    @Test(arguments: [(200, 300), (300, 200), (1, 500), (500, 1)])
    func aProductOfVectorsHasRankOne(rows: Int, columns: Int) {
        var random = RandomSource(seed: 1)
        let left = Tensor.normal([rows, 1], using: &random), right = Tensor.normal([1, columns], using: &random)
        let values = SingularValues(of: left.matmul(right))
        #expect(values.values.count == min(rows, columns))
        #expect(abs(values.effectiveRank - 1) < 1e-3 && abs(values.stableRank - 1) < 1e-9)
    }

    @Test func manyAtOnceAreEachOnItsOwn() {
        var random = RandomSource(seed: 2)
        let tensor = Tensor.normal([7, 3, 5], using: &random)
        let all = SingularValues.of((0..<7).map { .init(tensor, offset: $0 * 15, rows: 3, columns: 5) })
        for index in 0..<7 {
            let one = tensor.sliced(dimension: 0, range: index..<(index + 1)).reshaped([3, 5])
            #expect(all[index] == SingularValues(of: one))
        }
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func ofMatricesWithoutFiniteValuesAreNaN(_ value: Float) {
        var entries = [Float](repeating: 1, count: 90 * 40)
        entries[1234] = value
        let values = SingularValues(of: Tensor(entries, shape: [90, 40]))
        #expect(values.values.count == 40 && values.values.allSatisfy(\.isNaN))
        #expect(values.largest.isNaN && values.stableRank.isNaN && values.effectiveRank.isNaN)
    }

    @Test func ofNothingAndOfZerosAreZero() {
        #expect(SingularValues(of: Tensor([], shape: [0, 5])).values.isEmpty)
        let zeros = SingularValues(of: Tensor(repeating: 0, shape: [4, 3]))
        #expect(zeros.values == [0, 0, 0] && zeros.effectiveRank == 0 && zeros.stableRank == 0)
    }

    @Test func ofLargeAndSmallNumbersKeepTheirScale() {
        for scale: Float in [1e-35, 1e35] {
            let values = SingularValues(of: Tensor([3 * scale, 0, 0, scale], shape: [2, 2]))
            #expect(
                abs(values.values[0] / Double(scale) - 3) < 1e-5 && abs(values.values[1] / Double(scale) - 1) < 1e-5
            )
        }
    }

    @Test func areNumPys() throws {
        let golden = try Golden("singular_values")
        for name in golden.names.filter({ $0.hasSuffix(".matrix") }).map({ String($0.dropLast(7)) }) {
            let found = SingularValues(of: try golden("\(name).matrix"))
            let expected = try golden("\(name).values").values.map(Double.init)
            #expect(found.values.count == expected.count)
            for (a, b) in zip(found.values, expected) {
                #expect(abs(a - b) <= 2e-6 * expected[0], "\(name): \(a), \(b)")
            }
            let ranks = try golden("\(name).ranks").values.map(Double.init)
            #expect(
                abs(found.stableRank / ranks[0] - 1) < 1e-5 && abs(found.effectiveRank / ranks[1] - 1) < 1e-4,
                "\(name)"
            )
        }
    }
}
