import Codec
import Testing
import Training

struct TrainingConfigurationTests {
    struct Mistake: CustomTestStringConvertible, Sendable {
        let place: String
        let change: @Sendable (inout TrainingConfiguration) -> Void
        var testDescription: String { place }

        init(_ place: String, _ change: @escaping @Sendable (inout TrainingConfiguration) -> Void) {
            (self.place, self.change) = (place, change)
        }
    }

    static let mistakes = [
        Mistake("generator") { $0.generator = .dac(DACConfiguration(encoderRates: [], codebookCount: 1)) },
        Mistake("generator") {
            $0.generator = .encodec(.encodec48kHz)
            $0.segmentLength = 48_000
        },
        Mistake("discriminator") { $0.discriminator?.subDiscriminators = [] },
        Mistake("batchSize") { $0.batchSize = 0 },
        Mistake("segmentLength") { $0.segmentLength = -1 },
        Mistake("segmentLength") { $0.segmentLength = 7 },
        Mistake("segmentLength") {
            $0.discriminator = .originGrouped()
            $0.segmentLength = 8
            $0.generator = .dac(DACConfiguration(encoderRates: [2], decoderRates: [2], codebookCount: 1))
            $0.discriminator = .dac(periods: [11], windowLengths: [])
        },
        Mistake("segmentLevel") { $0.segmentLevel = .nan },
        Mistake("stepsPerEpoch") { $0.stepsPerEpoch = 0 },
        Mistake("epochs") { $0.epochs = 0 },
        Mistake("epochs") { $0.epochs = .max },
        Mistake("discriminatorStart") { $0.discriminatorStart = -1 },
        Mistake("discriminatorInterval") { $0.discriminatorInterval = 0 },
        Mistake("adversarialRampSteps") { $0.adversarialRampSteps = -1 },
        Mistake("weightAverageDecay") { $0.weightAverageDecay = 1 },
        Mistake("weightAverageDecay") { $0.weightAverageDecay = .nan },
        Mistake("validationInterval") { $0.validationInterval = 0 },
        Mistake("objective.weights") { $0.objective.weights = $0.objective.weights.replacing("mel", with: 1) },
        Mistake("objective.weights") { $0.objective.weights = $0.objective.weights.replacing("vq/loss", with: 1) },
        Mistake("objective.weights") { $0.objective.weights = $0.objective.weights.replacing("mel/loss", with: -1) },
        Mistake("objective.weights") { $0.objective.weights = $0.objective.weights.replacing("mel/loss", with: .nan) },
        Mistake("objective.weights") {
            $0.objective.weights = $0.objective.weights.replacing("mel/loss", with: .infinity)
        },
        Mistake("objective.melBands") { $0.objective.melBands = [5] },
        Mistake("objective.melBands") { $0.objective.melBands[2] = 0 },
        Mistake("objective.melWindows") { $0.objective.melWindows[0] = 3 },
        Mistake("objective.balancer.totalNorm") { $0.objective.balancer = .init(totalNorm: 0) },
        Mistake("objective.balancer.decay") { $0.objective.balancer = .init(decay: 1.5) },
        Mistake("objective.balancer") {
            $0.objective.balancer = .init()
            $0.objective.weights = ["vq/commitment_loss": 1, "mel/loss": 0]
        },
        Mistake("generatorOptimizer.learningRate") { $0.generatorOptimizer.learningRate = -1e-4 },
        Mistake("discriminatorOptimizer.learningRate") { $0.discriminatorOptimizer.learningRate = .infinity },
        Mistake("generatorOptimizer.beta1") { $0.generatorOptimizer.beta1 = 1 },
        Mistake("discriminatorOptimizer.beta2") { $0.discriminatorOptimizer.beta2 = .nan },
        Mistake("generatorOptimizer.weightDecay") { $0.generatorOptimizer.weightDecay = -0.1 },
        Mistake("generatorOptimizer.warmUpSteps") { $0.generatorOptimizer.warmUpSteps = -3 },
        Mistake("generatorOptimizer.maximumGradientNorm") { $0.generatorOptimizer.maximumGradientNorm = 0 },
        Mistake("generatorOptimizer.maximumGradientNorm") { $0.generatorOptimizer.maximumGradientNorm = .nan },
        Mistake("generatorOptimizer.schedule") { $0.generatorOptimizer.schedule = .exponentialPerStep(gamma: 0) },
        Mistake("generatorOptimizer.schedule") { $0.generatorOptimizer.schedule = .cosinePerEpoch(plannedEpochs: 0) },
        Mistake("generatorOptimizer.schedule") {
            $0.generatorOptimizer.schedule = .cosinePerEpoch(plannedEpochs: 3, minimumLearningRate: -1)
        },
    ]

    @Test(arguments: mistakes) func aMistakeIsNamed(mistake: Mistake) throws {
        var configuration = TinyTraining.dac
        try configuration.validate()
        mistake.change(&configuration)
        let error = #expect(throws: TrainingConfigurationError.self) { try configuration.validate() }
        #expect(error?.place == mistake.place)
        #expect(throws: TrainingConfigurationError.self) { try GANTrainer(configuration) }
    }

    @Test func theTinyTrainingsAreValid() throws {
        for configuration in TrainingStateTests.configurations + [.dacTiny] { try configuration.validate() }
        var alone = TinyTraining.dac
        alone.discriminator = nil
        let report = try GANTrainer(alone).step(TinyTraining.batch(0))
        #expect(report["adv/gen_loss"] == nil && report["loss"] != nil)
    }

    @Test func schedulesArePyTorchs() throws {
        let cosine = OptimizerConfiguration(
            learningRate: 0.1,
            schedule: .cosinePerEpoch(plannedEpochs: 4, minimumLearningRate: 0.02)
        )
        // torch 2.13, CosineAnnealingLR(T_max=4, eta_min=0.02) from 0.1, ten epochs.
        let torch = [
            0.1, 0.08828427124746191, 0.06, 0.03171572875253811, 0.02, 0.031715728752538085, 0.06,
            0.0882842712474619, 0.1, 0.08828427124746191,
        ]
        for (epoch, rate) in torch.enumerated() {
            #expect(abs(cosine.learningRate(step: 100 * epoch, epoch: epoch) - rate) < 1e-14)
        }
        let perStep = OptimizerConfiguration(
            learningRate: 0.1,
            schedule: .exponentialPerStep(gamma: 0.5),
            warmUpSteps: 4
        )
        #expect(
            (0..<5).map { perStep.learningRate(step: $0, epoch: 0) } == [
                0.025, 0.025, 0.1 * 0.75 * 0.25, 0.0125, 0.00625,
            ]
        )
        let perEpoch = OptimizerConfiguration(learningRate: 0.1, schedule: .exponentialPerEpoch(gamma: 0.5))
        #expect(perEpoch.learningRate(step: 99, epoch: 3) == 0.0125)
    }
}
