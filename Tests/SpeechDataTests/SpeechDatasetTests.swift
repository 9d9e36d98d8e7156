import Codec
import Foundation
import Testing

@testable import SpeechData

struct SpeechDatasetTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func everyAudioFileOfAFolderIsAClipWithItsSpeaker() throws {
        try folder.write(Sound.speech(), to: "anu/one.wav")
        try folder.write(Sound.speech(), to: "anu/deep/two.flac")
        try folder.write(Sound.speech(), to: "three.WAV")
        try folder.write(Sound.speech(), to: ".hidden.wav")
        try folder.write("words", to: "anu/one.txt")
        let dataset = try SpeechDataset.load(path: folder.path, sampleRate: 16_000, validationShare: 0)
        #expect(dataset.training.map(\.name) == ["anu/deep/two.flac", "anu/one.wav", "three.WAV"])
        #expect(dataset.training.map(\.speaker) == ["anu", "anu", ""])
        #expect(dataset.training.allSatisfy { $0.sampleCount == 16_000 })
        #expect(dataset.validation.isEmpty && dataset.skipped.isEmpty)
    }

    @Test(arguments: ["wav", "flac"]) func piecesOfALosslessFileAreItsSamples(format: String) throws {
        let samples = Sound.ramp(-16_000..<16_000)
        try folder.write(samples, to: "a.\(format)")
        let clip = try SpeechDataset.folder(folder.path, sampleRate: 16_000).training[0]
        for range in [0..<10, 31_990..<32_000, 12_345..<23_456, 5..<5] {
            #expect(try clip.samples(in: range) == Array(samples[range]))
        }
    }

    @Test(arguments: ["mp3", "ogg"]) func aLossyFileIsAsLongAsItSays(format: String) throws {
        try folder.write(Sound.speech(seconds: 2), to: "a.\(format)")
        let clip = try SpeechDataset.folder(folder.path, sampleRate: 16_000).training[0]
        #expect(abs(clip.sampleCount - 32_000) < 3_000)
        #expect(try clip.samples(in: (clip.sampleCount - 100)..<clip.sampleCount).count == 100)
        #expect(try clip.samples(in: 9_000..<9_500) == clip.samples(in: 9_000..<9_500))
    }

    @Test func channelsAreAveraged() throws {
        let channels: [[Float]] = [[0.5, 0.25, 0], [0.25, 0.25, -0.5]]
        try folder.write(AudioSignal(channels: channels, sampleRate: 16_000), to: "a.wav")
        let clip = try SpeechDataset.folder(folder.path, sampleRate: 16_000).training[0]
        #expect(try clip.samples(in: 0..<3) == [0.375, 0.25, -0.25])
    }

    @Test func filesOfAnotherRateAreRefusedWithAdvice() throws {
        try folder.write(Sound.speech(), to: "a.wav")
        try folder.write(Sound.speech(), to: "b.wav", sampleRate: 44_100)
        let error = try #require(throws: SpeechDataError.self) {
            try SpeechDataset.folder(folder.path, sampleRate: 16_000)
        }
        #expect(
            error
                == .sampleRate(folder: folder.path, example: "b.wav", found: 44_100, wanted: 16_000, count: 1)
        )
        #expect("\(error)".contains("codec-doctor prepare"))
    }

    @Test func unusableFilesAreToldAndAFolderOfThemIsAnError() throws {
        try folder.write("not audio", to: "bad.wav")
        #expect(throws: SpeechDataError.self) { try SpeechDataset.folder(folder.path, sampleRate: 16_000) }
        try folder.write(Sound.speech(), to: "good.wav")
        let dataset = try SpeechDataset.folder(folder.path, sampleRate: 16_000)
        #expect(dataset.training.map(\.name) == ["good.wav"])
        #expect(dataset.skipped.map(\.path) == ["bad.wav"])
    }

    @Test func aPathThatIsNoFolderIsAnError() throws {
        try folder.write(Sound.speech(), to: "a.wav")
        #expect(throws: SpeechDataError.missing(path: folder("none"))) {
            try SpeechDataset.load(path: folder("none"), sampleRate: 16_000)
        }
        #expect(throws: SpeechDataError.notAFolder(path: folder("a.wav"))) {
            try SpeechDataset.load(path: folder("a.wav"), sampleRate: 16_000)
        }
    }

    @Test(arguments: ["vanished", "shrunk", "resampled", "no audio"])
    func aFileThatChangesDuringTrainingIsAnError(change: String) throws {
        try folder.write(Sound.speech(seconds: 2), to: "a.wav")
        let clip = try SpeechDataset.folder(folder.path, sampleRate: 16_000).training[0]
        switch change {
        case "vanished": try FileManager.default.removeItem(atPath: folder("a.wav"))
        case "shrunk": try folder.write(Sound.speech(), to: "a.wav")
        case "resampled": try folder.write(Sound.speech(seconds: 2), to: "a.wav", sampleRate: 8000)
        default: try folder.write("words", to: "a.wav")
        }
        let batches = SpeechBatches(clips: [clip], batchSize: 1, segmentLength: 30_000, seed: 1)
        let error = #expect(throws: SpeechDataError.self) { try batches.batch(step: 0) }
        #expect(error.map { "\($0)".contains(folder("a.wav")) } == true)
    }

    @Test func aCutOffFileCountsWhatIsThere() throws {
        try folder.write(Sound.speech(seconds: 4), to: "a.flac")
        let bytes = try Data(contentsOf: URL(filePath: folder("a.flac")))
        try bytes.prefix(bytes.count / 2).write(to: URL(filePath: folder("a.flac")))
        try folder.write(Sound.speech(), to: "b.wav")
        let dataset = try SpeechDataset.folder(folder.path, sampleRate: 16_000, validationShare: 0)
        for clip in dataset.training {
            #expect(try clip.samples(in: 0..<clip.sampleCount).count == clip.sampleCount)
        }
        #expect(dataset.training.count + dataset.skipped.count == 2)
    }

    @Test func linksThatGoInCirclesEnd() throws {
        try folder.write(Sound.speech(), to: "anu/a.wav")
        try FileManager.default.createSymbolicLink(atPath: folder("anu/up"), withDestinationPath: "..")
        #expect(try AudioFileTree(folder.path).files == ["anu/a.wav"])
    }
}
