import Codec
import Testing

@Suite struct LeastSquaresTests {
    @Test func productsAreThoseOfTheDefinition() {
        let a = DoubleMatrix(rows: 2, columns: 3, values: [1, 2, 3, 4, 5, 6])
        let b = DoubleMatrix(rows: 3, columns: 1, values: [1, 0, -1])
        #expect(a.times(b).values == [-2, -2])
        #expect(a.times(a, transposed: true).values == [14, 32, 32, 77])
        #expect(a.block(rows: 1..<2, columns: 1..<3).values == [5, 6])
    }

    @Test(arguments: [1, 5, 130, 300])
    func covarianceIsThatOfTheDefinition(variables: Int) {
        var random = RandomSource(seed: 3)
        let count = 1500
        let block = Tensor.normal([variables, count], using: &random) + 2
        var moments = SecondMoments(variables: variables)
        moments.add(block.sliced(dimension: 1, range: 0..<700))
        moments.add(block.sliced(dimension: 1, range: 700..<count))
        let (values, covariance) = (block.values.map(Double.init), moments.covariance)
        #expect(moments.count == count)
        for (row, column) in [(0, 0), (variables - 1, variables / 2), (variables / 3, variables - 1)] {
            let x = values[(row * count)..<((row + 1) * count)], y = values[(column * count)..<((column + 1) * count)]
            let (meanX, meanY) = (x.reduce(0, +) / Double(count), y.reduce(0, +) / Double(count))
            let expected = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) } / Double(count)
            #expect(abs(covariance[row, column] - expected) < 1e-10)
            #expect(covariance[row, column] == covariance[column, row])
        }
    }

    @Test func solutionsSolve() {
        var random = RandomSource(seed: 5)
        var moments = SecondMoments(variables: 40)
        moments.add(Tensor.normal([40, 400], using: &random))
        let wanted = DoubleMatrix(rows: 3, columns: 40, values: (0..<120).map { _ in Double(random.normal()) })
        let solution = LeastSquares.solve(moments.covariance, wanted.times(moments.covariance))
        #expect(solution.ridge == 0)
        #expect(zip(solution.weights.values, wanted.values).allSatisfy { abs($0 - $1) < 1e-9 })
    }

    @Test func dependentVariablesGetARidgeAndStillPredict() {
        let a = DoubleMatrix(rows: 2, columns: 2, values: [1, 1, 1, 1])
        let solution = LeastSquares.solve(a, DoubleMatrix(rows: 1, columns: 2, values: [2, 2]))
        #expect(solution.ridge > 0)
        #expect(abs(solution.weights.values.reduce(0, +) - 2) < 1e-3)
    }

    @Test(arguments: [0.0, .nan, .infinity])
    func matricesWithoutSolutionGiveNaN(value: Double) {
        let a = DoubleMatrix(rows: 2, columns: 2, repeating: value)
        let solution = LeastSquares.solve(a, DoubleMatrix(rows: 1, columns: 2, values: [1, 1]))
        #expect(solution.weights.values.allSatisfy { $0.isNaN })
    }
}
