public import Codec
import Foundation

/// Everything a trainer needs to continue bit for bit: weights and buffers of both networks, both optimisers' moments, the weights'
/// average, the quantiser's random numbers, the balancer's averages and the step.
///
/// Tensors are copies, named `generator.NAME`, `discriminator.NAME`, `optimizer_g.NAME.exp_avg`, `.exp_avg_sq` and `.step`, `optimizer_d.…`
/// alike, and `average.NAME.value`, with NAME as in a state dictionary. Together with ``metadata`` they fill a safetensors file.
public struct TrainingState {
    /// What is not a tensor.
    public struct Progress: Sendable, Hashable, Codable {
        /// Steps done.
        public var step: Int
        /// Where the quantiser's random numbers go on.
        public var quantizerRandom: [UInt64]
        /// What the balancer remembers.
        public var balancerAverages: [BalancerAverage]
        /// Steps that the average of the weights has taken in.
        public var averagedSteps: Int
    }

    /// One of the balancer's averages, as bits, so that NaN and every last digit survive text.
    public struct BalancerAverage: Sendable, Hashable, Codable {
        /// The term.
        public let name: String
        let sum: UInt64
        let weight: UInt64
    }

    /// All tensors.
    public var tensors: StateDictionary
    /// What is not a tensor.
    public var progress: Progress

    /// ``progress`` as texts by key, for a file's metadata.
    public var metadata: [String: String] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        // Integers and names only: encoding them cannot fail.
        let text = (try? encoder.encode(progress)).map { String(decoding: $0, as: UTF8.self) }
        return [Self.key: text ?? ""]
    }

    /// A state read from a file.
    ///
    /// Throws ``TrainingStateError`` when the metadata are not a training state's.
    public init(tensors: StateDictionary, metadata: [String: String]) throws(TrainingStateError) {
        guard let text = metadata[Self.key] else { throw .noState }
        do {
            progress = try JSONDecoder().decode(Progress.self, from: Data(text.utf8))
        } catch {
            throw .damaged("its metadata are not those of a training state")
        }
        guard progress.step >= 0, progress.averagedSteps >= 0 else { throw .damaged("its step is negative") }
        self.tensors = tensors
    }

    init(tensors: StateDictionary, progress: Progress) {
        self.tensors = tensors
        self.progress = progress
    }

    private static let key = "training_state"
}

/// Why a training state cannot be continued from.
public enum TrainingStateError: Error, Equatable, CustomStringConvertible {
    /// A file without a state.
    case noState
    /// A state that contradicts itself.
    case damaged(String)
    /// A tensor that the trainer needs and the state lacks.
    case missing(String)
    /// A tensor of another shape than the trainer's.
    case shape(name: String, found: [Int], expected: [Int])

    /// A sentence for the user.
    public var description: String {
        switch self {
        case .noState: "the file holds no training state; give a checkpoint that a run of this program wrote"
        case .damaged(let reason): "the training state is damaged: \(reason); continue from an earlier checkpoint"
        case .missing(let name):
            "the training state lacks \(name); it belongs to a run with another configuration"
        case .shape(let name, let found, let expected):
            "the training state's \(name) has shape \(found), but this configuration needs \(expected)"
        }
    }
}
