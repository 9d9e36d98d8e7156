import ArgumentParser
import Foundation
import Training

/// What is trained and how: a preset, and the flags of the origin's trainer that change it.
struct HyperparameterOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The recipe: \(TrainingPreset.all.map(\.name).joined(separator: ", ")); --list-presets describes them.",
            valueName: "name"
        )
    )
    var preset: String?

    @Option(
        help: ArgumentHelp(
            "Size of the preset, above 0 to 1 for the published one; each has a default that takes minutes.",
            valueName: "factor"
        )
    )
    var scale: Double?

    @Option(help: ArgumentHelp("Seed of weights, batches and everything random; 0 unless given.", valueName: "number"))
    var seed: UInt64?

    @Option(help: ArgumentHelp("Steps of the whole run.", valueName: "number"))
    var steps: Int?

    @Option(help: ArgumentHelp("Items per batch.", valueName: "number"))
    var batchSize: Int?

    @Option(help: ArgumentHelp("Epochs of the whole run; schedules are planned over them.", valueName: "number"))
    var numEpochs: Int?

    @Option(help: ArgumentHelp("Learning rate of both networks.", valueName: "number"))
    var learningRate: Double?

    @Option(help: ArgumentHelp("Length of an item.", valueName: "samples"))
    var segmentLength: Int?

    @Option(help: ArgumentHelp("Sample rate of both networks.", valueName: "Hz"))
    var sampleRate: Int?

    @Option(help: ArgumentHelp("Channels of the latents.", valueName: "number"))
    var hiddenDim: Int?

    @Option(help: ArgumentHelp("Rows of a codebook.", valueName: "number"))
    var codebookSize: Int?

    @Option(help: ArgumentHelp("Codebooks.", valueName: "number"))
    var numQuantizers: Int?

    @Option(help: ArgumentHelp("Weight of the adversarial term.", valueName: "number"))
    var advWeight: Float?

    @Option(help: ArgumentHelp("Weight of feature matching.", valueName: "number"))
    var featWeight: Float?

    @Option(
        help: ArgumentHelp(
            "Weight of the reconstruction term; where there are several, the largest, others in proportion.",
            valueName: "number"
        )
    )
    var reconWeight: Float?

    @Option(
        help: ArgumentHelp(
            "Weight of the quantiser's loss; where it has two, the larger, the other in proportion.",
            valueName: "number"
        )
    )
    var vqWeight: Float?

    @Option(
        help: ArgumentHelp("Epochs between validations; those of the preset unless given.", valueName: "epochs")
    )
    var validateEvery: Int?

    /// The flags that were given; none may change a run that has begun.
    var given: [String] {
        let flags: [(String, Bool)] = [
            ("--preset", preset != nil), ("--scale", scale != nil), ("--seed", seed != nil), ("--steps", steps != nil),
            ("--batch-size", batchSize != nil), ("--num-epochs", numEpochs != nil),
            ("--learning-rate", learningRate != nil), ("--segment-length", segmentLength != nil),
            ("--sample-rate", sampleRate != nil), ("--hidden-dim", hiddenDim != nil),
            ("--codebook-size", codebookSize != nil), ("--num-quantizers", numQuantizers != nil),
            ("--adv-weight", advWeight != nil), ("--feat-weight", featWeight != nil),
            ("--recon-weight", reconWeight != nil), ("--vq-weight", vqWeight != nil),
            ("--validate-every", validateEvery != nil),
        ]
        return flags.filter(\.1).map(\.0)
    }

    /// The configuration. Throws a sentence for what is unknown, impossible or contradicts itself.
    func configuration(name: String?) throws -> TrainingConfiguration {
        var overrides = TrainingOverrides()
        overrides.experimentName = name
        overrides.batchSize = batchSize
        overrides.learningRate = learningRate
        overrides.segmentLength = segmentLength
        overrides.sampleRate = sampleRate
        overrides.hiddenDimension = hiddenDim
        overrides.codebookSize = codebookSize
        overrides.codebookCount = numQuantizers
        overrides.adversarialWeight = advWeight
        overrides.featureWeight = featWeight
        overrides.reconstructionWeight = reconWeight
        overrides.vqWeight = vqWeight
        let recipe = try preset.map { try TrainingPreset.named($0) } ?? TrainingPreset.all[0]
        var start = try recipe.configuration(scale: scale)
        if let seed { start.seed = seed }
        if let validateEvery {
            guard validateEvery > 0 else { throw ValidationError("--validate-every must be at least 1 epoch") }
            start.validationInterval = validateEvery
        }
        overrides.epochs = try divide(&start)
        do {
            return try start.applying(overrides)
        } catch {
            guard case .configuration(let problem) = error, let flag = Self.flags[problem.place] else { throw error }
            throw ValidationError("\(flag): \(problem.problem)")
        }
    }

    /// Flags by the places of a configuration they set.
    private static let flags = [
        "batchSize": "--batch-size", "segmentLength": "--segment-length", "stepsPerEpoch": "--steps",
        "epochs": "--num-epochs", "validationInterval": "--validate-every",
        "generatorOptimizer.learningRate": "--learning-rate",
        "discriminatorOptimizer.learningRate": "--learning-rate",
    ]

    /// Makes `--steps` and `--num-epochs` steps per epoch; what is left for the epochs to be.
    private func divide(_ configuration: inout TrainingConfiguration) throws -> Int? {
        guard let steps else { return numEpochs }
        guard (1...1_000_000_000).contains(steps) else { throw ValidationError("--steps must be 1 to 1000000000") }
        if let numEpochs {
            guard numEpochs > 0, steps % numEpochs == 0 else {
                throw ValidationError(
                    "--steps \(steps) cannot be divided into --num-epochs \(numEpochs) equal epochs; give a multiple, or one of the two"
                )
            }
            configuration.stepsPerEpoch = steps / numEpochs
            return numEpochs
        }
        configuration.stepsPerEpoch = Self.epochLength(of: steps, near: max(1, configuration.stepsPerEpoch))
        return steps / configuration.stepsPerEpoch
    }

    /// The divisor of a number of steps that is nearest to the usual length of an epoch by ratio, and no less than a quarter of it
    /// where that is possible.
    static func epochLength(of steps: Int, near usual: Int) -> Int {
        let small = (1...Int(Double(steps).squareRoot().rounded(.up))).filter { steps % $0 == 0 }
        let divisors = (small + small.map { steps / $0 }).filter { $0 * 4 >= usual || $0 == steps }
        func distance(_ length: Int) -> Double { abs(log(Double(length) / Double(usual))) }
        return divisors.min { distance($0) < distance($1) } ?? steps
    }
}
