import Codec
import Testing
import Training

struct TrainingPresetTests {
    @Test(arguments: TrainingPreset.all.map(\.name), [1, 0.5, 0.25, 0.125, 0.1, 0.0625, 1.0 / 64])
    func everyPresetIsARunAtEveryScale(name: String, scale: Double) throws {
        let configuration = try TrainingPreset.named(name).configuration(scale: scale)
        try configuration.validate()
        #expect(configuration.name == (scale == 1 ? name : "\(name) × \(scale)"))
    }

    @Test(arguments: TrainingPreset.all.map(\.name))
    func smallerScalesAreSmallerRuns(name: String) throws {
        let preset = try TrainingPreset.named(name)
        let (full, small) = (try preset.configuration(scale: 1), try preset.configuration(scale: 0.25))
        #expect(small.steps < full.steps)
        #expect(try #require(small.discriminator).parameterCount < #require(full.discriminator).parameterCount)
        #expect(small.objective == full.objective)
        #expect(small.generator != full.generator)
        #expect(!preset.summary.isEmpty && !preset.source.isEmpty && !preset.summaryOfScaling.isEmpty)
    }

    @Test func theOriginsFullSizesAreThoseOfItsRun() throws {
        let failing = try TrainingPreset.originFailing.configuration(scale: 1)
        let fixed = try TrainingPreset.originFixed.configuration(scale: 1)
        var random = RandomSource(seed: 0)
        #expect(failing.generator.makeGenerator(using: &random).parameterCount == 21_244_001)
        #expect(failing.discriminator?.parameterCount == 16_913_859)
        #expect(fixed.discriminator?.parameterCount == 41_391_856)
        #expect(fixed.generator == failing.generator)
        #expect(failing.batchSize == 16 && failing.segmentLength == 16_000 && failing.segmentLevel == -16)
        #expect(failing.objective.weights["adv/feat_loss"] == 2 && fixed.objective.weights["adv/feat_loss"] == 10)
        #expect(failing.objective.weights["waveform/loss"] == 0.1)
        #expect(failing.generatorOptimizer.schedule == .cosinePerEpoch(plannedEpochs: 100))
        #expect(failing.generatorOptimizer == failing.discriminatorOptimizer)
        #expect(failing.generatorOptimizer.learningRate == 1e-4)
    }

    @Test func scalingTheOriginChangesSizesOnly() throws {
        var small = try TrainingPreset.originFailing.configuration(scale: 0.125)
        let full = try TrainingPreset.originFailing.configuration(scale: 1)
        guard case .telugu(let codec) = small.generator else {
            Issue.record("not the origin's codec")
            return
        }
        #expect(codec.width == 4 && codec.latentDimension == 128 && codec.codebookSize == 128)
        #expect(codec.codebookCount == 8 && codec.quantizer == .asInTheOriginRun)
        #expect(small.discriminator == .originGrouped().narrowed(by: 0.125))
        for network in [\TrainingConfiguration.generatorOptimizer, \.discriminatorOptimizer] {
            small[keyPath: network].schedule = full[keyPath: network].schedule
            #expect(small[keyPath: network] == full[keyPath: network])
        }
        #expect(small.objective == full.objective && small.segmentLevel == full.segmentLevel)
    }

    @Test func dacAt16kHzIsThePublishedRecipe() throws {
        let configuration = try TrainingPreset.dac16kHz.configuration(scale: 1)
        guard case .dac(let dac) = configuration.generator else {
            Issue.record("not a DAC")
            return
        }
        #expect(dac.parameterCount == 74_175_906)
        #expect(configuration.discriminator == .dac(sampleRate: 16_000))
        #expect(configuration.objective.weights == .dac)
        #expect(configuration.steps == 400_000 && configuration.batchSize == 72)
        #expect(configuration.generatorOptimizer.schedule == .exponentialPerStep(gamma: 0.999996))
        #expect(configuration.generatorOptimizer.maximumGradientNorm == 1000)
        #expect(configuration.discriminatorOptimizer.maximumGradientNorm == 10)
    }

    @Test func aScaledRunLosesAsMuchOfItsLearningRate() throws {
        let configuration = try TrainingPreset.dac16kHz.configuration(scale: 0.0625)
        let optimizer = configuration.generatorOptimizer
        let end = optimizer.learningRate(step: configuration.steps, epoch: configuration.epochs)
        #expect(abs(end / optimizer.learningRate - 0.2019) < 1e-4)
        #expect(optimizer.learningRate == 1.6e-3)
    }

    @Test func unknownPresetsAndScalesAreNamed() {
        #expect(throws: TrainingPresetError.unknown(name: "dac")) { try TrainingPreset.named("dac") }
        #expect("\(TrainingPresetError.unknown(name: "dac"))".contains("origin-failing"))
        for scale in [0, -1, 1.5, .nan, .infinity, 1e-9] {
            #expect(throws: TrainingPresetError.self) { try TrainingPreset.dacTiny.configuration(scale: scale) }
        }
    }
}
