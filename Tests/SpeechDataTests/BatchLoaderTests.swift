import Codec
import Foundation
import SpeechData
import Testing

struct BatchLoaderTests {
    private let batches = SpeechBatches(
        clips: [SpeechClip(name: "a", samples: Sound.speech())],
        batchSize: 2,
        segmentLength: 400,
        seed: 3
    )

    @Test func deliversTheBatchesOfAllStepsInOrder() throws {
        let loader = BatchLoader(batches, from: 5)
        for step in 5..<25 {
            #expect(loader.step == step)
            #expect(try loader.next().values == batches.batch(step: step).values)
        }
        #expect(loader.totalWait >= loader.lastWait && loader.lastWait >= 0)
    }

    @Test func seeksForthAndBack() throws {
        let loader = BatchLoader(batches)
        _ = try loader.next()
        for step in [100, 3, 3, 4] {
            loader.seek(step: step)
            #expect(try loader.next().values == batches.batch(step: step).values)
        }
    }

    @Test func canBeStoppedAndUsedAgain() throws {
        let loader = BatchLoader(batches)
        _ = try loader.next()
        loader.stop()
        loader.stop()
        #expect(try loader.next().values == batches.batch(step: 1).values)
    }

    @Test func anErrorArrivesAtItsStepAndTheStepCanBeTriedAgain() throws {
        let folder = try TemporaryFolder()
        let samples = Sound.speech()
        try folder.write(samples, to: "a.wav", format: .wav(.float32))
        let dataset = try SpeechDataset.folder(folder.path, sampleRate: 16_000)
        let loader = BatchLoader(
            SpeechBatches(clips: dataset.training, batchSize: 2, segmentLength: 400, seed: 3),
            depth: 1
        )
        _ = try loader.next()
        loader.stop()
        try FileManager.default.removeItem(atPath: folder("a.wav"))
        for _ in 0..<2 {
            #expect(throws: SpeechDataError.missing(path: folder("a.wav"))) { try loader.next() }
            #expect(loader.step == 1)
        }
        try folder.write(samples, to: "a.wav", format: .wav(.float32))
        #expect(try loader.next().values == batches.batch(step: 1).values)
    }
}
