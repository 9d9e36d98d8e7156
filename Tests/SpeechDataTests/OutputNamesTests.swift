import Codec
import Foundation
import Testing

@testable import SpeechData

struct OutputNamesTests {
    private func names(_ paths: [String], _ speaker: PreparationOptions.SpeakerSource = .folder) -> [String] {
        OutputNames.assign(paths.map { SourceFile(input: "/in", path: $0, location: "/in/" + $0) }, speaker: speaker)
    }

    @Test func aFileKeepsItsNameUnlessAnotherWouldHaveTheSame() {
        #expect(names(["anu/a.wav", "anu/b.mp3", "a.wav"]) == ["anu/a", "anu/b", "unknown/a"])
        #expect(names(["anu/x/a.wav", "anu/y/a.wav"]) == ["anu/x-a", "anu/y-a"])
        #expect(names(["anu/a.mp3", "anu/a.wav"]) == ["anu/a-mp3", "anu/a-wav"])
        let cases = names(["anu/A.wav", "anu/a.wav"])
        #expect(Set(cases.map { $0.lowercased() }).count == 2)
    }

    @Test func theOrderOfSourcesDoesNotMatter() {
        let paths = ["anu/a.mp3", "anu/a.wav", "anu/A.wav", "anu/x/a.wav", "b/a.wav"]
        let forth = Dictionary(uniqueKeysWithValues: zip(paths, names(paths)))
        let back = Dictionary(uniqueKeysWithValues: zip(paths.reversed(), names(paths.reversed())))
        #expect(forth == back && Set(forth.values).count == 5)
    }

    @Test func speakersComeFromTheFolderTheParentOrAPrefix() {
        let path = ["corpus/anu/bala_01.wav"]
        #expect(names(path, .folder) == ["corpus/bala_01"])
        #expect(names(path, .parent) == ["anu/bala_01"])
        #expect(names(path, .prefix) == ["bala/bala_01"])
        #expect(names(["x.wav"], .parent) == ["in/x"] && names(["x.wav"], .prefix) == ["unknown/x"])
    }

    @Test(arguments: [
        "..", ".", "", ".hidden", "a/b", "a\\b", "a\0b", "a\nb", "\u{1B}[31m", "manifest.json", "\u{202E}gpj",
    ])
    func aHostileNameBecomesAHarmlessOne(name: String) {
        let safe = SafeName.make(name)
        #expect(!safe.isEmpty && !safe.hasPrefix(".") && !safe.contains("/") && safe != "manifest.json")
        #expect(safe.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 0x202E })
    }

    @Test func lettersOfAnyScriptStayAndLongNamesAreCut() {
        #expect(SafeName.make("తెలుగు మాట") == "తెలుగు మాట")
        let long = String(repeating: "మా", count: 200)
        #expect(SafeName.make(long + "1").utf8.count <= 160)
        #expect(SafeName.make(long + "1") != SafeName.make(long + "2"))
    }

    @Test func hostileFilesAreWrittenInsideTheOutputFolderOnly() throws {
        let (raw, out) = (try TemporaryFolder(), try TemporaryFolder())
        let names = [
            " ../a.wav", "manifest.json/a.wav", "a\nb/\u{1B}[2J.wav", "%2e%2e/%2f.wav", "-rf/--help.wav",
            "తెలుగు/మాట.wav",
            "e\u{301}/e\u{301}.wav", "?#&/;$(id).wav", "a/a.wav", "a/a.WAV",
        ]
        for (index, name) in names.enumerated() { try raw.write(Sound.speech(seed: UInt64(index)), to: name) }
        let result = try SpeechPreparation(inputs: [raw.path], output: out("new/folder")).run()
        #expect(result.manifest.outputs.count == names.count)
        #expect(out.files.count == names.count + 1)
        for output in result.manifest.outputs {
            #expect(FileManager.default.fileExists(atPath: out("new/folder/" + output.path)))
        }
        #expect(try SpeechPreparation(inputs: [raw.path], output: out("new/folder")).run().reusedCount == names.count)
        let dataset = try SpeechDataset.prepared(out("new/folder"))
        #expect(dataset.training.count + dataset.validation.count == names.count)
    }

    @Test func aSpeakersFolderThatLeadsElsewhereIsNotFollowed() throws {
        let (raw, out, other) = (try TemporaryFolder(), try TemporaryFolder(), try TemporaryFolder())
        try raw.write(Sound.speech(), to: "anu/a.wav")
        _ = try SpeechPreparation(inputs: [raw.path], output: out.path).run()
        try FileManager.default.removeItem(atPath: out("anu"))
        try FileManager.default.createSymbolicLink(atPath: out("anu"), withDestinationPath: other.path)
        #expect(throws: PreparationError.self) { try SpeechPreparation(inputs: [raw.path], output: out.path).run() }
        #expect(other.files.isEmpty)
    }
}
