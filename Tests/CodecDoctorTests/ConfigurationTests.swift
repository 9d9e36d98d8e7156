import Foundation
import HealthRules
import TestSupport
import Testing

@testable import codec_doctor

@Suite struct ConfigurationTests {
    private func failure(_ yaml: String) -> String {
        do throws(ConfigurationError) {
            _ = try DoctorConfiguration(yaml: yaml, path: "c.yml")
            return "read"
        } catch {
            return "\(error)"
        }
    }

    @Test func everythingAFileMaySayIsRead() throws {
        let configuration = try DoctorConfiguration(
            yaml: """
                # a project's own settings
                roles: { loss_d: discriminatorLoss }
                facts: { loss-family: hinge-relu, price-per-hour: 250 }
                profile: telugu-dac
                select: [adversarial, signal, VQ002]
                ignore: snr-negative
                rules:
                  adv001: { severity: warning, parameters: { spread: 0.03 } }
                suppress:
                  - { rule: dc-offset, run: "telugu-*", reason: known bias, until: 2026-12-31 }
                  - rule: ADV008
                    subject: period 2
                    reason: that one is off
                baseline: known.json
                """,
            path: "c.yml"
        )
        #expect(configuration.overrides.count == 1 && configuration.facts.count == 2)
        #expect(configuration.profile == "telugu-dac")
        #expect(configuration.baseline?.hasSuffix("/known.json") == true)
        #expect(configuration.select == ["adversarial", "signal", "VQ002"] && configuration.ignore == ["snr-negative"])
        #expect(configuration.severities == ["ADV001": .warning])
        #expect(configuration.parameters == ["ADV001": ["spread": 0.03]])
        #expect(configuration.suppressions.map(\.rule) == ["SIG009", "ADV008"])
        #expect(configuration.suppressions.map(\.line) == [10, 11])
        #expect(configuration.suppressions.first?.until == CalendarDay("2026-12-31"))
    }

    @Test(arguments: ["", "# nothing\n", "suppress:\n", "rules: ~\n", "ignore: []\n"])
    func emptyEntriesSayNothing(_ yaml: String) throws {
        let configuration = try DoctorConfiguration(yaml: yaml, path: "c.yml")
        #expect(configuration.suppressions.isEmpty && configuration.ignore.isEmpty)
    }

    @Test(arguments: [
        ("supress: []", "c.yml:1: 'supress' is not known here; use suppress, "),
        ("\nignore: [SIG01]", "c.yml:2: 'SIG01' is no rule and no group; use "),
        ("ignore: snr-negativ", "c.yml:1: 'snr-negativ' is no rule and no group; use snr-negative"),
        ("select: everything", "c.yml:1: 'everything' is no rule and no group"),
        ("rules:\n  ADV01: { severity: error }", "c.yml:2: 'ADV01' is no rule; use ADV001"),
        ("rules: { ADV001: { severity: fatal } }", "c.yml:1: 'severity' must be info, warning or error, not 'fatal'"),
        ("rules: { ADV001: { severty: error } }", "c.yml:1: 'severty' is not known here; use severity, parameters"),
        (
            "rules:\n  ADV001:\n    parameters: { spred: 1 }",
            "c.yml:3: 'spred' is no parameter of rule ADV001; use spread, below"
        ),
        ("rules: { ADV001: { parameters: { spread: much } } }", "c.yml:1: 'spread' must be a number"),
        ("rules: { ADV001: loud }", "c.yml:1: rule ADV001 is a mapping with the keys severity, parameters"),
        ("facts: { loss-famly: hinge }", "c.yml:1: 'loss-famly' is no fact; use loss-family"),
        ("facts: { loss-family: hinges }", "c.yml:1: 'loss-family' must be one of hinge, "),
        ("profile: telugu", "c.yml:1: 'profile' names no profile 'telugu'; use "),
        ("roles: { d: discriminatrLoss }", "c.yml:1: 'd' There is no role 'discriminatrLoss'."),
        ("suppress: [{ rule: SIG009 }]", "c.yml:1: 'reason' is missing: a suppression says why"),
        ("suppress: [{ rule: SIG009, reason: '  ' }]", "c.yml:1: 'reason' is missing"),
        ("suppress: [{ reason: x }]", "c.yml:1: 'rule' is missing in a suppression"),
        (
            "suppress:\n  - { rule: SIG009, reason: x, until: tomorrow }",
            "c.yml:2: 'until' must be a day such as 2026-12-31, not 'tomorrow'"
        ),
        (
            "suppress: [{ rule: SIG009, reason: x, untill: 2026-12-31 }]",
            "c.yml:1: 'untill' is not known here; use until"
        ),
        ("suppress: [SIG009]", "c.yml:1: a suppression is a mapping with the keys rule, subject"),
        ("- a\n- b", "c.yml:1: a configuration is a mapping with the keys baseline"),
        ("ignore: [a, }", "c.yml:1: this is not YAML"),
        ("ignore: [SIG001]\nignore: [SIG002]", "c.yml:1: 'ignore' is given twice"),
    ])
    func anErrorSaysWhereAndWhatMayBeWritten(_ yaml: String, _ expected: String) {
        let message = failure(yaml)
        #expect(message.hasPrefix(expected), "\(message)")
    }

    private func documentedExample() throws -> String {
        let page = FixtureLocation.root.resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "docs/configuration.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        return try #require(
            text.split(separator: "```yaml\n").dropFirst().first?.split(separator: "```").first.map(String.init)
        )
    }

    @Test func theDocumentedExampleIsRead() throws {
        let configuration = try DoctorConfiguration(yaml: try documentedExample(), path: "c.yml")
        #expect(configuration.suppressions.count == 2 && configuration.select.count == 5)
        #expect(!configuration.parameters.isEmpty && configuration.baseline != nil)
    }

    /// However a file is cut off or mistyped, it is read or there is an error with a line.
    @Test func aDamagedFileIsAnErrorAndNeverACrash() throws {
        let text = Array(try documentedExample())
        for end in stride(from: 0, to: text.count, by: 3) {
            for damage in ["", "{", "\u{0}", "- :", "&a *a", "\t"] {
                let message = failure(String(text[..<end]) + damage)
                #expect(message == "read" || message.hasPrefix("c.yml:"), "\(message)")
            }
        }
    }

    @Test func pathsAreRelativeToTheFile() throws {
        let yaml = "profile: mine.yml\nbaseline: known.json\n"
        let configuration = try DoctorConfiguration(yaml: yaml, path: "/project/settings/c.yml")
        #expect(configuration.profile == "/project/settings/mine.yml")
        #expect(configuration.baseline == "/project/settings/known.json")
        let absolute = try DoctorConfiguration(yaml: "baseline: /there/known.json", path: "/project/c.yml")
        #expect(absolute.baseline == "/there/known.json")
    }

    @Test func theCommandLineSelectsInsteadOfTheFile() throws {
        let configuration = try DoctorConfiguration(yaml: "select: [signal]\nignore: [SIG001]", path: "c.yml")
        #expect(configuration.selection(only: [], ignore: ["SIG002"]).only == ["signal"])
        #expect(configuration.selection(only: ["VQ002,VQ003"], ignore: []).only == ["VQ002", "VQ003"])
        #expect(configuration.selection(only: [], ignore: ["SIG002"]).ignore == ["SIG001", "SIG002"])
    }
}

/// `check` with suppressions and baselines, through the program.
@Suite struct AcceptanceCommandTests {
    private let doctor: CommandRunner

    init() throws { doctor = try CommandRunner() }

    private func ingest(epochs: Int) throws {
        let log = (1...epochs).map { "Epoch \($0): mel_loss: 0.9, vq_loss: 0.2, snr: -2.4 dB, amplitude_ratio: 0.85" }
        let path = try doctor.write(log.joined(separator: "\n") + "\n", to: "run.log")
        #expect(try doctor("ingest", path).status == 0)
    }

    @Test func aSuppressedErrorDoesNotFailAndStaysVisible() throws {
        defer { doctor.remove() }
        try ingest(epochs: 20)
        #expect(try doctor("check", "--run").status == 1)
        let configuration = try doctor.write(
            """
            suppress:
              - { rule: SIG001, reason: no phase target yet }
              - { rule: SIG004, reason: no phase target yet }
              - { rule: VQ002, reason: nothing to suppress }
            """,
            to: "c.yml"
        )
        let outcome = try doctor("check", "--run", "--config", configuration, "--format", "json")
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(outcome.output.contains(#""reason" : "no phase target yet""#))
        let text = try doctor("check", "--run", "--config", configuration).output.split(separator: "\n")
        #expect(text.contains { $0.contains("is suppressed") })
        #expect(text.contains { $0.contains("VQ002 (line 4) fits no finding") })
    }

    @Test func aBaselineReportsNothingWhenTheSameDiseaseGoesOn() throws {
        defer { doctor.remove() }
        try ingest(epochs: 20)
        let baseline = try doctor.write("", to: "known.json")
        #expect(try doctor("check", "--run", "--write-baseline", baseline).status == 1)
        try ingest(epochs: 40)
        let outcome = try doctor("check", "--run", "--baseline", baseline)
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(outcome.output.contains("in the baseline"))
        let report = try doctor("check", "--run", "--format", "json").output
        let path = try doctor.write(report, to: "report.json")
        #expect(try doctor("check", "--run", "--baseline", path).status == 0)
    }

    @Test func aBaselineThatCannotBeWrittenIsSaid() throws {
        defer { doctor.remove() }
        try ingest(epochs: 20)
        let outcome = try doctor("check", "--run", "--write-baseline", "/nowhere/known.json")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("cannot write the baseline '/nowhere/known.json'"))
    }

    @Test func aMissingBaselineSaysHowToMakeOne() throws {
        defer { doctor.remove() }
        try ingest(epochs: 20)
        let outcome = try doctor("check", "--run", "--baseline", "/nowhere/known.json")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("--write-baseline"))
    }
}
