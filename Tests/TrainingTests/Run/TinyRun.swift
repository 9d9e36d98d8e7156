import Codec
import CodecTestSupport
import Foundation
import SpeechData
import Testing
import TrainingMetrics

@testable import Training

/// A run small enough to be done many times in a test, in a folder of its own that is removed with the value.
final class TinyRun {
    let url = FileManager.default.temporaryDirectory.appending(path: "run-\(UUID().uuidString)")
    var configuration = TinyRun.configuration
    var options = TrainingRunOptions(checkpointInterval: 2, sampleInterval: nil)
    var dataDigest = "noise"
    var sinks: [any MetricSink] = []
    var clips = [SpeechClip(name: "held out", samples: HashedNumbers.uniform("held out", [700]).values)]
    var onCheck: (([MeasuredStep]) throws -> RunVerdict)?
    var stopRequest: () -> Int32? = { nil }
    /// Changes the batch of a step, or throws as a process ends.
    var onBatch: (Int, Tensor) throws -> Tensor = { $1 }
    private(set) var messages: [String] = []
    private(set) var progress: [TrainingProgress] = []

    deinit { try? FileManager.default.removeItem(at: url) }

    var path: String { url.path(percentEncoded: false) }
    func path(_ name: String) -> String { url.appending(path: name).path(percentEncoded: false) }

    /// Twelve steps in three epochs, with everything that has a state: dropout, averaged weights, a discriminator that starts late.
    static let configuration: TrainingConfiguration = {
        let adam = OptimizerConfiguration(
            learningRate: 1e-3,
            schedule: .exponentialPerStep(gamma: 0.9),
            maximumGradientNorm: 10
        )
        return TrainingConfiguration(
            name: "nano",
            generator: .dac(
                DACConfiguration(
                    encoderDimension: 4,
                    encoderRates: [2, 4],
                    decoderDimension: 16,
                    decoderRates: [4, 2],
                    codebookCount: 2,
                    codebookSize: 16,
                    codebookDimension: 4,
                    quantizerDropout: 0.5,
                    sampleRate: 16_000
                )
            ),
            discriminator: .dac(sampleRate: 16_000, periods: [2], windowLengths: [64]).narrowed(by: 0.0625),
            objective: ObjectiveConfiguration(
                adversarial: .dac,
                featureMatching: .dac,
                weights: .dac,
                melWindows: [32, 64],
                melBands: [4, 8]
            ),
            generatorOptimizer: adam,
            discriminatorOptimizer: adam,
            batchSize: 2,
            segmentLength: 512,
            stepsPerEpoch: 4,
            epochs: 3,
            discriminatorStart: 3,
            weightAverageDecay: 0.9
        )
    }()

    /// Trains to the end, or to where it fails, as a process of its own would.
    @discardableResult
    func train(_ intent: RunFolder.Intent = .resume) throws -> RunOutcome {
        let folder = try RunFolder(path, intent: intent)
        let run = TrainingRun(
            try GANTrainer(configuration),
            in: folder,
            options: options,
            dataDigest: dataDigest
        ) { [onBatch] step in try onBatch(step, HashedNumbers.uniform("batch \(step)", [2, 1, 512]) * 0.3) }
        run.validator = Validator(configuration, items: clips)
        run.sinks = sinks
        run.onCheck = onCheck
        run.stopRequest = stopRequest
        run.onEvent = { [weak self] event in
            switch event {
            case .message(let text): self?.messages.append(text)
            case .stepped(let progress): self?.progress.append(progress)
            default: break
            }
        }
        return try run.run()
    }

    /// Trains until the batch of step `step`, counted from 0, is asked for, where everything ends as if the process were killed, in the
    /// middle of writing a line.
    func trainUntilKilled(at step: Int) throws {
        onBatch = {
            guard $0 == step else { return $1 }
            throw Killed()
        }
        #expect(throws: TrainingRunError.self) { try train() }
        onBatch = { $1 }
        for name in ["log.txt", "metrics.jsonl"] { try append("{\"step\":999,\"lo", to: name) }
    }

    func append(_ text: String, to name: String) throws {
        let handle = try #require(FileHandle(forWritingAtPath: path(name)))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
    }

    func files(in name: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path(name))) ?? []).sorted()
    }

    /// Everything a run leaves that does not depend on the time, as texts that can be compared.
    func traces() throws -> [String: String] {
        var traces: [String: String] = [:]
        for name in ["codec.safetensors", "best.safetensors"] {
            traces[name] = try Data(contentsOf: URL(filePath: path(name))).base64EncodedString()
        }
        let last = try RunCheckpoint(path: path("checkpoints/step-00000012.safetensors"))
        traces["state"] = last.state.tensors.entries.sorted { $0.name < $1.name }
            .map { "\($0.name) \($0.tensor.values.map(\.bitPattern))" }.joined(separator: "\n")
        traces["progress"] = last.state.metadata.sorted { $0.key < $1.key }.map { $0.key + $0.value }.joined()
        traces["best"] = "\(last.position.best.map { "\($0.step) \($0.melDistance)" } ?? "none")"
        traces["checkpoints"] = files(in: "checkpoints").joined(separator: " ")
        let lines = try String(contentsOfFile: path("metrics.jsonl"), encoding: .utf8).split(separator: "\n")
        let records = try lines.dropFirst().map { try #require(MeasuredLine.measured($0)) }
        traces["metrics"] = records.map { "\($0.step) \($0.split) \($0.values)" }.joined(separator: "\n")
        let log = try String(contentsOfFile: path("log.txt"), encoding: .utf8).split(separator: "\n")
        traces["log"] = log.map { $0.dropFirst(23) }.joined(separator: "\n")
        return traces
    }

    private struct Killed: Error {}
}

/// A store in memory that outlives the runs.
final class MemorySink: RewindableSink {
    private(set) var records: [MeasuredStep] = []
    private(set) var flushes = 0
    var failure: (Int, any Error)?

    func record(_ measured: MeasuredStep) throws {
        if let failure, records.count == failure.0 { throw failure.1 }
        records.append(measured)
    }

    func flush() { flushes += 1 }

    func rewind(to step: Int64) -> Int {
        records.removeAll { $0.step > step }
        return records.count
    }

    /// Steps by split.
    func steps(_ split: Split) -> [Int64] { records.filter { $0.split == split }.map(\.step) }
}
