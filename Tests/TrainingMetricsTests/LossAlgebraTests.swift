import Testing

@testable import TrainingMetrics

@Suite struct LossAlgebraTests {
    private static let terms: [MetricRole] = [
        .adversarialLoss, .featureMatchingLoss, .reconstructionLoss(.unspecified), .vqLoss,
    ]

    private static func run(_ rows: [[Double]], weights: [Double]) -> RunHistory {
        let total = rows.map { row in zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 } }
        let series = terms.indices.map { index in Histories.series(terms[index], rows.map { $0[index] }) }
        return Histories.history([Histories.series(.generatorLoss, total)] + series)
    }

    private static let rows: [[Double]] = (1...20).map { n in
        let x = Double(n)
        return [
            1 + 0.1 * (x * 7).truncatingRemainder(dividingBy: 5), 3 / x,
            0.5 + 0.03 * (x * 3).truncatingRemainder(dividingBy: 7), 1 + 0.02 * x,
        ]
    }

    private static let origin = Histories.history(
        [Histories.series(.generatorLoss, [2.5930])]
            + zip(terms, [1.0018, 0.0130, 0.1668, 1.5486]).map { Histories.series($0, [$1]) }
    )

    @Test func givenWeightsExplainTheTotalOfOneRow() throws {
        let facts = RunFacts([
            Fact(.adversarialWeight, "1", .given, evidence: ""),
            Fact(.featureMatchingWeight, "2", .given, evidence: ""),
            Fact(.reconstructionWeight, "0.1", .given, evidence: ""), Fact(.vqWeight, "1", .given, evidence: ""),
        ])
        let algebra = try #require(LossAlgebra.analyse(history: Self.origin, facts: facts))
        #expect(algebra.verdict == .explained)
        #expect(try #require(algebra.residual) < 0.0001)
        let share = try #require(algebra.terms.first { $0.kind == .vq }?.share?.values.first)
        #expect(abs(share - 0.597) < 0.0005)
        #expect(algebra.evidence.contains("explains"))
    }

    @Test func oneRowLeavesWeightsOpenButNotTheShareOfTheQuantiser() throws {
        let algebra = try #require(LossAlgebra.analyse(history: Self.origin, facts: RunFacts()))
        #expect(algebra.verdict == .tooFewRows)
        let vq = try #require(algebra.terms.first { $0.kind == .vq })
        #expect(vq.origin == .assumed)
        #expect(abs(try #require(vq.share?.values.first) - 0.5972) < 0.0005)
        #expect(algebra.terms.filter { $0.kind != .vq }.allSatisfy { $0.weight == nil && $0.share == nil })
    }

    @Test func unknownWeightsAreFittedWhereRowsAllow() throws {
        let algebra = try #require(
            LossAlgebra.analyse(history: Self.run(Self.rows, weights: [1, 2, 45, 0.25]), facts: RunFacts())
        )
        #expect(algebra.verdict == .fitted)
        for (term, weight) in zip(algebra.terms, [1, 2, 45, 0.25]) {
            #expect(abs(try #require(term.weight) - weight) < 1e-6 * weight)
            #expect(term.origin == .fitted)
        }
        let shares = algebra.terms.compactMap { $0.share?.values.first }
        #expect(abs(shares.reduce(0, +) - 1) < 1e-9)
    }

    @Test func weightsOfOneNeedNoFit() throws {
        let run = Self.run(Self.rows, weights: [1, 1, 1, 1])
        #expect(LossAlgebra.analyse(history: run, facts: RunFacts())?.verdict == .explainedByOnes)
        let facts = RunFacts([Fact(.reconstructionWeight, "45", .log, evidence: "")])
        #expect(LossAlgebra.analyse(history: run, facts: facts)?.verdict == .alreadyWeighted)
    }

    @Test func termsThatMoveTogetherHaveNoUniqueWeights() throws {
        let rows = (1...12).map { n in [1.0, Double(n), 2 * Double(n), 0.5 * Double(n)] }
        let algebra = try #require(
            LossAlgebra.analyse(history: Self.run(rows, weights: [3, 2, 5, 1]), facts: RunFacts())
        )
        #expect(algebra.verdict == .fittedNotUnique)
    }

    @Test func aMissingTermIsSaid() throws {
        let rows = Self.rows
        var series = Self.run(rows, weights: [1, 2, 45, 1]).series.filter {
            $0.role != .reconstructionLoss(.unspecified)
        }
        series[0] = Histories.series(.generatorLoss, (1...20).map { 5 + 4 * Double(($0 * 11) % 13) })
        let algebra = try #require(LossAlgebra.analyse(history: Histories.history(series), facts: RunFacts()))
        #expect(algebra.verdict == .unexplained)
        #expect(algebra.terms.first { $0.kind == .adversarial }?.share == nil)
    }

    @Test func weightsLoggedPerStepCountPerStep() throws {
        let weights = [0.0, 0.5, 1, 1, 2]
        let run = Histories.history([
            Histories.series(.generatorLoss, weights.map { 0.3 + $0 * 2 }),
            Histories.series(.adversarialLoss, [0.3, 0.3, 0.3, 0.3, 0.3]),
            Histories.series(.vqLoss, [2, 2, 2, 2, 2]), Histories.series(.lossWeight(.vq), weights),
        ])
        let algebra = try #require(LossAlgebra.analyse(history: run, facts: RunFacts()))
        #expect(algebra.verdict == .explained)
        let vq = try #require(algebra.terms.first { $0.kind == .vq })
        #expect(vq.origin == .logged)
        #expect(vq.weight == 2)
        #expect(vq.share?.values.first == 0)
        #expect(abs(try #require(vq.share?.values.last) - 4 / 4.3) < 1e-9)
    }

    @Test func aTotalWithoutTermsSaysNothing() {
        let run = Histories.history([Histories.series(.totalLoss, [1, 2]), Histories.series(.vqLoss, [1, 2])])
        #expect(LossAlgebra.analyse(history: run, facts: RunFacts()) == nil)
    }

    // MARK: Non-negative least squares

    @Test(
        arguments: [
            ([[1, 0, 0], [0, 1, 0]], [3, 4, 0], [3, 4], true), ([[1, 0], [0, 1]], [2, -1], [2, 0], true),
            ([[1, 2, 3], [2, 4, 6]], [2, 4, 6], nil, false), ([[1, 1, 1], [1, 2, 3]], [5, 7, 9], [3, 2], true),
            ([[0, 0], [1, 1]], [2, 2], [0, 2], false), ([[1, 1], [1, 1.0000000001]], [1, 1], nil, false),
            ([[1, 2, 3], [3, 2, 1]], [-1, -1, -1], [0, 0], true),
        ] as [([[Double]], [Double], [Double]?, Bool)]
    )
    func leastSquaresNeverGivesANegativeWeight(
        _ columns: [[Double]],
        _ target: [Double],
        _ weights: [Double]?,
        _ isUnique: Bool
    ) {
        let solution = NonNegativeLeastSquares.solve(columns: columns, target: target)
        #expect(solution.weights.allSatisfy { $0 >= 0 })
        #expect(solution.isUnique == isUnique)
        if let weights {
            #expect(zip(solution.weights, weights).allSatisfy { abs($0 - $1) < 1e-9 })
        } else {
            #expect(solution.residual < 1e-6)
        }
    }

    /// Kuhn and Tucker: no column with weight 0 could reduce the residual, every other is orthogonal to it.
    @Test func leastSquaresIsOptimalOnSeededSystems() {
        var state: UInt64 = 42
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40) / Double(1 << 24) - 0.3
        }
        for _ in 0..<200 {
            let columns = (0..<5).map { _ in (0..<12).map { _ in next() } }
            let target = (0..<12).map { _ in next() }
            let weights = NonNegativeLeastSquares.solve(columns: columns, target: target).weights
            let rest = target.indices.map { row in
                target[row] - columns.indices.reduce(0) { $0 + weights[$1] * columns[$1][row] }
            }
            for (column, weight) in zip(columns, weights) {
                let slope = zip(column, rest).reduce(0) { $0 + $1.0 * $1.1 }
                #expect(weight > 0 ? abs(slope) < 1e-8 : slope < 1e-8)
            }
        }
    }
}
