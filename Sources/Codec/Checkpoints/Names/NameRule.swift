/// Rewrites dotted names by a pattern: `#` in `from` stands for a number, and `{n}`, `{n+1}`, `{n-1}` in `to` for the
/// n-th of these numbers, changed by that much. A name matches when it begins with the pattern and a dot; what follows
/// (`weight`, `bias`, …) is kept.
struct NameRule {
    private enum Piece {
        case text(String)
        case number(index: Int, change: Int)
    }

    private let from: [String]
    private let to: [Piece]

    init(_ from: String, _ to: String) {
        self.from = from.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        self.to = Self.pieces(to)
    }

    /// The new name; nil when the pattern does not match.
    func rewrite(_ name: String) -> String? {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > from.count else { return nil }
        var numbers: [Int] = []
        for (pattern, part) in zip(from, parts) {
            guard let hash = pattern.firstIndex(of: "#") else {
                guard pattern == part else { return nil }
                continue
            }
            let prefix = pattern[..<hash]
            guard part.hasPrefix(prefix), let number = Int(part.dropFirst(prefix.count)), number >= 0, number < 1 << 20
            else { return nil }
            numbers.append(number)
        }
        var result = ""
        for piece in to {
            switch piece {
            case .text(let text): result += text
            case .number(let index, let change): result += String(numbers[index] + change)
            }
        }
        return result + "." + parts[from.count...].joined(separator: ".")
    }

    private static func pieces(_ pattern: String) -> [Piece] {
        var pieces: [Piece] = []
        for part in pattern.split(separator: "{", omittingEmptySubsequences: false) {
            guard let end = part.firstIndex(of: "}"), let index = part.first?.wholeNumberValue else {
                pieces.append(.text(String(part)))
                continue
            }
            pieces.append(.number(index: index, change: Int(part[part.index(after: part.startIndex)..<end]) ?? 0))
            pieces.append(.text(String(part[part.index(after: end)...])))
        }
        return pieces
    }
}
