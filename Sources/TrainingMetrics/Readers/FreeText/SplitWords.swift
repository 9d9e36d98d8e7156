/// The part of the data a word or a name speaks of.
enum SplitWords {
    private static let table: [String: Split] = [
        "train": .train, "training": .train, "trn": .train, "val": .validation, "valid": .validation,
        "validation": .validation, "validating": .validation, "validate": .validation, "dev": .validation,
        "sanity": .validation, "eval": .evaluation, "evaluation": .evaluation, "evaluating": .evaluation,
        "evaluate": .evaluation, "test": .evaluation, "testing": .evaluation,
    ]

    /// The split a single lower-case word names.
    static func split(ofWord word: some StringProtocol) -> Split? { table[String(word)] }

    /// The split a metric's name carries: in its first part (`val_loss`, `eval/mel`, `Train Loss`), in its last path
    /// component (`loss/val`), as
    /// the last of several words without a blank (`mel_loss_valid`), or as `val`, `valid`, `validation` in front of other parts (`best_val_loss`).
    static func split(ofName name: String) -> Split? {
        let lowered = name.lowercased()
        let words = lowered.split { !$0.isLetter && !$0.isNumber }
        guard let first = words.first else { return nil }
        if let split = split(ofWord: first), words.count > 1 { return split }
        if lowered.contains("/") || lowered.hasSuffix(")"), let last = words.last, words.count > 1,
            let split = split(ofWord: last)
        {
            return split
        }
        // `total_loss_g_valid`: one word of code, not `loss on test` in a sentence.
        if words.count > 1, !lowered.contains(" "), let last = words.last, last != "dev",
            let split = split(ofWord: last)
        {
            return split
        }
        return words.dropLast().contains { ["val", "valid", "validation"].contains($0) } ? .validation : nil
    }
}
