import Codec
import Testing

struct CheckpointInspectionTests {
    @Test func nonFiniteValuesAreCountedAndLeftOut() throws {
        let inspection = try CheckpointFixture.open("types.pth").inspect()
        let report = try #require(inspection.tensors.first { $0.name == "tensors.f32" })
        let statistics = try #require(report.statistics)
        #expect(statistics.count == 15 && statistics.finiteCount == 12)
        #expect(statistics.nanCount == 1)
        #expect(statistics.positiveInfinityCount == 1 && statistics.negativeInfinityCount == 1)
        let finite = try CheckpointFixture.expected("types").values(of: "tensors.f32").filter(\.isFinite)
        #expect(statistics.minimum == finite.min() && statistics.maximum == finite.max())
        let norm = finite.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        #expect(abs(statistics.norm - norm) < 1e-6 * norm)
        #expect(inspection.nonFiniteTensors == ["tensors.f32", "tensors.f64", "tensors.f16", "tensors.bf16"])
        #expect(inspection.total.count == inspection.tensors.reduce(0) { $0 + $1.count })
    }

    @Test(arguments: [0, 1, 7, 8, 9, 1023, 1024, 1025, 5000])
    func statisticsOfAnyLengthEqualPlainSums(count: Int) {
        let values = (0..<count).map { (index: Int) -> Float in
            let coarse = Float(index % 7) - 3
            return coarse + Float(index % 3) / 8
        }
        let statistics = TensorStatistics(values)
        let square = values.reduce(0.0) { $0 + Double($1) * Double($1) }
        let magnitude = values.reduce(0.0) { $0 + Double(abs($1)) }
        #expect(statistics.count == count)
        #expect(abs(statistics.sumOfSquares - square) <= 1e-6 * square)
        #expect(abs(statistics.sumOfMagnitudes - magnitude) <= 1e-6 * magnitude)
        #expect(statistics.zeroCount == values.filter { $0 == 0 }.count)
        #expect(count == 0 ? statistics.minimum.isNaN : statistics.minimum == values.min())
        #expect(count == 0 ? statistics.maximum.isNaN : statistics.maximum == values.max())
    }

    @Test(arguments: [Float(1e30), 1e-30, .greatestFiniteMagnitude, .leastNonzeroMagnitude])
    func hugeAndTinyValuesNeitherOverflowNorVanish(value: Float) {
        let statistics = TensorStatistics([Float](repeating: value, count: 2048))
        let expected = Double(value) * 2048.0.squareRoot()
        #expect(abs(statistics.norm - expected) < 1e-6 * expected)
        #expect(abs(statistics.meanMagnitude - Double(value)) < 1e-6 * Double(value))
    }

    @Test func aNaNAnywhereIsFound() {
        for place in 0..<40 {
            var values = [Float](repeating: 1, count: 40)
            values[place] = .nan
            let statistics = TensorStatistics(values)
            #expect(statistics.nanCount == 1 && statistics.minimum == 1 && statistics.sumOfSquares == 39)
        }
    }

    @Test func sharedStoragesAndUnreadableTensorsAreMarked() throws {
        let views = try CheckpointFixture.open("views.pth").inspect()
        #expect(views.tensors.first?.sharesStorage == false)
        #expect(views.tensors.first { $0.name == "transposed" }?.sharesStorage == true)
        let rare = try CheckpointFixture.open("rare.pth").inspect()
        let report = try #require(rare.tensors.first { $0.name == "f8" })
        #expect(report.statistics == nil && report.problem == "numbers of type float8_e4m3fn are not read")
    }

    @Test func progressReachesOne() throws {
        var shares: [Double] = []
        _ = try CheckpointFixture.open("dac.pth").inspect { shares.append($0) }
        #expect(shares.last == 1 && shares == shares.sorted())
    }

    @Test func groupsSayWhichOneIsTheModel() throws {
        let inspection = try CheckpointFixture.open("dac.pth").inspect()
        #expect(inspection.groups.count == 1 && inspection.groups[0].isModel)
        #expect(inspection.architecture?.kind == .dac)
        let training = try CheckpointFixture.open("training.pth").inspect()
        #expect(training.groups.map(\.isModel) == [false, true, false])
        #expect(training.groups[2].architecture == nil)
    }
}
