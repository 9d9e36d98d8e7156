/// What the name of a column or of a JSON field says about its numbers.
public enum FieldKind: Hashable, Sendable, Codable {
    /// Counts optimiser steps; of several the one with the lowest rank is the axis, the others are metrics.
    case step(rank: Int)
    /// Counts epochs.
    case epoch
    /// Wall time; of several the one with the lowest rank.
    case time(rank: Int)
    /// Names the data a row was measured on, or a phase of the training.
    case split
    /// Names the run a row belongs to.
    case run
    /// Names the metric whose number stands under `value`, where there is such a column or field.
    case metricName
    /// Anything else: a metric, and its split where the name says one.
    case metric(Split?)
}

/// Reads the names of columns and fields. Only whole names are axes: `total_steps`, `steps_per_epoch` and
/// `run_last_step` are metrics.
public enum FieldName {
    /// Names of the step axis, the best first. `_step` is the row counter of an experiment tracker, `tick` what is left.
    private static let stepNames = [
        "global_step", "trainer/global_step", "train/global_step", "global_steps", "step", "train/step", "train_step",
        "training_step", "global_iter", "global_iteration", "iteration", "train/iteration", "iter", "iterations",
        "iters",
        "itr", "n_iter", "num_updates", "update", "updates", "steps", "_step", "progress/tick", "tick",
    ]
    private static let epochNames: Set<String> = [
        "epoch", "current_epoch", "epoch_num", "epoch_number", "epoch_idx", "epoch_index", "trainer/epoch",
        "train/epoch",
        "train_epoch", "_epoch",
    ]
    private static let timeNames = [
        "time_unix", "unix_time", "timestamp", "_timestamp", "wall_time", "walltime", "datetime", "date_time", "date",
        "created_at", "logged_at", "time",
    ]
    private static let metricNames: Set<String> = [
        "metric", "metric_name", "tag", "key", "name", "variable", "scalar_name",
    ]
    private static let valueNames: Set<String> = ["value", "metric_value", "scalar", "scalar_value"]
    private static let splitNames: Set<String> = ["split", "phase", "mode", "set", "stage", "subset", "partition"]
    private static let runNames: Set<String> = [
        "run", "run_id", "run_name", "experiment", "experiment_id", "experiment_name", "exp_name", "trial_id",
        "trial_name",
    ]

    /// What a whole name says; upper case, spaces, dots and dashes make no difference.
    public static func kind(of name: String) -> FieldKind {
        axis(of: name) ?? .metric(split(inMetricName: name))
    }

    /// What a name says that is no metric's; `nil` for a metric.
    static func axis(of name: String) -> FieldKind? {
        guard name.utf8.count <= longestAxisName else { return nil }
        let plain = name.utf8.map { byte in
            byte == 0x20 || byte == 0x2D || byte == 0x2E ? 0x5F : byte.lowercased
        }
        return axes[String(decoding: plain, as: UTF8.self)]
    }

    private static let longestAxisName = axes.keys.map(\.utf8.count).max() ?? 0
    private static let axes: [String: FieldKind] = {
        var axes: [String: FieldKind] = [:]
        for (rank, name) in stepNames.enumerated() { axes[name] = .step(rank: rank) }
        for (rank, name) in timeNames.enumerated() { axes[name] = .time(rank: rank) }
        for name in epochNames { axes[name] = .epoch }
        for name in splitNames { axes[name] = .split }
        for name in runNames { axes[name] = .run }
        for name in metricNames { axes[name] = .metricName }
        return axes
    }()

    /// Whether a step axis of that rank certainly counts since the beginning of the run, not of the epoch.
    static func isGlobalStep(rank: Int) -> Bool { globalSteps[rank] }
    private static let globalSteps = stepNames.map { $0.contains("global") || $0 == "_step" || $0 == "num_updates" }

    /// Whether a column of that name may hold the numbers of metrics that another column names.
    public static func isValue(_ name: String) -> Bool { valueNames.contains(name.lowercased()) }

    /// The split a metric's name carries: as a path component (`val/loss`, `loss/val`), as its first word (`val_loss`,
    /// `evalLoss`), as its last (`loss_val`, `mel_train`), or, for held-out data, anywhere (`best_val_loss`).
    public static func split(inMetricName name: String) -> Split? {
        for component in name.split(whereSeparator: { $0 == "/" || $0 == "." || $0 == ":" }) {
            if let split = split(named: component) { return split }
        }
        let words = words(of: name)
        guard words.count > 1, let first = words.first, let last = words.last else { return nil }
        // The last word of `std_dev` is no split.
        if let split = split(named: first) ?? (last == "dev" ? nil : split(named: last)) { return split }
        let heldOut = words.first { ["val", "valid", "validation", "eval", "evaluation"].contains($0) }
        return heldOut.flatMap { split(named: $0) }
    }

    /// The split of that name in any case (`train`, `valid`, `dev`, `test`, …), `nil` when it names none.
    public static func split(named name: some StringProtocol) -> Split? {
        switch name.lowercased() {
        case "train", "training", "trn": .train
        case "val", "valid", "validation", "validate", "validating", "dev": .validation
        case "test", "testing", "eval", "evaluation", "evaluate", "evaluating", "predict": .evaluation
        default: nil
        }
    }

    /// Words between separators and at changes from lower to upper case, in lower case. Letters beyond ASCII are letters.
    private static func words(of name: String) -> [String] {
        var words: [[UInt8]] = [[]]
        var wasLowercase = false
        for byte in name.utf8 {
            let isUppercase = byte.isLetter && byte & 0x20 == 0
            if !byte.isLetter && !byte.isDigit && byte < 0x80 {
                words.append([])
            } else {
                if wasLowercase, isUppercase { words.append([]) }
                words[words.count - 1].append(byte.lowercased)
            }
            wasLowercase = byte.isLetter && !isUppercase
        }
        return words.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
    }
}
