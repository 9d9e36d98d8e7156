import Foundation
import HealthRules
import Testing
import TrainingMetrics

@Suite struct ProfileTests {
    /// Writes a profile into a temporary folder and reads it back.
    private func read(_ yaml: String) throws -> ExpectationProfile {
        let file = FileManager.default.temporaryDirectory.appending(path: "profile-\(UUID().uuidString).yml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(yaml.utf8).write(to: file)
        return try ProfileCatalogue.profile(at: file)
    }

    private func failure(_ yaml: String) -> String {
        do {
            return "read: \(try read(yaml))"
        } catch {
            return String("\(error)".split(separator: ":", maxSplits: 1).last ?? "")
        }
    }

    private let head = "name: mine\nsummary: test\nsource: me\nrows:\n"

    @Test(arguments: ProfileCatalogue.names)
    func everyShippedProfileIsReadable(_ name: String) throws {
        let profile = try ProfileCatalogue.profile(named: name)
        #expect(profile.name == name)
        #expect(!profile.rows.isEmpty && !profile.summary.isEmpty && !profile.source.isEmpty)
    }

    @Test func namesAreInAlphabeticalOrder() { #expect(ProfileCatalogue.names == ProfileCatalogue.names.sorted()) }

    /// Everything that is not the whole profile's claim says where it comes from.
    @Test(arguments: ProfileCatalogue.names.filter { $0 != "telugu-dac" })
    func everyRowOfAFrameworksProfileHasItsOwnSource(_ name: String) throws {
        let profile = try ProfileCatalogue.profile(named: name)
        #expect(profile.rows.allSatisfy { !$0.source.isEmpty })
        #expect(
            profile.rows.allSatisfy { $0.status == "measured" || !$0.note.isEmpty },
            "a claim says what it rests on"
        )
    }

    @Test func theTeluguProfileIsAllClaimsWithNotesOnWhatNobodyReached() throws {
        let profile = try ProfileCatalogue.profile(named: "telugu-dac")
        #expect(profile.rows.allSatisfy { $0.status == "claim" })
        let snr = profile.rows.filter { $0.role == "snr" }
        #expect(snr.map(\.place) == [.epoch(1), .epoch(5), .epoch(10), .epoch(20)])
        #expect(snr.filter { ($0.lower ?? 0) >= 20 }.allSatisfy { $0.note.contains("no published codec") })
        let amplitude = profile.rows.filter { $0.role == "amplitudeRatio" }
        #expect(amplitude.compactMap(\.upper).allSatisfy { $0 < 1 }, "amplitude is a ratio, not a percentage")
    }

    @Test func anUnknownNameListsTheKnownOnes() {
        let error = #expect(throws: ProfileError.self) { try ProfileCatalogue.profile(named: "telegu-dac") }
        guard case .unknown("telegu-dac", let known)? = error else { Issue.record("not unknown"); return }
        #expect(known.first == "telugu-dac" && Set(known) == Set(ProfileCatalogue.names))
        #expect("\(ProfileError.unknown(name: "x", known: ["telugu-dac"]))".contains("telugu-dac"))
    }

    @Test func aMissingFileIsNamed() {
        #expect(throws: ProfileError.unreadable(path: "/nowhere/mine.yml")) {
            try ProfileCatalogue.profile(named: "/nowhere/mine.yml")
        }
    }

    @Test func aUsersFileIsReadWithItsDefaults() throws {
        let profile = try read(head + "  - {role: snr, epoch: 3, lower: 5}\n")
        let row = try #require(profile.rows.first)
        #expect(row.role == "snr" && row.place == .epoch(3) && row.lower == 5 && row.upper == nil)
        #expect(row.status == "claim" && row.note.isEmpty)
    }

    @Test(arguments: [
        (
            "  - {role: sn, epoch: 1, lower: 2}",
            "5: field 'role': there is no role 'sn'; valid roles: discriminatorLoss"
        ),
        ("  - {role: snr, lower: 2}", "5: field 'epoch': is missing; a row is stated for an 'epoch' or a 'step'"),
        ("  - {role: snr, epoch: 1, step: 2, lower: 2}", "5: field 'step': stands beside 'epoch'"),
        ("  - {role: snr, epoch: one, lower: 2}", "5: field 'epoch': must be a finite number"),
        ("  - {role: snr, epoch: 1}", "5: field 'lower': a row needs 'lower', 'upper' or both"),
        ("  - {role: snr, epoch: 1, lower: 9, upper: 2}", "5: field 'lower': 9.0 is above 'upper', which is 2.0"),
        ("  - {role: snr, epoch: 1, lower: 2}\n  - {role: snr, epoch: 2, min: 2}", "6: field 'min': is not known here"),
        ("  - {role: snr, epoch: 1, lower: 2, status: guess}", "5: field 'status': must be one of claim, measured"),
        ("  - snr", "5: a row is a mapping"),
        ("  []", "5: field 'rows': must be a list of at least one row"),
    ])
    func anErrorNamesLineAndField(_ rows: String, _ expected: String) {
        let message = failure(head + rows + "\n")
        #expect(message.hasPrefix(expected), "\(message)")
    }

    @Test func textThatIsNoProfileIsRefused() {
        #expect(failure("name: [unclosed").contains("this is not YAML"))
        #expect(failure("just words").contains("a profile is a mapping"))
        #expect(failure("").contains("a profile is a mapping"))
        #expect(failure("name: x\nsummary: y\nsource: z\n").contains("field 'rows': is missing"))
    }
}
