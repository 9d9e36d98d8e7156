/// A logged name taken apart into lower-case words, so that `G_loss`, `gLoss`, `Loss/G` and `loss g` can be compared.
struct MetricName: Sendable {
    /// Words in order, without those that only say which data or which mean (`train`, `val`, `avg`).
    let words: [String]
    /// The name as logged.
    let text: String
    /// First component of a path (`timing` of `Timing/total_sec`), empty when there is none.
    let folder: String
    /// `words` joined by blanks: the key of the role tables.
    var canonical: String { words.joined(separator: " ") }
    /// `canonical` without the `step` or `epoch` that some loggers append to every name.
    var stem: String {
        words.count > 1 && ["step", "epoch"].contains(words[words.count - 1])
            ? words.dropLast().joined(separator: " ") : canonical
    }
    /// `canonical` with `#` for every number.
    var numberless: String { words.map { MetricName.isNumber($0) ? "#" : $0 }.joined(separator: " ") }
    /// The numbers among the words.
    var numbers: [String] { words.filter(MetricName.isNumber) }

    /// Takes a name apart. Names longer than 300 characters are cut: no trainer writes them.
    init(_ name: String) {
        self.text = name
        // `dB` is one word, whatever its hump looks like.
        let spelled = (name.count > 300 ? String(name.prefix(300)) : name).replacing("dB", with: " db ")
        let found = MetricName.split(spelled).flatMap(MetricName.expand)
        let merged = MetricName.joinPhrases(MetricName.joinPhrases(found))
        let kept = merged.filter { !NameLexicon.splitWords.contains($0) }
        // `loss scale` is a scale only where it is the whole name; behind `discriminator` it is a sub-discriminator.
        words = kept == ["loss", "scale"] ? ["lossscale"] : kept.isEmpty ? merged : kept
        folder = spelled.firstIndex(of: "/").map { spelled[..<$0].lowercased() } ?? ""
    }

    /// Whether a word is a number (`3`, `0.5`).
    static func isNumber(_ word: String) -> Bool {
        word.first.map { $0.isASCII && $0.isNumber } == true && Double(word) != nil
    }

    /// Splits at everything that is neither letter nor digit and at humps (`lossD`, `SISDRLoss`); a point between digits stays.
    private static func split(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        let characters = Array(text)
        func end() {
            if !word.isEmpty { words.append(word.lowercased()) }
            word = ""
        }
        for (index, character) in characters.enumerated() {
            let previous = index > 0 ? characters[index - 1] : " "
            let next = index + 1 < characters.count ? characters[index + 1] : " "
            if character == "." && previous.isNumber && next.isNumber {
                word.append(character)
                continue
            }
            if character == "%" {
                end()
                words.append("percent")
                continue
            }
            guard character.isLetter || character.isNumber else {
                end()
                continue
            }
            // `lossD`: lower before upper. `SISDRLoss`: upper before upper and lower, unless an acronym's plural `s`.
            let isHump =
                character.isUppercase
                && (previous.isLowercase || (previous.isUppercase && next.isLowercase && next != "s")
                    || (previous.isNumber && next.isLowercase))
            if isHump { end() }
            word.append(character)
        }
        end()
        return words
    }

    /// Takes run-together words apart: `vqloss` → vq, loss; `ppl0` → ppl, 0. Only where the front is a known word.
    private static func expand(_ word: String) -> [String] {
        if NameLexicon.concepts[word] != nil { return [word] }
        for tail in ["losses", "loss"] where word.hasSuffix(tail) && word.count > tail.count {
            let front = String(word.dropLast(tail.count))
            if NameLexicon.concepts[front] != nil { return [front, "loss"] }
        }
        let front = word.prefix { !$0.isNumber }
        let back = word.dropFirst(front.count)
        if !front.isEmpty, !back.isEmpty, back.allSatisfy(\.isNumber), NameLexicon.numbered.contains(String(front)) {
            return [String(front), String(back)]
        }
        return [word]
    }

    /// Replaces phrases by the one word the lexicon knows: `si sdr` → sisdr, `learning rate` → lr.
    private static func joinPhrases(_ words: [String]) -> [String] {
        var result: [String] = []
        var index = 0
        while index < words.count {
            let pair = index + 1 < words.count ? words[index] + " " + words[index + 1] : ""
            if let joined = NameLexicon.phrases[pair] {
                result.append(joined)
                index += 2
            } else {
                result.append(words[index])
                index += 1
            }
        }
        return result
    }
}
