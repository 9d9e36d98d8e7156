import TrainingMetrics
package import Yams

/// A YAML mapping read field by field, with errors that know their line: what profiles and configuration files are
/// read with.
package struct YAMLMapping {
    /// The mapping.
    package let node: Node
    /// Its pairs in the order of the text.
    package let pairs: [(name: String, value: Node)]

    /// The mapping at the top of a text; `nil` for a text that holds nothing but comments. `what` it is and its `keys`
    /// are for the error.
    /// - Throws: `YAMLProblem` when the text is no YAML or something else than a mapping.
    package static func top(of text: String, what: String, keys: String) throws(YAMLProblem) -> YAMLMapping? {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _)
        {
            throw YAMLProblem(line: mark.line, reason: "this is not YAML: \(problem)")
        } catch YamlError.duplicatedKeysInMapping(let names, let context) {
            throw YAMLProblem(line: context.mark.line, field: names.first ?? "", reason: "is given twice")
        } catch {
            throw YAMLProblem(line: 1, reason: "this is not YAML")
        }
        guard let root, !root.isEmptyValue else { return nil }
        return try YAMLMapping(root, what: what, keys: keys)
    }

    /// A node as a mapping. `what` it should be (`a row`) and its `keys` are for the error.
    package init(_ node: Node, what: String, keys: String) throws(YAMLProblem) {
        guard let mapping = node.mapping else {
            throw YAMLProblem(line: node.mark?.line ?? 1, reason: "\(what) is a mapping with the keys \(keys)")
        }
        self.node = node
        var pairs: [(name: String, value: Node)] = []
        for (key, value) in mapping {
            guard let name = key.string else {
                throw YAMLProblem(line: key.mark?.line ?? 1, reason: "a name must be a text")
            }
            pairs.append((name, value))
        }
        self.pairs = pairs
    }

    /// Its line in the text, from 1.
    package var line: Int { node.mark?.line ?? 1 }

    /// The value of a field, `nil` when it is not there.
    package subscript(name: String) -> Node? { node.mapping?[Node(name)] }

    /// The mapping in a field, `nil` when the field is not there or empty; `keys` are for the error.
    package func mapping(_ name: String, keys: String) throws(YAMLProblem) -> YAMLMapping? {
        guard let value = self[name], !value.isEmptyValue else { return nil }
        return try YAMLMapping(value, what: "'\(name)'", keys: keys)
    }

    /// The elements of a list; a single value is a list of one. Empty when the field is not there.
    package func list(_ name: String) -> [Node] {
        guard let value = self[name], !value.isEmptyValue else { return [] }
        return value.sequence.map(Array.init) ?? [value]
    }

    /// A text; `nil` when the field is not there.
    package func text(_ name: String) throws(YAMLProblem) -> String? {
        guard let value = self[name] else { return nil }
        guard let text = value.string else { throw wrong(name, "must be a text") }
        return text
    }

    /// Refuses every name that is not among the known ones, the most similar of which the error lists first.
    package func allowOnly(_ known: [String]) throws(YAMLProblem) {
        for (key, _) in node.mapping ?? [:] {
            guard let name = key.string, known.contains(name) else {
                let field = key.string ?? "?"
                throw YAMLProblem(
                    line: key.mark?.line ?? 1,
                    field: field,
                    reason: "is not known here; use \(YAMLProblem.choice(known, for: field))"
                )
            }
        }
    }

    /// An error about a field, at the line of its value or of the mapping.
    package func wrong(_ name: String, _ reason: String, at place: Node? = nil) -> YAMLProblem {
        let mark = (place ?? self[name])?.mark ?? node.mark
        return YAMLProblem(line: mark?.line ?? 1, field: name, reason: reason)
    }
}

/// What is wrong in a YAML text, and where.
package struct YAMLProblem: Error, Equatable {
    /// Line, from 1.
    package var line: Int
    /// The field it is about, empty when it is about none.
    package var field = ""
    /// What is wrong with it.
    package var reason: String

    /// Creates a problem.
    package init(line: Int, field: String = "", reason: String) {
        (self.line, self.field, self.reason) = (line, field, reason)
    }

    /// The words one may use, the most similar to a mistyped one first.
    package static func choice(_ known: [String], for word: String) -> String {
        NearestSpelling.ranked(known, to: word).joined(separator: ", ")
    }
}

extension Node {
    /// Whether nothing is written behind the name.
    fileprivate var isEmptyValue: Bool {
        guard let scalar, scalar.style == .plain || scalar.style == .any else { return false }
        return ["", "~", "null"].contains(scalar.string)
    }
}
