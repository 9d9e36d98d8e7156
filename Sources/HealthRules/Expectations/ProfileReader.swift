import TrainingMetrics
import Yams

/// Reads an expectation profile from YAML text, naming line and field of what is wrong.
enum ProfileReader {
    private static let profileFields = ["name", "summary", "source", "rows"]
    private static let rowFields = ["role", "epoch", "step", "lower", "upper", "status", "source", "note"]
    private static let statuses = ["claim", "measured"]

    /// The profile a text describes; `source` is what errors call the text (a file name).
    static func read(_ text: String, source: String) throws(ProfileError) -> ExpectationProfile {
        do throws(YAMLProblem) {
            return try profile(text)
        } catch {
            throw error.field.isEmpty
                ? .syntax(source: source, line: error.line, reason: error.reason)
                : .field(source: source, line: error.line, field: error.field, reason: error.reason)
        }
    }

    private static func profile(_ text: String) throws(YAMLProblem) -> ExpectationProfile {
        let keys = profileFields.joined(separator: ", ")
        guard let fields = try YAMLMapping.top(of: text, what: "a profile", keys: keys) else {
            throw YAMLProblem(line: 1, reason: "a profile is a mapping with the keys \(keys)")
        }
        try fields.allowOnly(profileFields)
        guard let rows = fields["rows"] else { throw fields.wrong("rows", "is missing") }
        guard let items = rows.sequence, !items.isEmpty else {
            throw fields.wrong("rows", "must be a list of at least one row")
        }
        var profile = ExpectationProfile(
            name: try needed("name", fields),
            summary: try needed("summary", fields),
            source: try needed("source", fields),
            rows: []
        )
        for item in items { profile.rows.append(try row(item)) }
        return profile
    }

    private static func needed(_ name: String, _ fields: YAMLMapping) throws(YAMLProblem) -> String {
        guard let text = try fields.text(name) else { throw fields.wrong(name, "is missing") }
        return text
    }

    private static func row(_ node: Node) throws(YAMLProblem) -> ExpectationProfile.Row {
        let keys = rowFields.joined(separator: ", ")
        let fields = try YAMLMapping(node, what: "a row", keys: keys)
        try fields.allowOnly(rowFields)
        let role = try needed("role", fields)
        guard let known = MetricRole(rawValue: role), known != .unknown, known != .progress else {
            let valid = MetricRole.allCases.filter { $0 != .unknown && $0 != .progress }.map(\.rawValue)
            throw fields.wrong("role", "there is no role '\(role)'; valid roles: \(valid.joined(separator: ", "))")
        }
        let place: ExpectationProfile.Place
        switch (try number("epoch", fields), try number("step", fields)) {
        case (let epoch?, nil): place = .epoch(epoch)
        case (nil, let step?): place = .step(step)
        case (nil, nil): throw fields.wrong("epoch", "is missing; a row is stated for an 'epoch' or a 'step'")
        case (.some, .some): throw fields.wrong("step", "stands beside 'epoch'; a row is stated for one of them")
        }
        let lower = try number("lower", fields)
        let upper = try number("upper", fields)
        if lower == nil, upper == nil { throw fields.wrong("lower", "a row needs 'lower', 'upper' or both") }
        if let lower, let upper, lower > upper {
            throw fields.wrong("lower", "\(lower) is above 'upper', which is \(upper)")
        }
        let status = try fields.text("status") ?? "claim"
        guard statuses.contains(status) else {
            throw fields.wrong("status", "must be one of \(statuses.joined(separator: ", ")), not '\(status)'")
        }
        return ExpectationProfile.Row(
            role: known.rawValue,
            place: place,
            lower: lower,
            upper: upper,
            status: status,
            source: try fields.text("source") ?? "",
            note: try fields.text("note") ?? ""
        )
    }

    private static func number(_ name: String, _ fields: YAMLMapping) throws(YAMLProblem) -> Double? {
        guard let node = fields[name], node != "" else { return nil }
        guard let text = node.string, let value = Double(text), value.isFinite else {
            throw fields.wrong(name, "must be a finite number")
        }
        return value
    }
}
