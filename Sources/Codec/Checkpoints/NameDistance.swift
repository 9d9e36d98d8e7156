/// Finds names that are like a given one, for error messages.
enum NameDistance {
    /// Most names that are compared letter by letter, so that a large file costs no time.
    private static let mostCompared = 5000

    /// Up to `count` names within a few edits of `name`, or that end like it; the closest first.
    static func closest(to name: String, in names: [String], count: Int = 3) -> [String] {
        let wanted = Array(name.utf8)
        let limit = max(3, wanted.count / 3)
        var scored: [(distance: Int, name: String)] = []
        for candidate in names.prefix(mostCompared) {
            let letters = Array(candidate.utf8)
            if candidate.hasSuffix("." + name) || name.hasSuffix("." + candidate) {
                scored.append((0, candidate))
            } else if abs(letters.count - wanted.count) <= limit, letters.count <= 300 {
                let distance = editDistance(wanted, letters)
                if distance <= limit { scored.append((distance, candidate)) }
            }
        }
        return scored.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(count).map(\.name)
    }

    /// Number of letters to insert, delete or replace (Levenshtein).
    static func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        guard a.count <= 300 else { return .max }
        var row = Array(0...b.count)
        for i in a.indices {
            var diagonal = row[0]
            row[0] = i + 1
            for j in b.indices {
                let next = min(row[j] + 1, row[j + 1] + 1, diagonal + (a[i] == b[j] ? 0 : 1))
                diagonal = row[j + 1]
                row[j + 1] = next
            }
        }
        return row[b.count]
    }
}
