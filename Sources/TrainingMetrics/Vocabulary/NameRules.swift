/// Reads a name word by word. A rule matches when all concepts it needs are there and every other concept of the name is
/// allowed; a word the lexicon does not know matches no rule, so that a doubtful name stays unknown.
enum NameRules {
    typealias Concept = NameLexicon.Concept

    private struct Rule: Sendable {
        let needs: Set<Concept>
        let allows: Set<Concept>
        let meaning: MetricInterpretation
    }

    /// Words that never decide what a number is, unless a rule needs them.
    private static let neutral: Set<Concept> = [.noise, .mean, .variant]

    private static let rules: [Rule] = NameRuleTable.text.split(separator: "\n").map { line in
        var text = String(line)
        for (short, long) in NameRuleTable.abbreviations { text = text.replacing(short, with: long) }
        let sides = text.split(separator: "=", maxSplits: 1)
        precondition(sides.count == 2, "a role and its concepts: \(line)")
        let halves = sides[1].split(separator: ";", maxSplits: 1)
        let concepts = halves[0].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        precondition(concepts.count == 2, "needed ? allowed concepts: \(line)")
        return Rule(
            needs: set(concepts[0], line),
            allows: set(concepts[1], line),
            meaning: RoleTable.interpretation(sides[0] + (halves.count > 1 ? halves[1] : ""), "the name rules")
        )
    }

    private static func set(_ words: Substring, _ line: Substring) -> Set<Concept> {
        Set(
            words.split(separator: " ").map { word in
                guard let concept = Concept(rawValue: String(word)) else { preconditionFailure("\(word) in \(line)") }
                return concept
            }
        )
    }

    /// What the words of a name mean; role `unknown` where they do not say.
    static func interpret(_ name: MetricName) -> MetricInterpretation {
        let found = name.words.map { NameLexicon.concept(of: $0) }
        let all = Set(found.compactMap { $0 })
        let concepts = all.subtracting(neutral)
        let isExplained = !found.contains(nil)
        if isProgress(name, all, isExplained) { return MetricInterpretation(role: .progress) }
        if concepts.contains(.quality) { return MetricInterpretation(role: .qualityScore) }
        let fitting = { (rule: Rule) in
            rule.needs.isSubset(of: all) && concepts.isSubset(of: rule.needs.union(rule.allows))
        }
        if isExplained, var meaning = rules.first(where: fitting)?.meaning {
            if meaning.part.isEmpty { meaning.part = part(of: name, for: meaning.role) }
            return meaning
        }
        // Weights, rates and norms of something else are no losses; every other unexplained loss is one of another kind.
        let measured: Set<Concept> = [.weight, .learningRate, .gradient, .norm, .accuracy, .ratio, .percent, .usage]
        let isLoss = concepts.contains(.other) || (concepts.contains(.loss) && !isExplained)
        return MetricInterpretation(role: isLoss && concepts.isDisjoint(with: measured) ? .otherLoss : .unknown)
    }

    private static func isProgress(_ name: MetricName, _ concepts: Set<Concept>, _ isExplained: Bool) -> Bool {
        let folders: Set<String> = ["progress", "timing", "resources", "system", "gpu", "memory"]
        if folders.contains(name.folder) || concepts.contains(.progress) { return true }
        let counters: Set<Concept> = [.step, .epoch, .percent, .number, .total, .part, .noise, .mean]
        // `it/s` and `updates_per_s` are rates, `s/it` is a time.
        let first = name.words.firstIndex { [.step, .epoch].contains(NameLexicon.concept(of: $0)) }
        let second = name.words.firstIndex { NameLexicon.concept(of: $0) == .seconds }
        if let first, let second, first < second, !concepts.contains(.time) { return true }
        return isExplained && !concepts.isDisjoint(with: [.step, .epoch]) && concepts.isSubset(of: counters)
    }

    /// Which one of several a name speaks of: sub-discriminator, stage, scale, kind of spectral term, smoothing.
    private static func part(of name: MetricName, for role: MetricRole) -> String {
        var kinds: Set<Concept> = [.part, .number, .variant]
        switch role {
        case .reconstructionLoss(.stft): kinds.formUnion([.convergence, .magnitude, .distance])
        case .reconstructionLoss(.mel): kinds.insert(.distance)
        case .discriminatorLoss, .adversarialLoss, .featureMatchingLoss: kinds.formUnion([.stft, .mel, .waveform])
        default: break
        }
        var words = name.words.compactMap { word -> String? in
            guard let concept = NameLexicon.concept(of: word), kinds.contains(concept) else { return nil }
            return concept == .convergence || concept == .magnitude ? concept.rawValue : word
        }
        // `scale 0.5` is the part 0.5.
        let generic: Set<String> = ["scale", "scales", "stage", "layer", "head", "band", "period", "periods"]
        if words.contains(where: MetricName.isNumber) { words.removeAll { generic.contains($0) } }
        return words.joined(separator: " ")
    }
}
