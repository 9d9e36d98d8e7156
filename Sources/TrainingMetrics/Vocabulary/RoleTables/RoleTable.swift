/// What one trainer means by its names, as data: names whose words alone would mislead or say nothing.
///
/// The text of a table is one entry a line: `name = role [part=…] [scale=…] [negated]`, names as the trainer logs them,
/// `#` for a number (which becomes the part), `/*` at the end for anything below (which becomes the part as it is
/// written: `period 2`). `when` lines say how the trainer is recognised: every line must hold;
/// `a + b|c` wants a and one of b, c among the names of the run; `a < b` wants a to have been logged before b;
/// `when names = 4` wants no more than so many names. What else the trainer's code fixes stands in lines of its own:
/// `game = family [sum|mean]` (mean or sum over sub-discriminators), `sub-discriminators = 8`, `terms = weighted`,
/// `discriminator = immediate`.
struct RoleTable: Sendable {
    /// Trainer or family of trainers.
    let dialect: String
    /// The adversarial loss this trainer is built with, where it has only one; `game = family [reduction]` in the text.
    let game: (family: LossFamily, reduction: LossReduction?)?
    /// How many sub-discriminators this trainer is built with, where its code fixes it; `sub-discriminators = N`.
    let subDiscriminators: Int?
    /// Whether this trainer logs the terms of the objective weighted; `terms = weighted` in the text.
    let logsWeightedTerms: Bool
    /// Whether this trainer trains the discriminator from the first step on; `discriminator = immediate` in the text.
    let startsImmediately: Bool
    /// Names only logged by a balancer that rescales the gradients of the terms; `balancer = name|name` in the text.
    let balancerNames: [String]
    private let conditions: [Condition]
    private let entries: [String: MetricInterpretation]
    /// What is logged below a name: the name's path in lower case with its last `/`, and the reading.
    private let families: [(path: String, interpretation: MetricInterpretation)]

    private enum Condition: Sendable {
        case present([[String]])
        case ordered([String])
        case atMost(Int)
    }

    /// Reads a table.
    /// - Precondition: the text follows the notation above; tables are part of the program.
    init(_ dialect: String, _ text: String) {
        var conditions: [Condition] = []
        var entries: [String: MetricInterpretation] = [:]
        var families: [(path: String, interpretation: MetricInterpretation)] = []
        var game: (family: LossFamily, reduction: LossReduction?)?
        let lines = text.split(separator: "\n")
        logsWeightedTerms = lines.contains("terms = weighted")
        startsImmediately = lines.contains("discriminator = immediate")
        let monitors = lines.first { $0.hasPrefix("balancer = ") }
        balancerNames = monitors?.dropFirst(11).split(separator: "|").map(RoleTable.key) ?? []
        var subDiscriminators: Int?
        for line in lines where line != monitors && line != "terms = weighted" && line != "discriminator = immediate" {
            if line.hasPrefix("sub-discriminators = ") {
                guard let count = Int(line.dropFirst(21)) else { preconditionFailure("\(dialect): \(line)") }
                subDiscriminators = count
                continue
            }
            if line.hasPrefix("when ") {
                let body = line.dropFirst(5)
                if body.hasPrefix("names = ") {
                    guard let count = Int(body.dropFirst(8)) else { preconditionFailure("\(dialect): \(line)") }
                    conditions.append(.atMost(count))
                    continue
                }
                if body.contains("<") {
                    conditions.append(.ordered(body.split(separator: "<").map(RoleTable.key)))
                } else {
                    conditions.append(
                        .present(body.split(separator: "+").map { $0.split(separator: "|").map(RoleTable.key) })
                    )
                }
                continue
            }
            if line.hasPrefix("game = ") {
                let words = line.dropFirst(7).split(separator: " ").map(String.init)
                guard let family = LossFamily(rawValue: words[0]) else { preconditionFailure("\(dialect): \(line)") }
                game = (family, words.count > 1 ? LossReduction(rawValue: words[1]) : nil)
                continue
            }
            guard let sign = line.firstIndex(of: "=") else { preconditionFailure("no role in \(dialect): \(line)") }
            let interpretation = RoleTable.interpretation(line[line.index(after: sign)...], dialect)
            let name = line[..<sign].trimmingWhitespace()
            if name.hasSuffix("/*") {
                families.append((name.dropLast().lowercased(), interpretation))
            } else {
                entries[RoleTable.key(line[..<sign])] = interpretation
            }
        }
        self.dialect = dialect
        self.game = game
        self.subDiscriminators = subDiscriminators
        self.conditions = conditions
        self.entries = entries
        self.families = families
    }

    /// Whether a run with these canonical names, in this order, was logged by this trainer.
    func recognises(_ names: [String: Int]) -> Bool {
        conditions.allSatisfy { condition in
            switch condition {
            case .present(let groups):
                groups.allSatisfy { $0.contains { names[$0] != nil } }
            case .atMost(let count): names.count <= count
            case .ordered(let keys):
                zip(keys, keys.dropFirst()).allSatisfy { first, second in
                    names[first].flatMap { a in names[second].map { a < $0 } } ?? false
                }
            }
        }
    }

    /// What the table says about a name, `nil` when nothing.
    func interpretation(of name: MetricName) -> MetricInterpretation? {
        if let exact = entries[name.canonical] ?? entries[name.stem] { return exact }
        if let family = member(name.text) { return family }
        guard !name.numbers.isEmpty, var found = entries[name.numberless] else { return nil }
        if found.part.isEmpty, found.role != .progress { found.part = name.numbers.joined(separator: " ") }
        return found
    }

    /// The reading of a name that lies below a family's path, with or without a folder in front of it.
    private func member(_ text: String) -> MetricInterpretation? {
        guard text.count <= 300, text.contains("/") else { return nil }
        let lower = text.lowercased()
        for (path, interpretation) in families {
            guard let range = lower.firstRange(of: path), range.upperBound < lower.endIndex,
                range.lowerBound == lower.startIndex || lower[lower.index(before: range.lowerBound)] == "/"
            else { continue }
            var found = interpretation
            found.part = String(text.dropFirst(lower.distance(from: lower.startIndex, to: range.upperBound)))
            return found
        }
        return nil
    }

    private static func key(_ text: Substring) -> String {
        let name = text.trimmingWhitespace()
        let words = MetricName(name.replacing("#", with: "987654")).words.map { $0 == "987654" ? "#" : $0 }
        return words.joined(separator: " ")
    }

    /// Reads `role [part=…] [scale=…] [negated]`.
    static func interpretation(_ text: Substring, _ dialect: String) -> MetricInterpretation {
        let words = text.split(separator: " ")
        guard let first = words.first, let role = MetricRole(rawValue: String(first)) else {
            preconditionFailure("no role in \(dialect): \(text)")
        }
        var result = MetricInterpretation(role: role)
        for word in words.dropFirst() {
            if word == "negated" { result.isNegated = true }
            if word.hasPrefix("part=") { result.part = String(word.dropFirst(5)) }
            if word.hasPrefix("scale=") { result.scale = Double(word.dropFirst(6)) ?? 1 }
        }
        return result
    }
}

extension Substring {
    fileprivate func trimmingWhitespace() -> String {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
