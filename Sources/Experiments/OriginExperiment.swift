public import SpeechData
public import Training

/// Puts the origin's claim "the discriminator was the cause" to the test: the failing run, the proposed repair, and cells in between, with
/// equal data, seeds and steps.
///
/// ```swift
/// let experiment = try OriginExperiment()
/// let result = try experiment.run(seeds: 3) { print($0.cell.name, $0.seed, $0.share) }
/// print(result.text)
/// ```
public struct OriginExperiment: Sendable {
    /// What is trained on, and what is held out.
    public let dataset: SpeechDataset
    /// Of widths, codebooks, batches and steps per epoch, 1 for the origin's sizes; see ``TrainingPreset/summaryOfScaling``.
    public let scale: Double
    /// Epochs of every run.
    public let epochs: Int
    /// Of both networks at the start; `nil` for the origin's 1e-4 divided by the scale, with which what Adam can move a weight in an epoch
    /// is the same at every scale.
    public let learningRate: Double?

    /// An eighth of the origin's widths: minutes for all cells on two idle cores.
    public static let reducedScale = 0.125
    /// The epochs of the origin's log.
    public static let loggedEpochs = 10

    /// How far an experiment is.
    public struct Progress: Sendable {
        /// The cell that is running.
        public let cell: OriginCell
        /// Its seed.
        public let seed: UInt64
        /// Runs done before this one.
        public let runsDone: Int
        /// All runs.
        public let runs: Int
        /// The share of this run that is done, 0…1.
        public let share: Double
        /// The share of the experiment that is done, 0…1, all runs counted alike.
        public var total: Double { (Double(runsDone) + share) / Double(runs) }
    }

    /// An experiment on the shipped speech.
    public init(scale: Double = reducedScale, epochs: Int = loggedEpochs, learningRate: Double? = nil) throws {
        self.init(
            dataset: try SpeechDataset.shipped(),
            scale: scale,
            epochs: epochs,
            learningRate: learningRate
        )
    }

    /// An experiment on this speech at 16 kHz, of which a second of each held-out clip is validated on.
    public init(
        dataset: SpeechDataset,
        scale: Double = reducedScale,
        epochs: Int = loggedEpochs,
        learningRate: Double? = nil
    ) {
        precondition(epochs > 0, "a run needs an epoch")
        self.dataset = dataset
        self.scale = scale
        self.epochs = epochs
        self.learningRate = learningRate
    }

    /// What a cell trains. Throws ``TrainingPresetError`` when the scale is not possible.
    public func configuration(of cell: OriginCell, seed: UInt64) throws(TrainingPresetError) -> TrainingConfiguration {
        try cell.configuration(scale: scale, epochs: epochs, seed: seed, learningRate: learningRate)
    }

    /// Trains one cell with one seed and judges its log. `progress` gets the share of the run that is done, 0…1.
    ///
    /// Throws ``OriginExperimentError`` when the dataset does not fit, ``TrainingPresetError`` when the scale is not possible, and what
    /// training throws.
    public func run(
        _ cell: OriginCell,
        seed: UInt64,
        progress: (Double) -> Void = { _ in }
    ) throws -> OriginRun {
        if dataset.sampleRate != 16_000 { throw OriginExperimentError.sampleRate(found: dataset.sampleRate) }
        if dataset.training.isEmpty { throw OriginExperimentError.noTrainingSpeech }
        if dataset.validation.allSatisfy({ $0.sampleCount == 0 }) { throw OriginExperimentError.noHeldOutSpeech }
        let configuration = try configuration(of: cell, seed: seed)
        let log = try FaultRun(configuration, TrainingInterventions(), dataset: dataset).measured(
            interruption: .none,
            progress: progress
        )
        return try OriginRun(log, cell: cell.name, configuration: configuration)
    }

    /// Trains every cell with seeds from 0, seed by seed, so that what is done first is a whole experiment.
    ///
    /// Throws as ``run(_:seed:progress:)`` does.
    public func run(
        cells: [OriginCell] = OriginCell.all,
        seeds: Int = 1,
        progress: (Progress) -> Void = { _ in }
    ) throws -> Result {
        var runs: [OriginRun] = []
        let count = cells.count * seeds
        for seed in 0..<seeds {
            for cell in cells {
                let done = runs.count
                runs.append(
                    try run(cell, seed: UInt64(seed)) { share in
                        progress(
                            Progress(cell: cell, seed: UInt64(seed), runsDone: done, runs: count, share: share)
                        )
                    }
                )
            }
        }
        return try result(of: runs)
    }

    /// The result of runs of this experiment, which may have been made one by one.
    ///
    /// Throws ``TrainingPresetError`` when the scale is not possible.
    public func result(of runs: [OriginRun]) throws(TrainingPresetError) -> Result {
        let configuration = try configuration(of: .failing, seed: 0)
        return Result(
            scale: scale,
            epochs: epochs,
            stepsPerEpoch: configuration.stepsPerEpoch,
            batchSize: configuration.batchSize,
            segmentLength: configuration.segmentLength,
            learningRate: configuration.generatorOptimizer.learningRate,
            runs: runs
        )
    }
}
