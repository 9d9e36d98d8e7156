/// Where the time of training steps goes.
public struct StepProfile: Sendable, Equatable {
    /// A part of a step, in the order in which a step passes them.
    public enum Phase: String, Sendable, Hashable, CaseIterable {
        /// Waiting for the next batch.
        case data
        /// The codec's forward pass.
        case generatorForward = "generator forward"
        /// D's answers to real and detached decoded audio and its loss.
        case discriminatorForward = "D forward"
        /// The gradients of that loss.
        case discriminatorBackward = "D backward"
        /// Clipping and moving D.
        case discriminatorUpdate = "D update"
        /// Distances of spectrograms and waveforms, with their gradients.
        case losses
        /// The moved D's answers to real and decoded audio, adversarial and feature loss.
        case adversarialForward = "G adversarial forward"
        /// The gradients of those losses at the decoded audio.
        case adversarialBackward = "G adversarial backward"
        /// The codec's gradients.
        case generatorBackward = "G backward"
        /// Clipping and moving the codec, and its averaged weights.
        case generatorUpdate = "G update"
        /// What is measured beside the step and written down.
        case telemetry
    }

    /// Seconds of every phase, in the order of ``Phase/allCases``.
    private var times = [Double](repeating: 0, count: Phase.allCases.count)
    /// Steps that were measured.
    public private(set) var steps = 0

    /// Nothing measured yet.
    public init() {}

    /// Seconds of a phase, over all steps.
    public func seconds(_ phase: Phase) -> Double { times[phase.index] }

    /// Seconds of all phases, over all steps.
    public var total: Double { times.reduce(0, +) }

    /// Adds seconds to a phase.
    public mutating func add(_ seconds: Double, to phase: Phase) { times[phase.index] += seconds }

    /// Adds seconds that two phases had in turns; `share` of them, 0…1, belong to the first.
    public mutating func add(_ seconds: Double, to first: Phase, share: Double, rest second: Phase) {
        add(seconds * share, to: first)
        add(seconds * (1 - share), to: second)
    }

    /// Counts a step.
    public mutating func countStep() { steps += 1 }

    /// The phases with milliseconds per step and their share of all time, one a line; nothing when no step was measured.
    public var lines: [String] {
        guard steps > 0 else { return [] }
        func line(_ name: String, _ seconds: Double) -> String {
            let milliseconds = Self.padded(1000 * seconds / Double(steps), width: 10)
            let share = Self.padded(total > 0 ? 100 * seconds / total : 0, width: 6)
            return name.padded(to: Self.nameWidth) + milliseconds + " ms" + share + " %"
        }
        return Phase.allCases.map { line($0.rawValue, seconds($0)) } + [line("all", total)]
    }

    private static let nameWidth = Phase.allCases.map(\.rawValue.count).max() ?? 0

    /// A number with one decimal, right-aligned.
    private static func padded(_ value: Double, width: Int) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
        let tenths = Int((value * 10).rounded())
        let text = "\(tenths / 10).\(abs(tenths % 10))"
        return String(repeating: " ", count: max(1, width - text.count)) + text
    }
}

extension StepProfile.Phase {
    fileprivate var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
