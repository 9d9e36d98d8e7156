import Foundation
import HealthRules
import TrainingMetrics

/// What `codec-doctor.yml` says: roles, units and facts of a project's logs, how its rules are set, and which findings
/// are accepted. `docs/configuration.md` describes it.
///
/// ```yaml
/// roles:    { loss_d: discriminatorLoss, amp: "amplitudeRatio,unit=%" }
/// facts:    { loss-family: hinge-relu, price-per-hour: 250, currency: "₹" }
/// profile:  telugu-dac
/// select:   [adversarial, signal]
/// ignore:   [SIG010]
/// rules:
///   ADV001: { severity: warning, parameters: { spread: 0.03 } }
/// suppress:
///   - { rule: SIG009, run: "telugu-*", reason: known bias of the old decoder, until: 2026-12-31 }
/// baseline: known-findings.json
/// ```
struct DoctorConfiguration: Sendable {
    /// Roles and units of metrics.
    var overrides: [RoleOverride] = []
    /// Facts.
    var facts: [Fact] = []
    /// Profile of expectations.
    var profile: String?
    /// Rules and groups to run; empty for all.
    var select: [String] = []
    /// Rules and groups to leave out.
    var ignore: [String] = []
    /// Severities by rule.
    var severities: [RuleID: Severity] = [:]
    /// Parameters by rule.
    var parameters: [RuleID: [String: Double]] = [:]
    /// Findings that are accepted.
    var suppressions: [Suppression] = []
    /// File of known findings.
    var baseline: String?

    /// The name looked for in the working directory.
    static let fileName = "codec-doctor.yml"

    /// Reads a file; without a path the one in the working directory, or nothing when there is none.
    static func load(path: String?) throws -> DoctorConfiguration {
        guard let path = path ?? (FileManager.default.fileExists(atPath: fileName) ? fileName : nil) else {
            return DoctorConfiguration()
        }
        guard let data = FileContents.read(path) else {
            throw ConfigurationError(path: path, line: 0, problem: "cannot be read")
        }
        return try DoctorConfiguration(yaml: String(decoding: data, as: UTF8.self), path: path)
    }

    init() {}

    /// Reads a text; `path` is what errors call it.
    /// - Throws: `ConfigurationError`.
    init(yaml: String, path: String) throws(ConfigurationError) {
        do throws(YAMLProblem) {
            try ConfigurationReader(path: path).read(yaml, into: &self)
        } catch {
            let problem = error.field.isEmpty ? error.reason : "'\(error.field)' \(error.reason)"
            throw ConfigurationError(path: path, line: error.line, problem: problem)
        }
    }

    /// The rules to run (words of the command line may hold several, separated by commas): what the command line selects instead of what the file selects, without what either leaves out.
    func selection(only: [String], ignore: [String]) -> RuleSelection {
        func words(_ texts: [String]) -> [String] { texts.flatMap { $0.split(separator: ",").map(String.init) } }
        return RuleSelection(
            only: only.isEmpty ? select : words(only),
            ignore: self.ignore + words(ignore),
            severities: severities,
            parameters: parameters
        )
    }
}

/// A configuration file that cannot be used.
struct ConfigurationError: Error, CustomStringConvertible {
    let path: String
    /// Line of the file, 0 when it is not about one.
    var line = 0
    let problem: String
    var description: String { line > 0 ? "\(path):\(line): \(problem)" : "\(path) \(problem)" }
}
