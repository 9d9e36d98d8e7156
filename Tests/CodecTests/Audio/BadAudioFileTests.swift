import Codec
import Foundation
import Testing

struct BadAudioFileTests {
    let folder: TestFolder

    init() throws { folder = try TestFolder() }

    /// The bytes of a small stereo file in a format.
    private func sample(_ name: String, frames: Int = 3_000) throws -> [UInt8] {
        let signal = TestSignals.noise(seed: 31, channels: 2, count: frames, sampleRate: 44_100)
        try AudioFile.write(signal, to: folder.file(name))
        return try folder.bytes(of: name)
    }

    @Test func whatIsNoAudioIsSaidInOneSentence() throws {
        let missing = folder.file("missing.wav")
        #expect(throws: AudioFileError.missing(path: missing)) { try AudioFile.read(missing) }
        #expect(throws: AudioFileError.notAFile(path: folder.path)) { try AudioFile.read(folder.path) }
        #expect(throws: AudioFileError.missing(path: "-")) { try AudioFile.read("-") }
        let empty = try folder.write([], as: "empty.wav")
        #expect(throws: AudioFileError.empty(path: empty)) { try AudioFile.read(empty) }
        for (name, bytes) in [("text.wav", Array("no audio".utf8)), ("zeros.wav", [UInt8](repeating: 0, count: 5_000))]
        {
            let path = try folder.write(bytes, as: name)
            let error = #expect(throws: AudioFileError.self) { try AudioFile.read(path) }
            #expect("\(try #require(error))".contains("is not audio that can be read"))
        }
    }

    @Test func aHeaderWithoutSamplesIsSaidToBeThat() throws {
        let bytes = try sample("x.wav")
        let path = try folder.write(Array(bytes.prefix(44)), as: "header.wav")
        #expect(throws: AudioFileError.noFrames(path: path)) { try AudioFile.read(path) }
    }

    @Test(arguments: ["x.wav", "x.flac", "x.ogg", "x.mp3"])
    func everyTruncationIsAnErrorOrAShorterSignal(name: String) throws {
        let bytes = try sample(name)
        for length in stride(from: 1, to: bytes.count, by: max(1, bytes.count / 60)) {
            let path = try folder.write(Array(bytes.prefix(length)), as: "cut-" + name)
            if let signal = try? AudioFile.read(path) {
                #expect(signal.frameCount <= 3_000 && signal.channelCount == 2)
            } else {
                #expect(throws: AudioFileError.self) { try AudioFile.read(path) }
            }
        }
    }

    @Test func soundFramesBeforeDamageAreDelivered() throws {
        let whole = TestSignals.noise(seed: 32, channels: 1, count: 100_000)
        try AudioFile.write(whole, to: folder.file("x.flac"))
        let bytes = try folder.bytes(of: "x.flac")
        let path = try folder.write(Array(bytes.prefix(bytes.count * 9 / 10)), as: "cut.flac")
        let expected = try AudioFile.read(folder.file("x.flac"))
        let reader = try AudioFileReader(path)
        var delivered: [Float] = []
        #expect(throws: AudioFileError.self) {
            while let block = try reader.readBlock(frameCount: 30_000) { delivered += block.channels[0] }
        }
        #expect(delivered.count > 80_000 && delivered == Array(expected.channels[0].prefix(delivered.count)))
        #expect(reader.missingFrameCount == 100_000 - delivered.count)
        #expect(throws: AudioFileError.self) { try AudioFile.read(path) }
        #expect(try AudioFile.read(path, from: 10, count: 20_000) == expected.segment(from: 10, count: 20_000))
    }

    @Test func absurdLengthsInHeadersReserveNothing() throws {
        var wav = try sample("x.wav")
        for index in [4, 5, 6, 7, 40, 41, 42, 43] { wav[index] = 0xFF }
        #expect(try AudioFile.read(folder.write(wav, as: "huge.wav")).frameCount == 3_000)
        var flac = try sample("x.flac")
        flac[21] |= 0x0F
        for index in 22..<26 { flac[index] = 0xFF }
        let path = try folder.write(flac, as: "huge.flac")
        let reader = try AudioFileReader(path)
        #expect(reader.declaredFrameCount == 68_719_476_735)
        #expect(try reader.readBlock(frameCount: .max)?.frameCount == 3_000)
        for index in 22..<26 { flac[index] = 0 }
        flac[21] &= 0xF0
        let unknown = try AudioFileReader(folder.write(flac, as: "unknown.flac"))
        #expect(unknown.declaredFrameCount == nil)
        #expect(try unknown.readBlock()?.frameCount == 3_000)
    }

    @Test(arguments: [
        (22, [0x00, 0x04]), (22, [0, 0]), (24, [0xFF, 0xFF, 0xFF, 0x7F]), (24, [0, 0, 0, 0]), (34, [0, 0]),
    ])
    func absurdFormatsAreRefused(offset: Int, bytes: [Int]) throws {
        var wav = try sample("x.wav")
        for (index, byte) in bytes.enumerated() { wav[offset + index] = UInt8(byte) }
        let path = try folder.write(wav, as: "bad.wav")
        #expect(throws: AudioFileError.self) { try AudioFile.read(path) }
    }

    @Test(arguments: ["x.wav", "x.flac", "x.ogg"])
    func mutatedFilesNeverStopTheProgram(name: String) throws {
        let bytes = try sample(name)
        var random = RandomSource(seed: 41)
        for round in 0..<150 {
            var mutated = bytes
            for _ in 0..<(1 + Int(random.next() % 8)) {
                // Headers are where readers go wrong: half of the changes are there.
                let reach = random.next() % 2 == 0 ? min(200, mutated.count) : mutated.count
                mutated[Int(random.next() % UInt64(reach))] = UInt8(truncatingIfNeeded: random.next())
            }
            if round % 5 == 0 { mutated.removeLast(Int(random.next() % UInt64(mutated.count))) }
            let path = try folder.write(mutated, as: "mutated-" + name)
            do {
                let reader = try AudioFileReader(path)
                var frames = 0
                while frames < 1_000_000, let block = try reader.readBlock() { frames += block.frameCount }
            } catch {
                #expect(!"\(error)".isEmpty)
            }
        }
    }

    @Test func whatAFormatCannotHoldIsRefusedBeforeWriting() throws {
        let mp3 = folder.file("x.mp3")
        #expect(throws: AudioFileError.self) { try AudioFileWriter(mp3, sampleRate: 96_000, channelCount: 1) }
        #expect(throws: AudioFileError.self) { try AudioFileWriter(mp3, sampleRate: 44_100, channelCount: 6) }
        #expect(throws: AudioFileError.self) {
            try AudioFileWriter(folder.file("x.flac"), sampleRate: 16_000, channelCount: 9)
        }
        #expect(throws: AudioFileError.self) {
            try AudioFileWriter(folder.file("x.docx"), sampleRate: 16_000, channelCount: 1)
        }
        #expect(throws: AudioFileError.self) {
            try AudioFileWriter(folder.file("none/x.wav"), sampleRate: 16_000, channelCount: 1)
        }
        #expect(throws: AudioFileError.noFrames(path: folder.file("x.wav"))) {
            try AudioFile.write(AudioSignal(mono: [], sampleRate: 16_000), to: folder.file("x.wav"))
        }
        #expect(try folder.contents.isEmpty)
    }
}
