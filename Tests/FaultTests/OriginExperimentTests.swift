import Codec
import Experiments
import SpeechData
import Testing
import Training

struct OriginExperimentTests {
    private func configuration(_ name: String, scale: Double = 0.125) throws -> TrainingConfiguration {
        try #require(OriginCell.named(name)).configuration(scale: scale, epochs: 10, seed: 3)
    }

    private func quantizer(_ configuration: TrainingConfiguration) throws -> OriginQuantizerOptions {
        guard case .telugu(let codec) = configuration.generator else { throw CancellationError() }
        return codec.quantizer
    }

    @Test(arguments: OriginCell.all.map(\.name), [1, 0.125, 0.0625])
    func cellsShareDataSeedsAndSteps(name: String, scale: Double) throws {
        let (cell, failing) = (try configuration(name, scale: scale), try configuration("failing", scale: scale))
        try cell.validate()
        #expect(cell.seed == 3 && cell.steps == failing.steps && cell.batchSize == failing.batchSize)
        #expect(cell.segmentLength == failing.segmentLength && cell.segmentLevel == failing.segmentLevel)
        #expect(
            cell.generatorOptimizer.learningRate == 1e-4 / scale
                && cell.discriminatorOptimizer.learningRate == 1e-4 / scale
        )
        #expect(cell.generatorOptimizer.schedule == .cosinePerEpoch(plannedEpochs: 100))
        #expect(
            name == "failing" || cell.generator != failing.generator || cell.discriminator != failing.discriminator
                || cell.objective != failing.objective || cell.generatorOptimizer != failing.generatorOptimizer
        )
    }

    @Test func aCellOfOneCauseChangesOneThing() throws {
        let failing = try configuration("failing")
        var normalized = try configuration("grouped-weight-norm")
        #expect(try #require(normalized.discriminator).layers.allSatisfy { $0.normalization == .weight })
        normalized.discriminator = failing.discriminator
        var dac = try configuration("dac-discriminator")
        #expect(dac.discriminator?.subDiscriminators.count == 8 && dac.objective == failing.objective)
        dac.discriminator = failing.discriminator
        var repaired = try configuration("repaired-quantizer")
        let options = try quantizer(repaired)
        #expect(options.projectionDimension == 8 && options.kMeansIterations != nil && !options.countsStartAtZero)
        repaired.generator = failing.generator
        var reconstruction = try configuration("reconstruction-15")
        #expect(reconstruction.objective.weights["waveform/loss"] == 15)
        reconstruction.objective = failing.objective
        for var cell in [normalized, dac, repaired, reconstruction] {
            cell.name = failing.name
            #expect(cell == failing)
        }
    }

    @Test func theLossScaleKeepsItsEffectAtEverySize() throws {
        #expect(try configuration("scaled-clipping", scale: 1).discriminatorOptimizer.lossScaleAtClipping == 65_536)
        #expect(try configuration("scaled-clipping").generatorOptimizer.lossScaleAtClipping == 524_288)
        let both = try configuration("fixed-scaled-clipping")
        #expect(both.discriminator == (try configuration("fixed").discriminator))
        #expect(both.discriminatorOptimizer.lossScaleAtClipping == 524_288)
    }

    @Test func aRunIsMeasuredEpochByEpoch() throws {
        let experiment = try OriginExperiment(scale: 1.0 / 64, epochs: 2)
        var shares: [Double] = []
        let result = try experiment.run(cells: OriginCell.all.filter { $0.name == "failing" }) {
            shares.append($0.total)
        }
        let run = try #require(result.runs.first)
        #expect(run.epochs.map(\.epoch) == [1, 2] && run.epochs.map(\.steps) == [10, 20])
        #expect(shares.last == 1 && shares == shares.sorted())
        for metric in OriginMetric.allCases { #expect(run.epochs[1][metric]?.isFinite == true, "\(metric)") }
        #expect(abs((run.epochs[0][.discriminatorLoss] ?? 0) - 2) < 0.1)
        let again = try experiment.run(try #require(OriginCell.named("failing")), seed: 0)
        #expect(again.epochs == run.epochs)
        #expect(result.markdown.contains("| failing |") && result.text.contains("blind-discriminator"))
    }

    @Test func speechThatDoesNotFitIsRefused() throws {
        let shipped = try SpeechDataset.shipped()
        let cell = try #require(OriginCell.named("failing"))
        func error(_ dataset: SpeechDataset) -> OriginExperimentError? {
            #expect(throws: OriginExperimentError.self) { try OriginExperiment(dataset: dataset).run(cell, seed: 0) }
        }
        let (training, held) = (shipped.training, shipped.validation)
        #expect(
            error(SpeechDataset(sampleRate: 8000, training: training, validation: held)) == .sampleRate(found: 8000)
        )
        #expect(error(SpeechDataset(sampleRate: 16_000, training: [], validation: held)) == .noTrainingSpeech)
        #expect(error(SpeechDataset(sampleRate: 16_000, training: training, validation: [])) == .noHeldOutSpeech)
    }
}
