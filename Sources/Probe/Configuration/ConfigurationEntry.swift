import Yams

/// A value of a YAML file and where it stands, so that every complaint names its place.
struct ConfigurationEntry {
    typealias Failure = DiscriminatorConfigurationError

    let file: String
    /// "sub_discriminators[1].layers[3]".
    let place: String
    let node: Node

    /// Names of layers, kinds and inputs are short; longer ones are not repeated in a message.
    static let longestQuote = 60

    /// The error that says so about this entry.
    func failure(_ problem: String) -> Failure {
        Failure(file: file, place: place, line: node.mark?.line, problem: problem)
    }

    /// This value as a message shows it.
    var quoted: String {
        guard let text = node.scalar?.string else { return node.sequence == nil ? "a table" : "a list" }
        return text.count <= Self.longestQuote ? "'\(text)'" : "'\(text.prefix(Self.longestQuote))…'"
    }

    /// Whether it holds 'name: value' pairs.
    var isTable: Bool { node.mapping != nil }
    /// The word or number as it is written; nil for lists and tables.
    var word: String? { node.scalar?.string }

    /// Whether it says "nothing".
    var isNull: Bool { node.scalar.map { $0.style == .plain && ["", "~", "null"].contains($0.string) } ?? false }

    /// Entries by key. Throws for anything but a table with keys among `known`.
    func table(_ known: [String]) throws(Failure) -> [String: ConfigurationEntry] {
        guard let mapping = node.mapping else {
            throw failure("must be 'name: value' pairs with \(known.joined(separator: ", ")); found \(quoted)")
        }
        var entries: [String: ConfigurationEntry] = [:]
        for (key, value) in mapping {
            let name = key.scalar?.string ?? "(not a word)"
            let path = place.isEmpty ? name : "\(place).\(name)"
            let entry = ConfigurationEntry(file: file, place: path, node: value)
            guard known.contains(name) else {
                throw Failure(
                    file: file,
                    place: path,
                    line: key.mark?.line,
                    problem: "there is no such entry; entries: \(known.joined(separator: ", "))"
                )
            }
            entries[name] = entry
        }
        return entries
    }

    /// Entries of a list of 1 to `most`.
    func list(most: Int) throws(Failure) -> [ConfigurationEntry] {
        guard let sequence = node.sequence else { throw failure("must be a list; found \(quoted)") }
        guard !sequence.isEmpty else { throw failure("must have at least one entry") }
        guard sequence.count <= most else { throw failure("has \(sequence.count) entries; at most \(most) are read") }
        return sequence.enumerated().map {
            ConfigurationEntry(file: file, place: "\(place)[\($0.offset)]", node: $0.element)
        }
    }

    /// A text that is not empty.
    func text() throws(Failure) -> String {
        guard let text = node.scalar?.string, !isNull, !text.isEmpty else {
            throw failure("must be a text; found \(quoted)")
        }
        return text
    }

    /// A whole number in a range.
    func integer(_ range: ClosedRange<Int>) throws(Failure) -> Int {
        guard let number = node.scalar.flatMap({ Int($0.string) }), range.contains(number) else {
            throw failure("must be a whole number from \(range.lowerBound) to \(range.upperBound); found \(quoted)")
        }
        return number
    }

    /// A finite number in a range.
    func number(_ range: ClosedRange<Double>) throws(Failure) -> Double {
        guard let number = node.scalar.flatMap({ Double($0.string) }), range.contains(number) else {
            throw failure("must be a number from \(range.lowerBound) to \(range.upperBound); found \(quoted)")
        }
        return number
    }

    /// `true` or `false`.
    func flag() throws(Failure) -> Bool {
        switch node.scalar?.string {
        case "true": return true
        case "false": return false
        default: throw failure("must be true or false; found \(quoted)")
        }
    }

    /// One of several words.
    func choice<Value>(_ words: [(word: String, value: Value)]) throws(Failure) -> Value {
        guard let text = node.scalar?.string, let found = words.first(where: { $0.word == text }) else {
            throw failure("must be one of \(words.map(\.word).joined(separator: ", ")); found \(quoted)")
        }
        return found.value
    }

    /// One whole number for all dimensions, or a list with one for each.
    func integers(dimensions: Int, _ range: ClosedRange<Int>) throws(Failure) -> [Int] {
        guard node.sequence != nil else {
            return Array(repeating: try integer(range), count: dimensions)
        }
        var numbers: [Int] = []
        for entry in try list(most: 2) { numbers.append(try entry.integer(range)) }
        guard numbers.count == dimensions else {
            throw failure("must have \(dimensions) number(s), one for each dimension; found \(numbers.count)")
        }
        return numbers
    }
}
