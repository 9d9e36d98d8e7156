import Codec
import CodecTestSupport
import Testing

@Suite struct NearestCodeTests {
    /// Every golden encoding, with rows that differ only by a factor and encodings of 0.
    @Test(arguments: [3, 4, 5, 8, 13, 16, 24, 40], ["1x1", "1x77", "3x40"])
    func lookupEqualsPyTorchOnTiesAndZeros(_ dimension: Int, _ size: String) throws {
        let golden = try Golden("dac_lookup")
        let codebook = try golden("\(dimension).codebook")
        var random = RandomSource(seed: 1)
        let quantizer = VectorQuantizer(
            inputDimension: 8,
            codebookSize: codebook.shape[0],
            codebookDimension: dimension,
            using: &random
        )
        try #require(quantizer.tensor(named: "codebook.weight")).assign(codebook)
        let codes = try quantizer.nearestCodes(of: golden("\(dimension).\(size).latents"))
        #expect(try codes.map(Float.init) == golden("\(dimension).\(size).codes").values)
    }

    @Test func brokenNumbersChooseWhatPyTorchChooses() throws {
        var random = RandomSource(seed: 2)
        let quantizer = VectorQuantizer(inputDimension: 4, codebookSize: 5, codebookDimension: 2, using: &random)
        let codebook = try #require(quantizer.tensor(named: "codebook.weight"))
        codebook.assign(Tensor([1, 0, 0, 1, -1, 0, 0, -1, 1, 1], shape: [5, 2]))
        let latents = Tensor([0, .nan, .infinity, 5, 2, 0, 1, 5], shape: [1, 2, 4])
        #expect(quantizer.nearestCodes(of: latents) == [1, 0, 0, 4])
        codebook.assign(Tensor([1, 0, 0, 1, .nan, 0, 0, -1, 1, 1], shape: [5, 2]))
        #expect(quantizer.nearestCodes(of: latents) == [2, 0, 0, 2])
    }
}
