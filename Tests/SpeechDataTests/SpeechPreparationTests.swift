import Codec
import Foundation
import Testing

@testable import SpeechData

/// What becomes of recordings; running again is in ``PreparationResumeTests``.
struct SpeechPreparationTests {
    private let raw: TemporaryFolder
    private let out: TemporaryFolder

    init() throws {
        raw = try TemporaryFolder()
        out = try TemporaryFolder()
    }

    private func prepare(_ change: (inout PreparationOptions) -> Void = { _ in }) throws -> PreparationManifest {
        var options = PreparationOptions()
        change(&options)
        return try SpeechPreparation(inputs: [raw.path], output: out.path, options: options).run().manifest
    }

    private func signal(_ output: PreparationManifest.Output) throws -> AudioSignal {
        try AudioFile.read(out(output.path))
    }

    @Test(arguments: ["wav", "flac", "mp3", "ogg"])
    func everyFormatBecomesMonoAtTheWishedRate(format: String) throws {
        let one = Sound.speech(seconds: 2, sampleRate: 44_100, seed: 1)
        let two = Sound.speech(seconds: 2, sampleRate: 44_100, seed: 2)
        try raw.write(AudioSignal(channels: [one, two], sampleRate: 44_100), to: "anu/one.\(format)")
        let manifest = try prepare()
        let output = try #require(manifest.outputs.first)
        #expect(output.path == "anu/one.wav" && output.speaker == "anu")
        let written = try signal(output)
        #expect(written.sampleRate == 16_000 && written.channelCount == 1 && written.frameCount == output.samples)
        #expect(abs(written.duration - 2) < 0.15)
        #expect(manifest.sources[0].channels == 2 && manifest.sources[0].sampleRate == 44_100)
    }

    @Test func theOriginsLevelIsReachedAndPeaksKeepInside() throws {
        try raw.write(Sound.speech(amplitude: 0.01), to: "quiet.wav", format: .wav(.float32))
        var click = Sound.speech(amplitude: 0.01)
        click[8000] = 0.9
        try raw.write(click, to: "click.wav", format: .wav(.float32))
        let outputs = try prepare { $0.trim = nil }.outputs
        let (clicked, quiet) = (outputs[0], outputs[1])
        #expect(abs(try signal(quiet).rmsLevel - 20 * log10(0.158)) < 0.01 && abs(quiet.rms + 16.03) < 0.01)
        #expect(abs(try signal(clicked).peak - 0.95) < 1e-4 && abs(clicked.peak - 0.95) < 1e-4)
        let sources = try #require(try PreparationManifest.read(folder: out.path)).sources
        #expect(sources.map(\.warnings) == [[.peakLimited], []])
    }

    @Test func aLoudnessIsReachedOnWhatIsLeftAfterTrimming() throws {
        let samples = Sound.silence(seconds: 1) + Sound.speech(seconds: 3, amplitude: 0.05) + Sound.silence(seconds: 2)
        try raw.write(samples, to: "a.wav")
        let output = try prepare { $0.level = .loudness(-23) }.outputs[0]
        #expect(abs(output.loudness + 23) < 0.01)
        #expect(abs(try signal(output).loudness + 23) < 0.02)
        #expect(abs(Double(output.samples) / 16_000 - 3.2) < 0.05)
    }

    @Test func levelNoneLeavesSamplesAloneAndTellsWhatItCut() throws {
        try raw.write(Sound.ramp(-16_000..<16_000), to: "a.wav")
        try raw.write(Sound.speech(amplitude: 2), to: "b.wav", format: .wav(.float32))
        let manifest = try prepare { options in
            options.level = .none
            options.trim = nil
        }
        #expect(try signal(manifest.outputs[0]).channels[0] == Sound.ramp(-16_000..<16_000))
        #expect(manifest.sources.map(\.warnings) == [[], [.overloaded]])
    }

    @Test func silenceAtTheEndsIsTrimmedAndInsideItStays() throws {
        let word = Sound.speech(seconds: 1)
        let quiet = Sound.speech(seconds: 1, amplitude: 0.0005, seed: 3)
        try raw.write(quiet + word + quiet + word + quiet, to: "a.wav")
        let source = try prepare().sources[0]
        #expect(abs(source.dropped.beginning - 0.9) < 0.03 && abs(source.dropped.end - 0.9) < 0.03)
        #expect(abs(Double(source.outputs[0].samples) / 16_000 - 3.2) < 0.05)
        let untrimmed = try prepare { $0.trim = nil }.sources[0]
        #expect(untrimmed.outputs[0].samples == 80_000 && untrimmed.dropped == PreparationManifest.Dropped())
    }

    @Test func segmentsFollowEachOtherWithoutGapAndAShortRestIsDropped() throws {
        try raw.write(Sound.ramp(-16_000..<16_000), to: "anu/a.wav")
        let manifest = try prepare { options in
            options.level = .none
            options.trim = nil
            options.segment = 0.6
            options.minimum = 0.25
        }
        #expect(manifest.outputs.map(\.path) == (1...3).map { "anu/a-000\($0).wav" })
        let joined = try manifest.outputs.flatMap { try signal($0).channels[0] }
        #expect(joined == Sound.ramp(-16_000..<12_800))
        #expect(abs(manifest.sources[0].dropped.lastSegment - 0.2) < 1e-9)
        #expect(
            try prepare { options in
                options.level = .none
                options.trim = nil
                options.segment = 0.6
                options.minimum = 0.2
            }.outputs.map(\.samples) == [9600, 9600, 9600, 3200]
        )
    }

    @Test func whatCannotBeUsedIsCountedWithItsReason() throws {
        try raw.write(Sound.speech(), to: "anu/good.wav")
        try raw.write(Sound.speech(), to: "copy/of good.wav")
        try raw.write(Sound.speech(seconds: 0.2, seed: 2), to: "short.wav")
        try raw.write(Sound.silence(seconds: 2), to: "silent.wav")
        try raw.write(Sound.speech(amplitude: 1e-4), to: "noise.wav")
        var broken = Sound.speech(seed: 4)
        broken[8000] = .nan
        broken[8001] = .infinity
        try raw.write(broken, to: "nan.wav", format: .wav(.float32))
        try raw.write(
            Sound.speech(amplitude: 3e38, seed: 5),
            to: "huge.wav",
            sampleRate: 44_100,
            format: .wav(.float32)
        )
        try raw.write("words", to: "words.mp3")
        try raw.write("", to: "empty.flac")
        try FileManager.default.createSymbolicLink(atPath: raw("link.wav"), withDestinationPath: "nowhere.wav")
        let manifest = try prepare()
        let reasons = Dictionary(uniqueKeysWithValues: manifest.sources.map { ($0.path, $0.rejection) })
        #expect(
            reasons == [
                "anu/good.wav": nil, "copy/of good.wav": .duplicate, "short.wav": .tooShort, "silent.wav": .silent,
                "noise.wav": .silent, "nan.wav": .nonFinite, "huge.wav": .nonFinite, "words.mp3": .unreadable,
                "empty.flac": .unreadable, "link.wav": .unreadable,
            ]
        )
        #expect(manifest.sources.allSatisfy { ($0.rejection == nil) == ($0.detail == nil) })
        #expect(
            manifest.sources.first { $0.path == "nan.wav" }?.detail
                == "2 samples are NaN or infinite, the first at 0.50 s"
        )
        #expect(out.files == ["anu/good.wav", "manifest.json"])
    }

    @Test func clippingIsAWarning() throws {
        let loud = Sound.speech(amplitude: 4).map { min(1, max(-1, $0)) }
        try raw.write(loud, to: "clipped.wav")
        try raw.write(Sound.speech(amplitude: 0.999), to: "loud.wav")
        #expect(try prepare().sources.map(\.warnings) == [[.clipped], []])
    }

    @Test func aCutOffFileIsPreparedWithAWarningOrRejected() throws {
        try raw.write(Sound.speech(seconds: 4), to: "a.flac")
        let bytes = try Data(contentsOf: URL(filePath: raw("a.flac")))
        try bytes.prefix(bytes.count / 2).write(to: URL(filePath: raw("a.flac")))
        let source = try prepare().sources[0]
        #expect(source.rejection == .unreadable || source.warnings == [.truncated])
    }

    @Test func theDivisionIsByFileAndTheResultDoesNotDependOnThreads() throws {
        for index in 0..<12 { try raw.write(Sound.speech(seed: UInt64(index)), to: "s\(index % 3)/\(index).wav") }
        let threads = Compute.threads
        defer { Compute.threads = threads }
        Compute.threads = 4
        let manifest = try prepare { options in
            options.segment = 0.25
            options.minimum = 0.1
            options.validationShare = 0.3
        }
        for source in manifest.sources { #expect(Set(source.outputs.map(\.split)).count == 1) }
        #expect(Set(manifest.outputs.map(\.split)) == [.training, .validation])
        Compute.threads = 1
        let other = try TemporaryFolder()
        let again = try SpeechPreparation(inputs: [raw.path], output: other.path, options: manifest.options).run()
            .manifest
        #expect(again.outputs.map(\.path) == manifest.outputs.map(\.path))
        #expect(again.outputs.map(\.stamp.sha256) == manifest.outputs.map(\.stamp.sha256))
        #expect(again.outputs.map(\.split) == manifest.outputs.map(\.split))
    }

    @Test func inputsAreNeverChangedAndNeverOverlapTheOutput() throws {
        try raw.write(Sound.speech(), to: "in/a.wav")
        let before = FileStamp(raw("in/a.wav")).map { [$0] }
        try FileManager.default.createSymbolicLink(atPath: out("link"), withDestinationPath: raw("in"))
        for output in ["in", "in/out", "in/./../in/new/folder", "."] {
            #expect(throws: PreparationError.overlapping(input: raw("in"), output: raw(output))) {
                try SpeechPreparation(inputs: [raw("in")], output: raw(output)).run()
            }
        }
        #expect(throws: PreparationError.overlapping(input: raw("in"), output: out("link/new"))) {
            try SpeechPreparation(inputs: [raw("in")], output: out("link/new")).run()
        }
        _ = try SpeechPreparation(inputs: [raw("in")], output: raw("in2")).run()
        #expect(raw.files == ["in/a.wav", "in2/manifest.json", "in2/unknown/a.wav"])
        #expect(FileStamp(raw("in/a.wav")).map { [$0] } == before)
    }

    @Test func aFolderWithOtherFilesIsNotWrittenInto() throws {
        try raw.write(Sound.speech(), to: "a.wav")
        try out.write("{}", to: "manifest.json")
        #expect(throws: PreparationError.notEmpty(output: out.path)) { try prepare() }
        #expect(out.files == ["manifest.json"])
    }

    @Test func missingInputsAndNothingToReadAreErrors() throws {
        #expect(throws: PreparationError.missing(path: raw("none"))) {
            try SpeechPreparation(inputs: [raw("none")], output: out.path).run()
        }
        #expect(throws: PreparationError.nothing(inputs: [raw.path])) { try prepare() }
    }

    @Test func optionsThatMakeNoSenseAreErrors() throws {
        try raw.write(Sound.speech(), to: "a.wav")
        let changes: [(inout PreparationOptions) -> Void] = [
            { $0.sampleRate = 0 }, { $0.segment = 0 }, { $0.segment = .nan }, { $0.minimum = -1 },
            { $0.validationShare = 1 }, { $0.level = .loudness(.nan) }, { $0.trim = SilenceTrim(threshold: 3) },
        ]
        for change in changes { #expect(throws: PreparationError.self) { try prepare(change) } }
        #expect(out.files.isEmpty)
    }

    @Test func aPreparedFolderIsADataset() throws {
        for index in 0..<4 { try raw.write(Sound.speech(seconds: 2, seed: UInt64(index)), to: "anu/\(index).wav") }
        try raw.write("words", to: "bad.wav")
        let manifest = try prepare { options in
            options.segment = 0.5
            options.format = .flac
        }
        let dataset = try SpeechDataset.load(path: out.path, sampleRate: 16_000)
        #expect(dataset.training.count + dataset.validation.count == manifest.outputs.count)
        #expect(!dataset.training.isEmpty && dataset.validation.count == 4)
        #expect(dataset.skipped.map(\.path) == ["bad.wav"])
        let clip = dataset.validation[0]
        #expect(try clip.samples(in: 10..<clip.sampleCount) == Array(AudioFile.read(out(clip.name)).channels[0][10...]))
        #expect(throws: SpeechDataError.self) { try SpeechDataset.load(path: out.path, sampleRate: 24_000) }
        try FileManager.default.removeItem(atPath: out(clip.name))
        #expect(throws: SpeechDataError.missing(path: out(clip.name))) { try SpeechDataset.prepared(out.path) }
    }

    @Test func aHostileManifestLeadsNowhereElse() throws {
        try raw.write(Sound.speech(), to: "a.wav")
        _ = try prepare()
        let text = try String(contentsOfFile: out("manifest.json"), encoding: .utf8)
        for path in ["../a.wav", "..\u{2F}..", "/etc/passwd", "a.wav", "unknown/../a.wav"] {
            try out.write(text.replacingOccurrences(of: "unknown/a.wav", with: path), to: "manifest.json")
            #expect(throws: SpeechDataError.self) { try SpeechDataset.prepared(out.path) }
        }
        try out.write(text.replacingOccurrences(of: "\"version\" : 1", with: "\"version\" : 99"), to: "manifest.json")
        let error = #expect(throws: SpeechDataError.self) { try SpeechDataset.load(path: out.path, sampleRate: 16_000) }
        #expect(error.map { "\($0)".contains("99") } == true)
    }
}
