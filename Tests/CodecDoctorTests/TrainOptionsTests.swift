import ArgumentParser
import Codec
import Foundation
import Testing
import Training

@testable import codec_doctor

/// How words on the command line become a configuration.
@Suite struct TrainOptionsTests {
    private func configuration(_ words: String...) throws -> TrainingConfiguration {
        let command = try #require(try TrainCommand.parse(words) as TrainCommand?)
        return try command.recipe.configuration(name: command.experimentName)
    }

    @Test func withoutWordsItIsTheFirstPreset() throws {
        #expect(try configuration() == TrainingPreset.all[0].configuration())
        #expect(TrainingPreset.all[0].name == "dac-tiny")
    }

    @Test func theFlagsOfTheOriginArrive() throws {
        let result = try configuration(
            "--preset",
            "origin-failing",
            "--batch-size",
            "3",
            "--num-epochs",
            "7",
            "--learning-rate",
            "0.002",
            "--segment-length",
            "8000",
            "--codebook-size",
            "32",
            "--num-quantizers",
            "2",
            "--adv-weight",
            "0.5",
            "--feat-weight",
            "3",
            "--recon-weight",
            "15",
            "--vq-weight",
            "0.25",
            "--experiment-name",
            "mine",
            "--seed",
            "9"
        )
        #expect(result.name == "mine" && result.seed == 9 && result.batchSize == 3 && result.epochs == 7)
        #expect(result.segmentLength == 8000 && result.generatorOptimizer.learningRate == 0.002)
        #expect(result.discriminatorOptimizer.learningRate == 0.002)
        let weights = Dictionary(uniqueKeysWithValues: result.objective.weights.entries.map { ($0.name, $0.weight) })
        #expect(weights["adv/gen_loss"] == 0.5 && weights["adv/feat_loss"] == 3)
        #expect(weights["waveform/loss"] == 15 && weights["vq/loss"] == 0.25)
        guard case .telugu(let codec) = result.generator else {
            Issue.record("the origin's preset trains the origin's codec")
            return
        }
        #expect(codec.codebookSize == 32 && codec.codebookCount == 2)
    }

    @Test(arguments: [
        (["--steps", "4"], 4, 1), (["--steps", "12", "--num-epochs", "3"], 4, 3), (["--steps", "1"], 1, 1),
    ])
    func stepsAreTheWholeRuns(words: [String], perEpoch: Int, epochs: Int) throws {
        let command = try TrainCommand.parse(words)
        let result = try command.recipe.configuration(name: nil)
        #expect(result.stepsPerEpoch == perEpoch && result.epochs == epochs)
    }

    @Test(arguments: [
        (500, 50, 50), (120, 50, 60), (4, 50, 4), (401, 50, 401), (1, 50, 1), (999_999_937, 50, 999_999_937),
    ])
    func epochsDivideTheSteps(steps: Int, usual: Int, length: Int) {
        #expect(HyperparameterOptions.epochLength(of: steps, near: usual) == length)
    }

    @Test(arguments: [
        ["--batch-size", "0"], ["--learning-rate", "nan"], ["--learning-rate=-1"], ["--segment-length", "1"],
        ["--steps", "0"], ["--steps", "10", "--num-epochs", "3"], ["--adv-weight=-1"], ["--scale", "0"],
        ["--codebook-size", "0"], ["--validate-every", "0"], ["--num-quantizers", "0"], ["--sample-rate", "0"],
    ])
    func impossibleValuesAreErrors(words: [String]) throws {
        #expect(throws: (any Error).self) {
            _ = try TrainCommand.parse(words).recipe.configuration(name: nil)
        }
    }

    @Test func anUnknownPresetListsTheKnownOnes() throws {
        let error = try #require(throws: (any Error).self) { _ = try configuration("--preset", "nonsense") }
        let message = TrainCommand.message(for: error)
        for preset in TrainingPreset.all { #expect(message.contains(preset.name), "\(message)") }
    }

    @Test(arguments: [
        ["--resume", "--seed", "1"], ["--resume", "a", "--checkpoint-dir", "b"], ["--resume", "--preset", "dac-tiny"],
        ["--stop-on", "error", "--check-every", "0"], ["--threads", "0"], ["--check-every", "-1"],
        ["--experiment-name", " "], ["--stop-on", "nonsense"],
    ])
    func contradictionsAreUsageErrors(words: [String]) {
        #expect(throws: (any Error).self) { _ = try TrainCommand.parse(words) }
    }

    @Test(arguments: [
        ("dac-tiny", "dac-tiny"), ("a b/c", "a-b-c"), ("../x", "x"), ("", "run"), ("తెలుగు", "run"), (".hidden", "hidden"),
        ("dac-16khz × 0.0625", "dac-16khz-0.0625"),
    ])
    func aNameBecomesAFolder(name: String, folder: String) {
        #expect(RunPlace.folderName(name) == folder)
    }

    @Test func theNextFreeNumberIsTaken() throws {
        let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: root) }
        let path = root.path(percentEncoded: false)
        #expect(RunPlace.next(named: "a", root: path) == "\(path)/a-1")
        for name in ["a-1", "a-2", "b-7"] {
            try FileManager.default.createDirectory(at: root.appending(path: name), withIntermediateDirectories: true)
        }
        #expect(RunPlace.next(named: "a", root: path) == "\(path)/a-3")
        #expect(RunPlace.next(named: "b", root: path) == "\(path)/b-1")
        #expect(RunPlace.newest(root: path) == nil)
    }
}
