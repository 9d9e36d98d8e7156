/// Turns the text in front of a number into the name of a metric.
enum MetricNames {
    /// The name, and a unit that stands in brackets at its end; `nil` when the text is no name.
    /// - Parameter isExplicit: whether `:` or `=` follows; without, a name is short and holds no word of a sentence.
    static func name(_ text: String, isExplicit: Bool) -> (name: String, unit: String)? {
        var words = text.split { $0 == " " || $0 == "\"" || $0 == "'" }.map(String.init)
        if isExplicit, let cut = words.dropLast().lastIndex(where: { LogWords.nameBegins.contains($0.lowercased()) }) {
            words.removeFirst(cut + 1)
        }
        while let last = words.last, words.count > 1, LogWords.prose.contains(last.lowercased()) { words.removeLast() }
        var name = words.joined(separator: " ")
        name = String(name.drop { isDecoration($0) }.reversed().drop { isDecoration($0) || $0 == "." }.reversed())
        let (bare, unit) = UnitWords.split(name)
        guard bare.contains(where: \.isLetter), bare.utf8.count <= 80, !isPath(bare) else { return nil }
        let count = bare.split(separator: " ").count
        guard count <= (isExplicit ? 6 : 3) else { return nil }
        if !isExplicit, words.contains(where: { LogWords.prose.contains($0.lowercased()) }) { return nil }
        return (bare, unit)
    }

    private static func isDecoration(_ character: Character) -> Bool {
        " -*#>~|+!".contains(character)
    }

    private static func isPath(_ name: String) -> Bool {
        name.hasPrefix("/") || name.hasPrefix("./") || name.hasPrefix("~/") || name.contains("\\")
            || name.contains("//")
            || [".py", ".pth", ".pt", ".pkl", ".ckpt", ".wav", ".json", ".yaml", ".txt"].contains { name.hasSuffix($0) }
    }
}
