import Codec
import Testing
import Training

struct TrainingOverridesTests {
    private func failing() throws -> TrainingConfiguration {
        try TrainingPreset.originFailing.configuration(scale: 0.125)
    }

    @Test func nothingGivenChangesNothing() throws {
        #expect(try failing().applying(TrainingOverrides()) == failing())
    }

    @Test func everyFlagReachesItsPlace() throws {
        var overrides = TrainingOverrides()
        overrides.experimentName = "mine"
        overrides.batchSize = 3
        overrides.epochs = 7
        overrides.learningRate = 2e-3
        overrides.segmentLength = 8000
        overrides.sampleRate = 24_000
        overrides.hiddenDimension = 40
        overrides.codebookSize = 96
        overrides.codebookCount = 5
        overrides.adversarialWeight = 3
        overrides.featureWeight = 4
        overrides.reconstructionWeight = 5
        overrides.vqWeight = 6
        let result = try failing().applying(overrides)
        #expect(result.name == "mine" && result.batchSize == 3 && result.epochs == 7 && result.segmentLength == 8000)
        for optimizer in [result.generatorOptimizer, result.discriminatorOptimizer] {
            #expect(optimizer.learningRate == 2e-3 && optimizer.schedule == .cosinePerEpoch(plannedEpochs: 7))
        }
        var codec = TeluguCodecConfiguration()
        codec.width = 4
        codec.sampleRate = 24_000
        codec.latentDimension = 40
        codec.codebookSize = 96
        codec.codebookCount = 5
        #expect(result.generator == .telugu(codec))
        #expect(result.discriminator?.sampleRate == 24_000)
        let weights = ["adv/gen_loss", "adv/feat_loss", "waveform/loss", "vq/loss"].map { result.objective.weights[$0] }
        #expect(weights == [3, 4, 5, 6])
    }

    @Test func termsOfOneKindKeepTheirProportion() throws {
        var overrides = TrainingOverrides()
        overrides.vqWeight = 2
        overrides.reconstructionWeight = 45
        let result = try TrainingPreset.dac16kHz.configuration().applying(overrides)
        #expect(result.objective.weights["vq/codebook_loss"] == 2)
        #expect(result.objective.weights["vq/commitment_loss"] == 0.5)
        #expect(result.objective.weights["mel/loss"] == 45)
    }

    @Test(arguments: TrainingPreset.all.map(\.name))
    func codebooksOfEveryCodecCanBeChanged(name: String) throws {
        var overrides = TrainingOverrides()
        overrides.codebookCount = 3
        overrides.codebookSize = 17
        let preset = try TrainingPreset.named(name)
        var random = RandomSource(seed: 1)
        let codec = try preset.configuration(scale: 0.0625).applying(overrides).generator.makeGenerator(using: &random)
        #expect(codec.codebookCount == 3 && codec.codebookSize == 17)
    }

    private static let refused: [(TrainingOverrides, String)] = {
        func with(_ change: (inout TrainingOverrides) -> Void) -> TrainingOverrides {
            var overrides = TrainingOverrides()
            change(&overrides)
            return overrides
        }
        return [
            (with { $0.batchSize = 0 }, "--batch-size is 0, but must be 1 or more"),
            (with { $0.codebookCount = -2 }, "--num-quantizers is -2, but must be 1 or more"),
            (with { $0.learningRate = .nan }, "--learning-rate is nan, but must be above 0"),
            (with { $0.vqWeight = -1 }, "--vq-weight is -1.0, but must be 0 or more"),
            (with { $0.segmentLength = 90 }, "segmentLength: 90 samples are too short for the codec, which needs 96"),
            (with { $0.codebookCount = 5000 }, "it needs 1 to 1024 codebooks"),
        ]
    }()

    @Test(arguments: refused)
    func whatIsNotPossibleIsSaid(overrides: TrainingOverrides, message: String) throws {
        let error = try #require(throws: TrainingOverrideError.self) { try failing().applying(overrides) }
        #expect(error.description.contains(message))
    }

    @Test func aWeightWithoutATermIsRefused() throws {
        var configuration = try failing()
        configuration.objective.weights = configuration.objective.weights.replacing("adv/feat_loss", with: nil)
        var overrides = TrainingOverrides()
        overrides.featureWeight = 2
        let error = try #require(throws: TrainingOverrideError.self) { try configuration.applying(overrides) }
        #expect(error == .noTerm(flag: "--feat-weight", preset: configuration.name))
    }
}
