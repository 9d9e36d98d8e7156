import Foundation
import HealthRules
import TrainingMetrics
import Yams

/// What `codec-doctor.yml` says: roles, units and facts of a project's logs, and how its rules are set.
///
/// ```yaml
/// roles:   { loss_d: discriminatorLoss, amp: "amplitudeRatio,unit=%" }
/// facts:   { loss-family: hinge-relu, price-per-hour: 250, currency: "₹" }
/// profile: telugu-dac
/// ignore:  [SIG010]
/// rules:
///   ADV001: { severity: warning, parameters: { tolerance: 0.02 } }
/// ```
struct DoctorConfiguration: Sendable {
    /// Roles and units of metrics.
    var overrides: [RoleOverride] = []
    /// Facts.
    var facts: [Fact] = []
    /// Profile of expectations.
    var profile: String?
    /// Rules and groups to leave out.
    var ignore: [String] = []
    /// Severities by rule.
    var severities: [RuleID: Severity] = [:]
    /// Parameters by rule.
    var parameters: [RuleID: [String: Double]] = [:]

    /// The name looked for in the working directory.
    static let fileName = "codec-doctor.yml"

    /// Reads a file; without a path the one in the working directory, or nothing when there is none.
    static func load(path: String?) throws -> DoctorConfiguration {
        guard let path = path ?? (FileManager.default.fileExists(atPath: fileName) ? fileName : nil) else {
            return DoctorConfiguration()
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ConfigurationError(path: path, problem: "cannot be read")
        }
        do {
            return try DoctorConfiguration(yaml: String(decoding: data, as: UTF8.self), path: path)
        } catch let error as YamlError {
            throw ConfigurationError(path: path, problem: "is not YAML: \(error)")
        }
    }

    init() {}

    /// Reads a text.
    init(yaml: String, path: String) throws {
        func fail(_ problem: String) -> ConfigurationError { ConfigurationError(path: path, problem: problem) }
        let root: Any? = try Yams.load(yaml: yaml)
        guard let root else { return }
        guard let table = root as? [String: Any] else { throw fail("must hold 'name: value' pairs") }
        let known = ["facts", "ignore", "profile", "roles", "rules"]
        for key in table.keys.sorted() where !known.contains(key) {
            throw fail("has an unknown entry '\(key)'; entries: \(known.joined(separator: ", "))")
        }
        func pairs(_ key: String) throws -> [(String, Any)] {
            guard let value = table[key] else { return [] }
            guard let pairs = value as? [String: Any] else { throw fail("'\(key)' must hold 'name: value' pairs") }
            return pairs.sorted { $0.key < $1.key }
        }
        for (name, role) in try pairs("roles") { overrides.append(try RoleOverride(parsing: "\(name)=\(role)")) }
        for (name, value) in try pairs("facts") {
            facts.append(try GivenFact.fact(key: name, value: "\(value)", by: "\(path): \(name)"))
        }
        profile = table["profile"].map { "\($0)" }
        if let list = table["ignore"] {
            guard let words = list as? [Any] else { throw fail("'ignore' must be a list of rules") }
            ignore = words.map { "\($0)" }
        }
        for (name, settings) in try pairs("rules") {
            guard let settings = settings as? [String: Any] else {
                throw fail("rule \(name) must hold 'severity' or 'parameters'")
            }
            let rule = RuleID(name)
            if let text = settings["severity"] {
                guard let severity = Severity(rawValue: "\(text)") else {
                    throw fail("rule \(name): severity must be info, warning or error")
                }
                severities[rule] = severity
            }
            for (parameter, value) in (settings["parameters"] as? [String: Any] ?? [:]).sorted(by: { $0.key < $1.key })
            {
                guard let number = Double("\(value)") else {
                    throw fail("rule \(name): parameter \(parameter) must be a number")
                }
                parameters[rule, default: [:]][parameter] = number
            }
        }
    }
}

/// A configuration file that cannot be used.
struct ConfigurationError: Error, CustomStringConvertible {
    let path: String
    let problem: String
    var description: String { "\(path) \(problem)" }
}
