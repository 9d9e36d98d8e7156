import Codec
import SpeechData
import Testing

struct ValidationItemsTests {
    private func dataset(_ lengths: [Int]) -> SpeechDataset {
        let clips = lengths.enumerated().map { index, length in
            SpeechClip(name: "\(index)", samples: Sound.ramp((index * 1000)..<(index * 1000 + length)))
        }
        return SpeechDataset(sampleRate: 100, training: [], validation: clips)
    }

    private func starts(_ items: [Tensor]) -> [Int] { items.map { Int($0.values[0] * 32_768) } }

    @Test func itemsAreTheSameEveryTimeAndNoLongerThanAsked() throws {
        let items = try dataset([250, 90]).validationItems(seconds: 1, count: 10)
        #expect(items.map(\.shape) == [[1, 1, 100], [1, 1, 90], [1, 1, 100]])
        #expect(starts(items) == [0, 1000, 100])
        #expect(try dataset([250, 90]).validationItems(seconds: 1, count: 10).map(\.values) == items.map(\.values))
    }

    @Test func fewItemsAreSpreadOverManyClips() throws {
        let items = try dataset([Int](repeating: 100, count: 9)).validationItems(seconds: 1, count: 3)
        #expect(starts(items) == [0, 3000, 6000])
    }

    @Test func nothingHeldOutGivesNothing() throws {
        #expect(try dataset([]).validationItems(seconds: 1, count: 3).isEmpty)
        #expect(try dataset([0]).validationItems(seconds: 1, count: 3).isEmpty)
    }

    @Test func aLevelIsReached() throws {
        let item = try dataset([500]).validationItems(seconds: 5, count: 1, level: -30)[0]
        #expect(abs(AudioSignal(mono: item.values, sampleRate: 100).rmsLevel + 30) < 1e-3)
    }

    @Test func theShippedSpeechHasSome() throws {
        let items = try SpeechDataset.shipped().validationItems(seconds: 2, count: 3)
        #expect(items.map(\.shape) == [[Int]](repeating: [1, 1, 32_000], count: 3))
    }
}
