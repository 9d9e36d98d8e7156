import Codec
import Testing

@Suite struct CodebookUsageTests {
    @Test func uniformUseFillsTheCodebook() {
        var usage = CodebookUsage(stages: 2, codebookSize: 8)
        let uniform = (0..<16).map { Int32($0 % 8) }
        usage.add(Codes(batch: 1, frames: 16, stages: [uniform, [Int32](repeating: 5, count: 16)]))
        #expect(usage.stages[0].entropy == 3)
        #expect(usage.stages[0].perplexity == 8)
        #expect(usage.stages[0].usedShare == 1)
        #expect(usage.stages[0].normalizedEntropy == 1)
        #expect(usage.stages[1].entropy == 0)
        #expect(usage.stages[1].perplexity == 1)
        #expect(usage.stages[1].usedShare == 0.125)
        #expect(usage.stages[1].largestShare == 1)
        #expect(usage.bitrateEfficiency == 0.5)
    }

    @Test func sharesOfHalfAndQuartersCarryOneAndAHalfBits() {
        var usage = CodebookUsage(stages: 1, codebookSize: 4)
        usage.add(Codes(batch: 1, frames: 4, stages: [[0, 0, 1, 2]]))
        #expect(usage.stages[0].entropy == 1.5)
        #expect(abs(usage.stages[0].perplexity - 2.828_427_124_746_19) < 1e-12)
        #expect(usage.stages[0].largestShare == 0.5)
    }

    @Test func chunksCountAsTheWhole() {
        var random = RandomSource(seed: 3)
        let values = (0..<(2 * 3 * 50)).map { _ in Int32.random(in: 0..<32, using: &random) }
        let codes = Codes(batch: 2, stages: 3, frames: 50, values: values)
        var whole = CodebookUsage(stages: 3, codebookSize: 32)
        whole.add(codes)
        var parts = CodebookUsage(stages: 3, codebookSize: 32)
        for range in [0..<7, 7..<8, 8..<50] { parts.add(codes.frames(range)) }
        #expect(parts == whole)
        #expect(whole.stages.map(\.total) == [100, 100, 100])
    }

    @Test func nothingCountedIsNotANumber() {
        var usage = CodebookUsage(stages: 1, codebookSize: 4)
        usage.add(Codes(batch: 1, frames: 2, stages: [[-1, 4]]))
        #expect(usage.stages[0].total == 0)
        #expect(usage.stages[0].entropy.isNaN)
        #expect(usage.bitrateEfficiency.isNaN)
    }
}

@Suite struct CodesTests {
    let codes = Codes(batch: 2, stages: 2, frames: 3, values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])

    @Test func partsFollowTheirOrder() {
        #expect(codes[1, 0, 2] == 9)
        #expect(codes.stage(1) == [4, 5, 6, 10, 11, 12])
        #expect(codes.firstStages(1).values == [1, 2, 3, 7, 8, 9])
        #expect(codes.firstStages(5) == codes)
        #expect(codes.frames(1..<3).values == [2, 3, 5, 6, 8, 9, 11, 12])
        #expect(Codes(batch: 2, frames: 3, stages: [codes.stage(0), codes.stage(1)]) == codes)
    }

    @Test func joiningUndoesCutting() {
        #expect(Codes.joined([codes.frames(0..<1), codes.frames(1..<1), codes.frames(1..<3)]) == codes)
        #expect(codes.frames(0..<2).appending(codes.frames(2..<3)) == codes)
        #expect(Codes.joined([]).shape == [0, 0, 0])
    }

    @Test func indicesOutsideTheCodebookAreFound() {
        #expect(codes.firstIndex(outside: 13) == nil)
        #expect(codes.firstIndex(outside: 12) == 12)
        #expect(Codes(batch: 1, stages: 1, frames: 1, values: [-3]).firstIndex(outside: 12) == -3)
    }
}
