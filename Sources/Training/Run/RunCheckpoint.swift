import Codec
import Foundation

/// Everything a run goes on from, in one safetensors file: the trainer's state, and where its logs were.
struct RunCheckpoint {
    /// What is not the trainer's.
    struct Position: Codable, Equatable {
        /// Lengths of `log.txt` and `metrics.jsonl` in bytes.
        var logLength: Int64
        var metricsLength: Int64
        /// Which data the run learns from.
        var dataDigest: String
        /// The best validation so far.
        var best: RunOutcome.Best?
    }

    var state: TrainingState
    var position: Position

    /// Steps done.
    var step: Int { state.progress.step }

    private static let key = "training_run"

    /// Writes the file, whole or not at all.
    func write(to path: String) throws(CheckpointError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        encoder.nonConformingFloatEncodingStrategy = Self.nonFinite.encoding
        // Numbers and texts only: encoding them cannot fail.
        let text = (try? encoder.encode(position)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        try state.tensors.write(to: path, metadata: state.metadata.merging([Self.key: text]) { _, own in own })
    }

    /// Reads a file that ``write(to:)`` has written.
    init(path: String) throws(TrainingRunError) {
        do {
            let file = try Checkpoint.open(path)
            var metadata: [String: String] = [:]
            for entry in file.metadata.entries ?? [] { metadata[entry.key.text ?? ""] = entry.value.text }
            var tensors = StateDictionary()
            for entry in file.entries { tensors[entry.name] = try entry.tensor.tensor() }
            let decoder = JSONDecoder()
            decoder.nonConformingFloatDecodingStrategy = Self.nonFinite.decoding
            state = try TrainingState(tensors: tensors, metadata: metadata)
            position = try decoder.decode(Position.self, from: Data((metadata[Self.key] ?? "").utf8))
        } catch let error as CheckpointError {
            throw .unreadable(path: path, reason: "it \(error.withoutPath)")
        } catch let error as DecodingError {
            throw .unreadable(path: path, reason: "it holds no position of a run (\(RunFolder.reason(error)))")
        } catch {
            throw .unreadable(path: path, reason: "\(error)")
        }
    }

    init(state: TrainingState, position: Position) {
        self.state = state
        self.position = position
    }

    private static let nonFinite:
        (
            encoding: JSONEncoder.NonConformingFloatEncodingStrategy,
            decoding: JSONDecoder.NonConformingFloatDecodingStrategy
        ) = (
            .convertToString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan"),
            .convertFromString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        )
}
