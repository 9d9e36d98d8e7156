import Foundation

/// The checkpoints of a run: `step-00000500.safetensors`.
struct CheckpointFolder {
    /// The folder.
    let path: String

    /// Where the checkpoint of a step is.
    func path(step: Int) -> String { "\(path)/\(Self.name(step: step))" }

    /// Steps there is a file of, the last first.
    var steps: [Int] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.compactMap(Self.step).sorted(by: >)
    }

    /// The last checkpoint that can be read, `nil` when there is none at all; with what is wrong with those behind it.
    ///
    /// Throws ``TrainingRunError/noUsableCheckpoint(path:reasons:)`` when there are some and none can be read.
    func newest() throws(TrainingRunError) -> (checkpoint: RunCheckpoint, problems: [String])? {
        var problems: [String] = []
        for step in steps {
            do {
                let checkpoint = try RunCheckpoint(path: path(step: step))
                guard checkpoint.step == step else {
                    problems.append("\(Self.name(step: step)) is of step \(checkpoint.step)")
                    continue
                }
                return (checkpoint, problems)
            } catch {
                guard case .unreadable(_, let reason) = error else { throw error }
                problems.append("\(Self.name(step: step)): \(reason)")
            }
        }
        if problems.isEmpty { return nil }
        throw .noUsableCheckpoint(path: path, reasons: problems)
    }

    /// Removes all but the newest `count` up to step `current` and that of `best`; those behind `current` are left from a damaged end.
    func prune(keeping count: Int, current: Int, best: Int?) {
        let kept = Set(steps.filter { $0 <= current }.prefix(max(1, count)) + [best ?? current])
        for step in steps where !kept.contains(step) {
            try? FileManager.default.removeItem(atPath: path(step: step))
        }
    }

    private static func name(step: Int) -> String {
        let digits = String(step)
        return "step-\(String(repeating: "0", count: max(0, 8 - digits.count)))\(digits).safetensors"
    }

    private static func step(in name: String) -> Int? {
        guard name.hasPrefix("step-"), name.hasSuffix(".safetensors") else { return nil }
        guard let step = Int(name.dropFirst(5).dropLast(12)), step >= 0, Self.name(step: step) == name else {
            return nil
        }
        return step
    }
}
