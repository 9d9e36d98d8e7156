/// What a number that places a record counts, in rising order of authority over the step.
enum PositionKind: Int, Codable, Sendable {
    /// Epochs.
    case epoch
    /// A fraction without a name (`10/100`): place inside an epoch.
    case fraction
    /// Batches inside an epoch.
    case batch
    /// Steps, iterations, updates, ticks.
    case step
    /// Steps since the beginning of the run.
    case globalStep
}

/// The words that place a record.
enum PositionWords {
    private static let table: [String: PositionKind] = [
        "epoch": .epoch, "epochs": .epoch, "ep": .epoch, "step": .step, "steps": .step, "iter": .step, "iters": .step,
        "iteration": .step, "iterations": .step, "it": .step, "itr": .step, "update": .step, "updates": .step,
        "tick": .step, "n_iter": .step, "num_iter": .step, "train_step": .step, "training_step": .step,
        "n_step": .step, "cur_step": .step, "current_step": .step, "num_updates": .globalStep,
        "global_step": .globalStep, "globalstep": .globalStep, "global_steps": .globalStep,
        "global_iter": .globalStep, "global_iteration": .globalStep, "_step": .globalStep,
        "trainer/global_step": .globalStep, "current_epoch": .epoch, "cur_epoch": .epoch,
        "batch": .batch, "batches": .batch, "minibatch": .batch, "mini-batch": .batch, "batch_idx": .batch,
        "batch_id": .batch, "train_epoch": .epoch,
    ]

    /// Words that may stand in front of a position word without making it something else.
    static let qualifiers: Set<String> = [
        "current", "global", "train", "training", "trainer", "optimizer", "opt", "gradient", "val", "validation",
        "valid", "eval", "evaluation", "test", "end", "start", "overall", "cur",
    ]

    /// What a word counts, `nil` when it places nothing.
    static func kind(of word: some StringProtocol) -> PositionKind? {
        let lowered = word.lowercased()
        if let kind = table[lowered] { return kind }
        let path = lowered.split(separator: "/")
        guard path.count == 2, SplitWords.split(ofWord: path[0]) != nil || path[0] == "trainer" else { return nil }
        return table[String(path[1])]
    }
}
