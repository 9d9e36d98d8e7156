import Codec
import Foundation
import Testing

@testable import SpeechData

/// Preparing again: after a kill, and after something has changed.
struct PreparationResumeTests {
    private let raw: TemporaryFolder
    private let out: TemporaryFolder

    init() throws {
        raw = try TemporaryFolder()
        out = try TemporaryFolder()
        for index in 0..<6 { try raw.write(Sound.speech(seed: UInt64(index)), to: "s\(index % 2)/\(index).wav") }
    }

    private func prepare(_ options: PreparationOptions = PreparationOptions()) throws -> SpeechPreparation.Result {
        try SpeechPreparation(inputs: [raw.path], output: out.path, options: options).run()
    }

    /// What the folder holds: paths and contents.
    private func contents() throws -> [String: Data] {
        try Dictionary(uniqueKeysWithValues: out.files.map { ($0, try Data(contentsOf: URL(filePath: out($0)))) })
    }

    @Test func nothingIsDoneTwice() throws {
        #expect(try prepare().reusedCount == 0)
        let before = try contents()
        let times = try out.files.map { try #require(FileStamp.attributes(out($0))?.modified) }
        let second = try prepare()
        #expect(second.reusedCount == 6 && second.removedCount == 0 && second.vanished.isEmpty)
        #expect(try contents() == before)
        let audio = out.files.indices.filter { out.files[$0] != "manifest.json" }
        #expect(audio.allSatisfy { FileStamp.attributes(out(out.files[$0]))?.modified == times[$0] })
    }

    /// The states a kill can leave: a journal of some files, a line of it cut off, files not yet moved to their names, no manifest.
    @Test(arguments: 0...6) func aKilledRunGoesOn(done: Int) throws {
        let manifest = try prepare().manifest
        let expected = try contents()
        try FileManager.default.removeItem(atPath: out("manifest.json"))
        for source in manifest.sources[done...] {
            for output in source.outputs { try FileManager.default.removeItem(atPath: out(output.path)) }
        }
        var journal = Data()
        for source in manifest.sources[..<done] {
            journal += try PreparationManifest.encoder.encode(source) + Data("\n".utf8)
        }
        if done < 6 { journal += try PreparationManifest.encoder.encode(manifest.sources[done]).prefix(100) }
        try journal.write(to: URL(filePath: out(PreparationJournal.fileName)))
        try out.write("half", to: "s0/0.wav.1234567.partial")
        let result = try prepare()
        #expect(result.reusedCount == done)
        // Only the manifest's times of files made again differ.
        #expect(try contents().filter { $0.key != "manifest.json" } == expected.filter { $0.key != "manifest.json" })
        #expect(result.manifest.outputs.map(\.stamp.sha256) == manifest.outputs.map(\.stamp.sha256))
        #expect(result.manifest.outputs.map(\.split) == manifest.outputs.map(\.split))
        #expect(out.files.contains("manifest.json"))
    }

    @Test func aFileThatWasCutOffOrRemovedIsMadeAgain() throws {
        _ = try prepare()
        let expected = try contents()
        try out.write("half", to: "s0/0.wav")
        try FileManager.default.removeItem(atPath: out("s1/1.wav"))
        #expect(try prepare().reusedCount == 4)
        let after = try contents()
        #expect(after.keys.sorted() == expected.keys.sorted())
        #expect(after["s0/0.wav"] == expected["s0/0.wav"] && after["s1/1.wav"] == expected["s1/1.wav"])
    }

    @Test func changedSourcesAreDoneAgainAndTouchedOnesAreNot() throws {
        _ = try prepare()
        try raw.write(Sound.speech(seed: 77), to: "s0/0.wav")
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1)],
            ofItemAtPath: raw("s1/1.wav")
        )
        let result = try prepare()
        #expect(result.reusedCount == 5)
        #expect(
            result.manifest.sources.allSatisfy { $0.stamp?.sha256 == SHA256.digest(ofFile: $0.input + "/" + $0.path) }
        )
    }

    @Test func otherOptionsWriteAnewAndRemoveWhatIsNoLongerMade() throws {
        var options = PreparationOptions()
        options.segment = 0.25
        options.minimum = 0.1
        let first = try prepare(options)
        options.segment = 0.5
        let second = try prepare(options)
        #expect(
            second.reusedCount == 0
                && second.removedCount == first.manifest.outputs.count - second.manifest.outputs.count
        )
        #expect(out.files == (second.manifest.outputs.map(\.path) + ["manifest.json"]).sorted())
        options.validationShare = 0.5
        options.seed = 9
        #expect(try prepare(options).reusedCount == 6)
    }

    @Test func vanishedSourcesAreToldAndTheirFilesStay() throws {
        _ = try prepare()
        try FileManager.default.removeItem(atPath: raw("s0/2.wav"))
        let result = try prepare()
        #expect(result.vanished == [AudioFileTree.resolved(raw.path) + "/s0/2.wav"])
        #expect(!result.manifest.outputs.map(\.path).contains("s0/2.wav"))
        #expect(out.files.contains("s0/2.wav"))
    }

    @Test func addedFilesLeaveOthersAlone() throws {
        var options = PreparationOptions()
        options.validationShare = 0.4
        let before = try prepare(options).manifest.outputs
        for index in 6..<12 { try raw.write(Sound.speech(seed: UInt64(index)), to: "s\(index % 2)/\(index).wav") }
        let result = try prepare(options)
        #expect(result.reusedCount == 6)
        let after = Dictionary(uniqueKeysWithValues: result.manifest.outputs.map { ($0.path, $0.split) })
        for output in before { #expect(after[output.path] == output.split) }
    }

    @Test func twoRunsIntoOneFolderAreKeptApart() throws {
        let journal = try PreparationJournal(folder: out.path)
        #expect(throws: PreparationError.busy(output: AudioFileTree.resolved(out.path))) { try prepare() }
        withExtendedLifetime(journal) {}
    }
}
