/// What the names of lists and the keys of objects say about the records below them.
enum JSONNames {
    /// Words that only say that something is a log.
    private static let generic: Set<String> = [
        "log", "logs", "history", "histories", "record", "records", "epoch", "epochs", "step", "steps", "iteration",
        "iterations", "data", "result", "results", "metric", "metrics", "row", "rows", "entry", "entries", "event",
        "events", "scalar", "scalars", "stat", "stats", "statistics", "value", "values", "state", "run", "loss",
        "losses",
        "curve", "curves", "series", "progress", "items", "list", "per", "by",
    ]

    /// The split that names give, and what of them stands in front of a metric's name.
    static func surroundings(_ names: [String]) -> JSONRecords.Surroundings {
        guard !names.isEmpty else { return JSONRecords.Surroundings() }
        var result = JSONRecords.Surroundings()
        result.split = names.reversed().lazy.compactMap { split(of: $0) }.first
        let telling = names.filter { !isGeneric($0) }
        if !telling.isEmpty { result.prefix = telling.joined(separator: "/") + "/" }
        result.metricName = names.joined(separator: "/")
        return result
    }

    /// Whether a name says no more than that something is a log, and of which split.
    static func isGeneric(_ name: String) -> Bool {
        words(name).allSatisfy { generic.contains($0) || FieldName.split(named: $0) != nil }
    }

    /// The split a name gives.
    static func split(of name: String) -> Split? {
        FieldName.split(named: name) ?? FieldName.split(inMetricName: name)
    }

    /// Where the record under a key stands: `12`, `epoch_12`, `step 500`.
    /// - Parameters:
    ///   - key: the key.
    ///   - list: the name of the object it is a key of: a plain number counts what that name says, else epochs.
    /// - Returns: the place; `nil` when the key names none.
    static func place(_ key: String, in list: String) -> JSONRecords.Place? {
        let digits = key.reversed().prefix { $0.isASCII && $0.isNumber }.reversed()
        guard !digits.isEmpty, digits.count < 16, let position = Double(String(digits)) else { return nil }
        let word = key.dropLast(digits.count).filter { $0.isLetter }.lowercased()
        guard key.utf8.count - digits.count - word.utf8.count <= 1 else { return nil }
        let counted = word.isEmpty ? words(list).first { kind(of: $0) != nil } ?? "epoch" : word
        guard let kind = kind(of: counted) else { return nil }
        return JSONRecords.Place(axis: kind == .epoch ? .epoch : .step, position: position)
    }

    private static func kind(of word: String) -> PositionKind? {
        guard let kind = PositionWords.kind(of: (word.last == "s" ? String(word.dropLast()) : word)[...]) else {
            return nil
        }
        return kind == .fraction ? nil : kind
    }

    private static func words(_ name: String) -> [String] {
        name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
}
