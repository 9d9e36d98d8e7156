import Codec
import Foundation
import Testing
import Training

struct TrainingStateTests {
    static let configurations: [TrainingConfiguration] = [TinyTraining.dac, TinyTraining.telugu, TinyTraining.encodec]
        .map {
            var configuration = $0
            configuration.weightAverageDecay = 0.9
            configuration.discriminatorInterval = 2
            configuration.adversarialRampSteps = 5
            return configuration
        }

    @Test(arguments: configurations) func sixStepsAreThreeAndThreeAfterRestoring(configuration: TrainingConfiguration)
        throws
    {
        let whole = try GANTrainer(configuration)
        let first = try GANTrainer(configuration)
        var expected: [StepReport] = []
        for step in 0..<6 { expected.append(try whole.step(TinyTraining.batch(step))) }
        for step in 0..<3 { #expect(try first.step(TinyTraining.batch(step)) == expected[step]) }

        // As through a file: other weights, other moments, texts for what is no tensor.
        var other = configuration
        other.seed = 77
        let second = try GANTrainer(other)
        try second.step(TinyTraining.batch(50))
        let saved = first.state
        try second.restore(TrainingState(tensors: saved.tensors, metadata: saved.metadata))
        for step in 3..<6 { #expect(try second.step(TinyTraining.batch(step)) == expected[step]) }
        try expectEqual(second.state, whole.state)
        #expect(second.step == 6)
    }

    @Test func aStateIsACopy() throws {
        let trainer = try GANTrainer(TinyTraining.dac)
        try trainer.step(TinyTraining.batch(0))
        let (saved, untouched) = (trainer.state, trainer.state)
        try trainer.step(TinyTraining.batch(1))
        try expectEqual(saved, untouched)
        #expect(trainer.state.progress.step == 2)
    }

    @Test func aStateOfAnotherConfigurationIsRefusedAndChangesNothing() throws {
        let trainer = try GANTrainer(TinyTraining.dac)
        let before = trainer.state
        let foreign = try GANTrainer(TinyTraining.telugu).state
        #expect(throws: TrainingStateError.self) { try trainer.restore(foreign) }
        var wide = TinyTraining.dac
        wide.discriminator = DiscriminatorDescription.dac(sampleRate: 16_000, periods: [2], windowLengths: [64])
            .narrowed(by: 1.0 / 8)
        let wider = try GANTrainer(wide).state
        #expect(throws: TrainingStateError.self) { try trainer.restore(wider) }
        var damaged = before
        damaged.progress.quantizerRandom = [0, 0, 0, 0]
        #expect(throws: TrainingStateError.damaged("its random numbers have no state")) { try trainer.restore(damaged) }
        try expectEqual(trainer.state, before)
        #expect(throws: TrainingStateError.noState) { try TrainingState(tensors: before.tensors, metadata: [:]) }
        #expect(throws: TrainingStateError.self) {
            try TrainingState(tensors: before.tensors, metadata: ["training_state": "{}"])
        }
    }

    @Test func anExperimentMayForgetTheDiscriminator() throws {
        let trainer = try GANTrainer(TinyTraining.dac)
        try trainer.step(TinyTraining.batch(0))
        let saved = trainer.state
        var interventions = TrainingInterventions()
        interventions.restoresDiscriminator = false
        let resumed = try GANTrainer(TinyTraining.dac, interventions: interventions)
        let fresh = resumed.state
        try resumed.restore(saved)
        let name = "discriminator.discriminators.0.convs.0.0.weight_v"
        #expect(resumed.state.tensors[name]?.values == fresh.tensors[name]?.values)
        #expect(resumed.discriminatorOptimizer?.step == 0 && resumed.generatorOptimizer.step == 1)
    }

    @Test func networksBeginWithTheWeightsOfFiles() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "weights-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = try GANTrainer(TinyTraining.dac)
        let expected = try source.step(TinyTraining.batch(0))
        var other = TinyTraining.dac
        other.seed = 9
        let paths = ["codec", "judge", "all"].map { folder.appending(path: "\($0).safetensors").path }
        let first = try GANTrainer(TinyTraining.dac)
        let discriminator = try #require(first.discriminator)
        try first.generator.stateDictionary.write(to: paths[0])
        try discriminator.stateDictionary.write(to: paths[1])
        try first.state.tensors.write(to: paths[2], metadata: first.state.metadata)
        for (codec, judge) in [(paths[0], paths[1]), (paths[2], paths[2])] {
            let trainer = try GANTrainer(other, generator: codec, discriminator: judge)
            trainer.generator.quantizerRandom = first.generator.quantizerRandom
            #expect(try trainer.step(TinyTraining.batch(0)) == expected)
        }
        #expect(throws: StateDictionaryError.self) { try GANTrainer(other, generator: paths[1], discriminator: nil) }
        #expect(throws: CheckpointError.self) { try GANTrainer(other, generator: "/nowhere", discriminator: nil) }
    }

    private func expectEqual(_ a: TrainingState, _ b: TrainingState) throws {
        #expect(a.progress == b.progress)
        #expect(a.tensors.entries.map(\.name) == b.tensors.entries.map(\.name))
        for (name, tensor) in a.tensors.entries {
            #expect(try tensor.values == #require(b.tensors[name]).values, "\(name)")
        }
    }
}
