import CodecTestSupport
import Testing

@testable import Codec

@Suite struct KMeansTests {
    @Test(arguments: [1, 2, 50])
    func agreesWithEnCodec(iterations: Int) throws {
        let golden = try Golden("kmeans")
        let (means, counts) = KMeans.refine(try golden("means"), on: try golden("samples"), iterations: iterations)
        let distance = difference(means, try golden("after.\(iterations)"))
        #expect(distance.relative < 1e-6, "\(distance)")
        #expect(counts.values == (try golden("counts.\(iterations)")).values)
    }

    @Test func drawsDifferentSamplesWhileThereAreEnough() {
        var random = RandomSource(seed: 2)
        let samples = Tensor((0..<20).map(Float.init), shape: [20, 1])
        let drawn = KMeans.draw(20, from: samples, using: &random).values
        #expect(drawn.sorted() == samples.values)
        #expect(drawn != samples.values)
        let repeated = KMeans.draw(50, from: samples, using: &random).values
        #expect(repeated.count == 50 && repeated.allSatisfy { (0..<20).contains($0) })
    }
}
