/// Names of layers that differ in the number of a band only.
enum LayerPattern {
    /// "band_convs.*.1.0" of "band_convs.3.1.0": the first number is taken away.
    static func of(_ name: String) -> String {
        var words = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if let index = words.firstIndex(where: { !$0.isEmpty && $0.allSatisfy(\.isNumber) }) { words[index] = "*" }
        return words.joined(separator: ".")
    }
}
