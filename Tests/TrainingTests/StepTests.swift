import Codec
import Testing
import Training

/// What a step does and reports besides the losses that ``TraceTests`` compares with PyTorch.
struct StepTests {
    @Test func whatIsNotComputedIsAbsent() throws {
        var configuration = TinyTraining.dac
        configuration.discriminatorStart = 1
        configuration.discriminatorInterval = 2
        let trainer = try GANTrainer(configuration)
        let reports = try (0..<3).map { try trainer.step(TinyTraining.batch($0)) }
        for name in [
            "adv/disc_loss", "adv/disc_real_loss/period 2", "grad_norm_d", "update_ratio_d", "lr_d",
            "adv/real_logit_std",
        ] {
            #expect(reports.map { $0[name] != nil } == [false, false, true], "\(name)")
        }
        for name in ["adv/gen_loss", "adv/feat_loss"] {
            #expect(reports.map { $0[name] != nil } == [false, true, true], "\(name)")
        }
        #expect(reports.map(\.step) == [1, 2, 3])
        for report in reports {
            #expect(Set(report.entries.map(\.name)).count == report.entries.count)
            let known = Set(MeasurementNames.all(parts: TinyTraining.discriminator.partNames, stages: 4))
            #expect(report.entries.allSatisfy { known.contains($0.name) })
        }
    }

    @Test func aNetworkThatDoesNotMoveHasAnUpdateRatioOfZero() throws {
        var interventions = TrainingInterventions()
        interventions.stepsDiscriminator = { $0 > 0 }
        let trainer = try GANTrainer(TinyTraining.dac, interventions: interventions)
        let first = try trainer.step(TinyTraining.batch(0))
        #expect(first["update_ratio_d"] == 0)
        #expect(try #require(first["grad_norm_d"]) > 0)
        #expect(try #require(first["update_ratio_g"]) > 0)
        #expect(try #require(trainer.step(TinyTraining.batch(1))["update_ratio_d"]) > 0)

        interventions = TrainingInterventions()
        interventions.discriminatorOwns = { _ in false }
        let unowned = try GANTrainer(TinyTraining.dac, interventions: interventions)
        let report = try unowned.step(TinyTraining.batch(0))
        #expect(report["update_ratio_d"] == 0)
        #expect(try #require(report["grad_norm_d"]) > 0)
    }

    @Test func theUpdateRatioIsTheWholeNetworks() throws {
        var interventions = TrainingInterventions()
        interventions.discriminatorOwns = { $0.hasPrefix("discriminators.0") }
        for interventions in [TrainingInterventions(), interventions] {
            let trainer = try GANTrainer(TinyTraining.dac, interventions: interventions)
            let discriminator = try #require(trainer.discriminator)
            let before = discriminator.namedParameters.map { $0.tensor.values }
            let report = try trainer.step(TinyTraining.batch(0))
            var (change, norm) = (0.0, 0.0)
            for (old, parameter) in zip(before, discriminator.namedParameters) {
                for (a, b) in zip(old, parameter.tensor.values) {
                    change += Double(b - a) * Double(b - a)
                    norm += Double(a) * Double(a)
                }
            }
            let ratio = try #require(report["update_ratio_d"])
            #expect(abs(ratio / (change / norm).squareRoot() - 1) < 1e-6)
        }
    }

    @Test(arguments: [true, false]) func aNaNIsReportedAndMovesNothingUnlessWanted(stops: Bool) throws {
        var configuration = TinyTraining.dac
        configuration.stopsOnNonFinite = stops
        let trainer = try GANTrainer(configuration)
        let before = (trainer.generator.stateDictionary, try #require(trainer.discriminator).stateDictionary)
        var values = TinyTraining.batch(0).values
        values[17] = .nan
        let report = try trainer.step(Tensor(values, shape: [2, 1, 400]))
        for name in ["mel/loss", "loss", "adv/disc_loss", "grad_norm_g", "grad_norm_d", "input/rms", "input/peak"] {
            #expect(try #require(report[name]).isNaN, "\(name)")
        }
        #expect(report.nonFiniteNames.contains("mel/loss") && !report.nonFiniteNames.contains("lr_g"))
        #expect(report.withheld == (stops ? [.discriminator, .generator] : []))
        let isWhole =
            (try #require(trainer.discriminator)).nonFiniteTensors.isEmpty && trainer.generator.nonFiniteTensors.isEmpty
        #expect(isWhole == stops)
        guard stops else { return }
        #expect(report["update_ratio_g"] == 0 && report["update_ratio_d"] == 0)
        for (start, layer) in [(before.0, trainer.generator as Layer), (before.1, try #require(trainer.discriminator))]
        {
            for (name, tensor) in layer.namedParameters { #expect(start[name]?.values == tensor.values) }
        }
        let next = try trainer.step(TinyTraining.batch(1))
        #expect(next.nonFiniteNames.isEmpty && next.withheld.isEmpty)
    }

    @Test func frozenParametersStayAndReleasedOnesMove() throws {
        var random = RandomSource(seed: 1)
        let configuration = TinyTraining.dac
        let generator = configuration.generator.makeGenerator(using: &random)
        let discriminator = Discriminator(TinyTraining.discriminator, using: &random)
        discriminator.subDiscriminators[0].setParametersNeedGradients(false)
        generator.setParametersNeedGradients(false)
        generator.tensor(named: "decoder.model.0.bias")?.setNeedsGradient(true)
        let before = (generator.stateDictionary, discriminator.stateDictionary)
        let trainer = try GANTrainer(configuration, generator: generator, discriminator: discriminator)
        for step in 0..<2 { try trainer.step(TinyTraining.batch(step)) }
        #expect(trainer.generatorOptimizer.parameters.count == 1)
        for (name, tensor) in generator.namedParameters {
            #expect((before.0[name]?.values == tensor.values) == (name != "decoder.model.0.bias"), "\(name)")
        }
        for (name, tensor) in discriminator.namedParameters {
            let isFrozen = name.hasPrefix("discriminators.0")
            #expect(tensor.requiresGradient != isFrozen)
            #expect((before.1[name]?.values == tensor.values) == isFrozen, "\(name)")
        }
    }

    @Test func adversarialWeightsRiseStepByStep() throws {
        var configuration = TinyTraining.dac
        configuration.discriminatorStart = 1
        configuration.adversarialRampSteps = 4
        let trainer = try GANTrainer(configuration)
        for (step, factor) in [0, 0.25, 0.5, 0.75, 1, 1].enumerated() {
            let report = try trainer.step(TinyTraining.batch(step))
            func value(_ name: String) -> Double { report[name] ?? 0 }
            let expected =
                15 * value("mel/loss") + 0.25 * value("vq/commitment_loss") + value("vq/codebook_loss")
                + factor * (value("adv/gen_loss") + 2 * value("adv/feat_loss"))
            #expect(abs(value("loss") / expected - 1) < 1e-5)
        }
    }

    @Test func equalNamesOfPartsBecomePaths() {
        var description = TinyTraining.discriminator
        #expect(description.partNames == ["period 2", "STFT 64"])
        description.subDiscriminators[1].name = "period 2"
        #expect(description.partNames == ["discriminators.0", "discriminators.1"])
    }

    @Test func aBatchThatNoNetworkTakesIsNamed() throws {
        let trainer = try GANTrainer(TinyTraining.dac)
        #expect(throws: CodecError.audioShape(found: [2, 2, 400], channels: 1)) {
            try trainer.step(Tensor(repeating: 0, shape: [2, 2, 400]))
        }
        #expect(throws: CodecError.self) { try trainer.step(Tensor(repeating: 0, shape: [1, 1, 0])) }
        #expect(throws: CodecError.self) { try trainer.step(Tensor(repeating: 0, shape: [1, 1, 2])) }
        #expect(trainer.step == 0)
        #expect(try trainer.step(Tensor(repeating: 0, shape: [1, 1, 64])).nonFiniteNames == [])
    }

    @Test func validationUsesTheAverageAndGivesTheWeightsBack() throws {
        var configuration = TinyTraining.dac
        configuration.weightAverageDecay = 0.5
        let trainer = try GANTrainer(configuration)
        let name = "decoder.model.0.bias"
        let weight = try #require(trainer.generator.tensor(named: name))
        var average = Tensor(repeating: 0, shape: weight.shape)
        for step in 0..<3 {
            try trainer.step(TinyTraining.batch(step))
            average = average + [1, 2, 4][step] * weight.detached()
        }
        let own = weight.values
        let inForce = trainer.evaluating {
            #expect(!trainer.generator.isTraining)
            return weight.values
        }
        #expect(zip(inForce, average.values).allSatisfy { abs($0 - $1 / 7) < 1e-7 })
        #expect(weight.values == own && inForce != own)
    }
}
