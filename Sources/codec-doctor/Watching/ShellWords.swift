/// A command line cut into words as a shell would, without anything else a shell does: no variables, no patterns, no pipes.
enum ShellWords {
    /// The words: blanks separate, single quotes keep everything, double quotes and a backslash keep what they do in a shell.
    /// - Throws: `ShellWordsError` for a quote that is not closed, or when there is no word.
    static func split(_ text: String) throws(ShellWordsError) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var isEscaped = false
        for character in text {
            if isEscaped {
                // Between double quotes a backslash only means something before these.
                let isPlain = quote == "\"" && !"\"\\$`\n".contains(character)
                word = (word ?? "") + (isPlain ? "\\" : "") + String(character)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if let open = quote {
                if character == open { quote = nil } else { word = (word ?? "") + String(character) }
            } else if character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if character == " " || character == "\t" || character == "\n" {
                if let whole = word { words.append(whole) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        guard quote == nil, !isEscaped else { throw .unfinished(text) }
        if let whole = word { words.append(whole) }
        guard !words.isEmpty else { throw .empty }
        return words
    }
}

/// A command line that cannot be cut into words.
enum ShellWordsError: Error, Equatable, CustomStringConvertible {
    /// A quote is not closed, or a backslash ends it.
    case unfinished(String)
    /// It holds no word.
    case empty

    var description: String {
        switch self {
        case .unfinished(let text): "a quote is not closed in: \(text)"
        case .empty: "the command is empty"
        }
    }
}
