import Codec
import SpeechData
import Testing
import Training

struct GANTrainerTests {
    @Test func aFewStepsOnSpeechLowerTheMelLoss() throws {
        var configuration = TrainingConfiguration.dacTiny
        configuration.batchSize = 2
        let dataset = try SpeechDataset.shipped()
        let batches = SpeechBatches(
            clips: dataset.training,
            batchSize: configuration.batchSize,
            segmentLength: configuration.segmentLength,
            seed: 1
        )
        let trainer = try GANTrainer(configuration)
        let losses = try (0..<6).map { _ in try trainer.step(try batches.batch(step: 0))["mel/loss"] ?? .nan }
        #expect(losses[5] < losses[0])
    }
}
