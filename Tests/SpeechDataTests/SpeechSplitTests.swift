import Testing

@testable import SpeechData

struct SpeechSplitTests {
    private let paths = (0..<2000).map { "speaker\($0 % 7)/\($0).wav" }

    @Test(arguments: [0.05, 0.1, 0.5]) func theShareIsKeptAndTheSeedDecides(share: Double) {
        let split = SpeechSplit(seed: 1, share: share).isHeldOut(paths)
        #expect(abs(Double(split.count { $0 }) / 2000 - share) < 0.03)
        #expect(split == SpeechSplit(seed: 1, share: share).isHeldOut(paths))
        #expect(split != SpeechSplit(seed: 2, share: share).isHeldOut(paths))
    }

    @Test func addingFilesMovesNoOther() {
        let few = SpeechSplit(seed: 1, share: 0.1).isHeldOut(Array(paths[..<1000]))
        #expect(Array(SpeechSplit(seed: 1, share: 0.1).isHeldOut(paths)[..<1000]) == few)
    }

    @Test(arguments: 0..<20) func twoFilesAreOneOfEach(seed: UInt64) {
        for share in [0.01, 0.5, 0.99] {
            #expect(Set(SpeechSplit(seed: seed, share: share).isHeldOut(["a", "b"])) == [true, false])
        }
    }

    @Test func oneFileIsTrainedOnAndAShareOfNothingHoldsOutNothing() {
        #expect(SpeechSplit(seed: 1, share: 0.9).isHeldOut(["a"]) == [false])
        #expect(SpeechSplit(seed: 1, share: 0).isHeldOut(paths).allSatisfy { !$0 })
        #expect(SpeechSplit(seed: 1, share: 0.5).isHeldOut([]).isEmpty)
    }
}
