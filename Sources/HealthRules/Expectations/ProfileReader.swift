import TrainingMetrics
import Yams

/// Reads an expectation profile from YAML text, naming line and field of what is wrong.
enum ProfileReader {
    private static let profileFields = ["name", "summary", "source", "rows"]
    private static let rowFields = ["role", "epoch", "lower", "upper", "status", "note"]
    private static let statuses = ["claim", "measured"]

    /// The profile a text describes; `source` is what errors call the text (a file name).
    static func read(_ text: String, source: String) throws(ProfileError) -> ExpectationProfile {
        let mapping = Fields(try mapping(text, source: source), source: source)
        try mapping.allowOnly(profileFields)
        guard let rows = mapping.node("rows") else { throw mapping.missing("rows") }
        guard let items = rows.sequence, !items.isEmpty else {
            throw mapping.wrong("rows", "must be a list of at least one row", at: rows)
        }
        var profile = ExpectationProfile(
            name: try mapping.text("name"),
            summary: try mapping.text("summary"),
            source: try mapping.text("source"),
            rows: []
        )
        for item in items { profile.rows.append(try row(item, source: source)) }
        return profile
    }

    private static func mapping(_ text: String, source: String) throws(ProfileError) -> Node {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _)
        {
            throw .syntax(source: source, line: mark.line, reason: "this is not YAML: \(problem)")
        } catch {
            throw .syntax(source: source, line: 1, reason: "this is not YAML")
        }
        guard let root, root.mapping != nil else {
            let expected = profileFields.joined(separator: ", ")
            throw .syntax(source: source, line: 1, reason: "a profile is a mapping with the keys \(expected)")
        }
        return root
    }

    private static func row(_ node: Node, source: String) throws(ProfileError) -> ExpectationProfile.Row {
        guard node.mapping != nil else {
            let keys = rowFields.joined(separator: ", ")
            throw .syntax(
                source: source,
                line: node.mark?.line ?? 1,
                reason: "a row is a mapping with the keys \(keys)"
            )
        }
        let fields = Fields(node, source: source)
        try fields.allowOnly(rowFields)
        let role = try fields.text("role")
        guard let known = MetricRole(rawValue: role), known != .unknown, known != .progress else {
            let valid = MetricRole.allCases.filter { $0 != .unknown && $0 != .progress }.map(\.rawValue)
            throw fields.wrong("role", "there is no role '\(role)'; valid roles: \(valid.joined(separator: ", "))")
        }
        guard let epoch = try fields.number("epoch") else { throw fields.missing("epoch") }
        let lower = try fields.number("lower")
        let upper = try fields.number("upper")
        if lower == nil, upper == nil { throw fields.wrong("lower", "a row needs 'lower', 'upper' or both") }
        if let lower, let upper, lower > upper {
            throw fields.wrong("lower", "\(lower) is above 'upper', which is \(upper)")
        }
        let status = try fields.text("status", default: "claim")
        guard statuses.contains(status) else {
            throw fields.wrong("status", "must be one of \(statuses.joined(separator: ", ")), not '\(status)'")
        }
        return ExpectationProfile.Row(
            role: known.rawValue,
            epoch: epoch,
            lower: lower,
            upper: upper,
            status: status,
            note: try fields.text("note", default: "")
        )
    }

    /// The fields of a YAML mapping, with errors that know where they are.
    private struct Fields {
        let mapping: Node
        let source: String

        init(_ mapping: Node, source: String) {
            self.mapping = mapping
            self.source = source
        }

        func node(_ name: String) -> Node? { mapping[name] }

        func text(_ name: String, default fallback: String? = nil) throws(ProfileError) -> String {
            guard let node = node(name) else {
                guard let fallback else { throw missing(name) }
                return fallback
            }
            guard let text = node.string else { throw wrong(name, "must be a text", at: node) }
            return text
        }

        func number(_ name: String) throws(ProfileError) -> Double? {
            guard let node = node(name), node != "" else { return nil }
            guard let text = node.string, let value = Double(text), value.isFinite else {
                throw wrong(name, "must be a finite number", at: node)
            }
            return value
        }

        func allowOnly(_ names: [String]) throws(ProfileError) {
            for (key, _) in mapping.mapping ?? [:] {
                guard let name = key.string, names.contains(name) else {
                    throw wrong(key.string ?? "?", "is not known here; use \(names.joined(separator: ", "))", at: key)
                }
            }
        }

        func missing(_ name: String) -> ProfileError { wrong(name, "is missing") }

        func wrong(_ name: String, _ reason: String, at place: Node? = nil) -> ProfileError {
            let mark = (place ?? node(name))?.mark ?? mapping.mark
            return .field(source: source, line: mark?.line ?? 1, field: name, reason: reason)
        }
    }
}
