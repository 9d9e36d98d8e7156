import Foundation
import HealthRules
import TrainingMetrics
import Yams

/// Reads `codec-doctor.yml`. Everything a name can be checked against is checked: unknown entries, roles, facts, rules
/// and parameters are errors that list the valid ones and say the line.
struct ConfigurationReader {
    let path: String

    private static let entries = [
        "baseline", "facts", "ignore", "profile", "roles", "rules", "select", "suppress",
    ]
    private static let settings = ["severity", "parameters"]
    private static let suppressionFields = ["rule", "subject", "metric", "run", "reason", "until"]

    func read(_ yaml: String, into configuration: inout DoctorConfiguration) throws(YAMLProblem) {
        let entries = Self.entries.joined(separator: ", ")
        guard let file = try YAMLMapping.top(of: yaml, what: "a configuration", keys: entries) else { return }
        try file.allowOnly(Self.entries)
        configuration.overrides = try roles(file)
        configuration.facts = try facts(file)
        configuration.profile = try profile(file)
        configuration.baseline = try file.text("baseline").map(place)
        configuration.select = try rules(file, "select")
        configuration.ignore = try rules(file, "ignore")
        for (name, value) in try file.mapping("rules", keys: "of rules")?.pairs ?? [] {
            try readRule(name, value, into: &configuration)
        }
        for node in file.list("suppress") { configuration.suppressions.append(try suppression(node)) }
    }

    // MARK: Files

    /// A shipped profile, or the path of one.
    private func profile(_ file: YAMLMapping) throws(YAMLProblem) -> String? {
        guard let name = try file.text("profile") else { return nil }
        if ProfileCatalogue.names.contains(name) { return name }
        guard ProfileCatalogue.isPath(name) else {
            let choice = YAMLProblem.choice(ProfileCatalogue.names, for: name)
            throw file.wrong("profile", "names no profile '\(name)'; use \(choice), or the path of a YAML file")
        }
        return place(name)
    }

    /// A path is relative to the configuration file.
    private func place(_ file: String) -> String {
        guard !file.hasPrefix("/") else { return file }
        return URL(filePath: path).deletingLastPathComponent().appending(path: file).path(percentEncoded: false)
    }

    // MARK: Roles and facts

    private func roles(_ file: YAMLMapping) throws(YAMLProblem) -> [RoleOverride] {
        var result: [RoleOverride] = []
        for (name, value) in try file.mapping("roles", keys: "of metrics")?.pairs ?? [] {
            do {
                result.append(try RoleOverride(parsing: "\(name)=\(value.string ?? "")"))
            } catch {
                throw problem(value, name, "\(error)")
            }
        }
        return result
    }

    private func facts(_ file: YAMLMapping) throws(YAMLProblem) -> [Fact] {
        var result: [Fact] = []
        for (name, value) in try file.mapping("facts", keys: "of facts")?.pairs ?? [] {
            guard let key = FactKey(rawValue: name) else {
                let known = FactKey.allCases.map(\.rawValue)
                throw problem(value, name, "is no fact; use \(YAMLProblem.choice(known, for: name))")
            }
            guard let text = value.string else { throw problem(value, name, "must be a text or a number") }
            if let expected = GivenFact.expected(of: key, insteadOf: text) {
                throw problem(value, name, "must be \(expected)")
            }
            result.append(Fact(key, text, .given, evidence: "\(path): \(name)"))
        }
        return result
    }

    // MARK: Rules

    private func readRule(
        _ name: String,
        _ value: Node,
        into configuration: inout DoctorConfiguration
    ) throws(YAMLProblem) {
        let rule = try self.rule(name, at: value)
        let settings = try YAMLMapping(value, what: "rule \(name)", keys: Self.settings.joined(separator: ", "))
        try settings.allowOnly(Self.settings)
        if let text = try settings.text("severity") {
            guard let severity = Severity(rawValue: text) else {
                throw settings.wrong("severity", "must be info, warning or error, not '\(text)'")
            }
            configuration.severities[rule.id] = severity
        }
        let names = rule.parameters.map(\.name)
        let listed = names.isEmpty ? "none: rule \(rule.id) has no parameters" : names.joined(separator: ", ")
        for (parameter, value) in try settings.mapping("parameters", keys: listed)?.pairs ?? [] {
            guard names.contains(parameter) else {
                let choice = names.isEmpty ? listed : YAMLProblem.choice(names, for: parameter)
                throw problem(value, parameter, "is no parameter of rule \(rule.id); use \(choice)")
            }
            guard let text = value.string, let number = Double(text), number.isFinite else {
                throw problem(value, parameter, "must be a number")
            }
            configuration.parameters[rule.id, default: [:]][parameter] = number
        }
    }

    /// Words that name rules or groups, checked.
    private func rules(_ file: YAMLMapping, _ entry: String) throws(YAMLProblem) -> [String] {
        var words: [String] = []
        for node in file.list(entry) {
            guard let word = node.string else { throw problem(node, entry, "must be a list of rules and groups") }
            if RuleGroup(rawValue: word.lowercased()) == nil { _ = try rule(word, at: node, orGroup: true) }
            words.append(word)
        }
        return words
    }

    private func rule(_ name: String, at place: Node, orGroup: Bool = false) throws(YAMLProblem) -> RuleDescription {
        if let rule = RuleRegistry.rule(named: name) { return rule.description }
        let rules = RuleRegistry.all.map(\.description)
        let ids = rules.map { name.contains("-") ? $0.name : $0.id.rawValue }
        let groups = orGroup ? RuleGroup.allCases.map(\.rawValue) : []
        let kind = orGroup ? "no rule and no group" : "no rule"
        throw problem(place, name, "is \(kind); use \(YAMLProblem.choice(ids + groups, for: name))")
    }

    // MARK: Suppressions

    private func suppression(_ node: Node) throws(YAMLProblem) -> Suppression {
        let keys = Self.suppressionFields.joined(separator: ", ")
        let fields = try YAMLMapping(node, what: "a suppression", keys: keys)
        try fields.allowOnly(Self.suppressionFields)
        guard let name = try fields.text("rule") else { throw fields.wrong("rule", "is missing in a suppression") }
        let rule = try rule(name, at: fields["rule"] ?? node)
        guard let reason = try fields.text("reason"), !reason.allSatisfy(\.isWhitespace) else {
            throw fields.wrong("reason", "is missing: a suppression says why")
        }
        var until: CalendarDay?
        if let text = try fields.text("until") {
            guard let day = CalendarDay(text) else {
                throw fields.wrong("until", "must be a day such as 2026-12-31, not '\(text)'")
            }
            until = day
        }
        return Suppression(
            rule: rule.id,
            subject: try fields.text("subject"),
            metric: try fields.text("metric"),
            run: try fields.text("run"),
            reason: reason,
            until: until,
            line: fields.line
        )
    }

    private func problem(_ node: Node, _ field: String, _ reason: String) -> YAMLProblem {
        YAMLProblem(line: node.mark?.line ?? 1, field: field, reason: reason)
    }
}
