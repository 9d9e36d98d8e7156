/// Orders words by how little has to be changed to get from a mistyped one to them.
public enum NearestSpelling {
    /// The words, the most similar first; of equals the earlier. Upper and lower case are alike.
    public static func ranked(_ words: [String], to text: String) -> [String] {
        let wanted = Array(text.lowercased().prefix(60))
        let ranked = words.enumerated().map { offset, word in
            (distance: distance(wanted, Array(word.lowercased())), offset: offset, word: word)
        }
        return ranked.sorted { ($0.distance, $0.offset) < ($1.distance, $1.offset) }.map(\.word)
    }

    /// Edits (one character put in, left out or exchanged) between two words.
    private static func distance(_ first: [Character], _ second: [Character]) -> Int {
        var row = Array(0...second.count)
        for (i, a) in first.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in second.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a == b ? 0 : 1))
                diagonal = above
            }
        }
        return row[second.count]
    }
}
