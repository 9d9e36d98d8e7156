import Foundation
import HealthRules
import TestSupport
import Testing

/// `rules` and what it writes out.
@Suite struct RulesCommandTests {
    private let doctor: CommandRunner

    init() throws { doctor = try CommandRunner() }

    @Test func theProfilesAreListed() throws {
        defer { doctor.remove() }
        let outcome = try doctor("rules", "--profiles", usesStore: false)
        #expect(outcome.status == 0)
        #expect(ProfileCatalogue.names.allSatisfy { outcome.output.contains($0) })
        let json = try doctor("rules", "--profiles", "--format", "json", usesStore: false).output
        let items = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
        #expect(items.compactMap { $0["name"] as? String } == ProfileCatalogue.names)
    }

    @Test func theDocumentationCatalogueIsWrittenIntoAFolder() throws {
        defer { doctor.remove() }
        let folder = doctor.folder.appending(path: "rules.docc")
        let outcome = try doctor("rules", "--docc", folder.path(percentEncoded: false), usesStore: false)
        #expect(outcome.status == 0 && outcome.output.isEmpty)
        let page = try String(contentsOf: folder.appending(path: "Rules/ADV001.md"), encoding: .utf8)
        #expect(page.hasPrefix("# ADV001 discriminator-blind\n"))
        let overview = try String(contentsOf: folder.appending(path: "HealthRules.md"), encoding: .utf8)
        #expect(RuleRegistry.all.allSatisfy { overview.contains("<doc:\($0.description.id)>") })
    }

    @Test func aProfileByStepsIsCompared() throws {
        defer { doctor.remove() }
        let lines = (1...60).map {
            "Steps : \($0 * 5000), Gen Loss Total : 60.500, Mel-Spec. Error : 0.950, s/b : 0.300"
        }
        let log = try doctor.write(lines.joined(separator: "\n") + "\n", to: "vocoder.log")
        #expect(try doctor("ingest", log).status == 0)
        let outcome = try doctor("check", "--run", "--profile", "hifi-gan", "--only", "EXP001")
        #expect(outcome.output.contains("EXP001"))
        #expect(outcome.output.contains("step 300000"))
        let unknown = try doctor("check", "--run", "--profile", "hifigan")
        #expect(unknown.status == 2)
        #expect(unknown.errors.contains("known profiles: hifi-gan"))
    }

    @Test func anUnknownRuleNamesTheMostSimilarFirst() throws {
        defer { doctor.remove() }
        let outcome = try doctor("explain", "discriminator-blnd", usesStore: false)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("there is no rule or group 'discriminator-blnd'"))
        #expect(outcome.errors.contains("Did you mean 'discriminator-blind'?"))
        let close = try doctor("explain", "SIG14", usesStore: false)
        #expect(close.errors.contains("Did you mean 'SIG014'?"))
    }
}
