import Codec
import Foundation
import Testing

struct AudioFileTests {
    let folder: TestFolder

    init() throws { folder = try TestFolder() }

    @Test(arguments: [
        (AudioFileFormat.wav(.pcm8), 8), (.wav(.pcm16), 16), (.wav(.pcm24), 24), (.flac(.pcm8), 8), (.flac(.pcm16), 16),
        (.flac(.pcm24), 24),
    ])
    func integersSurviveWritingAndReading(format: AudioFileFormat, bits: Int) throws {
        let scale = Float(1 << (bits - 1))
        let exact = TestSignals.noise(seed: 1, channels: 2, count: 5_000)
        let onGrid = AudioSignal(
            channels: exact.channels.map { $0.map { ($0 * 1.9 * scale).rounded() / scale } + [-1, 1 - 1 / scale] },
            sampleRate: 22_050
        )
        try AudioFile.write(onGrid, to: folder.file("x"), format: format)
        #expect(try AudioFile.read(folder.file("x")) == onGrid)
    }

    @Test(arguments: [1, 2, 3, 6, 17, 256])
    func floatsSurviveWithNaNAndInfinity(channels: Int) throws {
        var values = TestSignals.noise(seed: 2, channels: channels, count: 777).channels
        values[0][5] = .nan
        values[channels - 1][6] = .infinity
        values[0][7] = -3.5
        let signal = AudioSignal(channels: values, sampleRate: 44_100)
        try AudioFile.write(signal, to: folder.file("x.wav"), format: .wav(.float32))
        let back = try AudioFile.read(folder.file("x.wav"))
        #expect(back.channelCount == channels && back.sampleRate == 44_100)
        #expect(
            zip(back.channels.joined(), values.joined()).allSatisfy { $0.bitPattern == $1.bitPattern || $0 == $1 }
        )
        #expect(back.channels[0][5].isNaN)
    }

    @Test func thirtyTwoBitIntegersAreCloserThanAFloat() throws {
        let signal = TestSignals.noise(seed: 3, channels: 1, count: 1_000)
        try AudioFile.write(signal, to: folder.file("x.wav"), format: .wav(.pcm32))
        let back = try AudioFile.read(folder.file("x.wav"))
        #expect(zip(back.channels[0], signal.channels[0]).allSatisfy { abs($0 - $1) <= 0x1p-31 })
    }

    @Test(arguments: ["x.ogg", "x.mp3"])
    func lossyFormatsKeepRateChannelsAndMostOfTheSound(name: String) throws {
        let tone = TestSignals.sine(440, sampleRate: 44_100, count: 44_100)
        let signal = AudioSignal(channels: [tone, tone.map { -$0 }], sampleRate: 44_100)
        try AudioFile.write(signal, to: folder.file(name))
        let back = try AudioFile.read(folder.file(name))
        #expect(back.sampleRate == 44_100 && back.channelCount == 2)
        #expect(abs(back.frameCount - 44_100) < 2_500)
        #expect(abs(back.rmsLevel - signal.rmsLevel) < 0.5)
    }

    @Test func outOfRangeSamplesAreClippedAndCounted() throws {
        let writer = try AudioFileWriter(folder.file("x.wav"), sampleRate: 8_000, channelCount: 1)
        try writer.write(AudioSignal(mono: [1.5, -2, .nan, .infinity, 0.25], sampleRate: 8_000))
        try writer.finish()
        #expect(writer.clippedSampleCount == 3)
        #expect(writer.nanSampleCount == 1)
        #expect(try AudioFile.read(folder.file("x.wav")).channels == [[32_767 / 32_768, -1, 0, 32_767 / 32_768, 0.25]])
    }

    @Test func oneSampleIsASignal() throws {
        for name in ["x.wav", "x.flac"] {
            try AudioFile.write(AudioSignal(mono: [0.5], sampleRate: 16_000), to: folder.file(name))
            #expect(try AudioFile.read(folder.file(name)).channels == [[0.5]])
        }
    }

    @Test(arguments: ["x.wav", "x.flac", "x.ogg", "x.mp3"])
    func aPartEqualsThatPartOfTheWhole(name: String) throws {
        let signal = TestSignals.noise(seed: 4, channels: 2, count: 100_000, sampleRate: 44_100)
        try AudioFile.write(signal, to: folder.file(name))
        let whole = try AudioFile.read(folder.file(name))
        for (start, count) in [(0, 10), (1, 70_000), (33_333, 1), (65_536, 20_000), (99_000, 5_000)] {
            let part = try AudioFile.read(folder.file(name), from: start, count: count)
            let expected = whole.segment(from: start, count: min(count, whole.frameCount - start))
            #expect(part == expected, "\(count) frames from \(start)")
        }
        #expect(throws: AudioFileError.noFrames(path: folder.file(name))) {
            try AudioFile.read(folder.file(name), from: whole.frameCount)
        }
    }

    @Test(arguments: [1, 100, 65_536, 70_000])
    func blocksAddUpToTheFile(blockLength: Int) throws {
        let signal = TestSignals.noise(seed: 5, channels: 3, count: blockLength == 1 ? 50 : 150_000)
        try AudioFile.write(signal, to: folder.file("x.wav"), format: .wav(.float32))
        let reader = try AudioFileReader(folder.file("x.wav"))
        #expect(reader.declaredFrameCount == signal.frameCount)
        var channels = [[Float]](repeating: [], count: 3)
        while let block = try reader.readBlock(frameCount: blockLength) {
            #expect(block.frameCount <= blockLength)
            for channel in 0..<3 { channels[channel] += block.channels[channel] }
        }
        #expect(channels == signal.channels)
        #expect(reader.position == signal.frameCount)
    }

    @Test func anUnfinishedFileLeavesNothingAndReplacesNothing() throws {
        let signal = TestSignals.noise(seed: 6, channels: 1, count: 100)
        try AudioFile.write(signal, to: folder.file("x.wav"), format: .wav(.float32))
        do {
            let writer = try AudioFileWriter(folder.file("x.wav"), sampleRate: 16_000, channelCount: 1)
            try writer.write(AudioSignal(mono: [1, 2, 3], sampleRate: 16_000))
        }
        #expect(try folder.contents == ["x.wav"])
        #expect(try AudioFile.read(folder.file("x.wav")) == signal)
    }

    @Test func theSameSamplesGiveTheSameFile() throws {
        let signal = TestSignals.noise(seed: 7, channels: 2, count: 1_000)
        for format in [AudioFileFormat.wav(.float32), .wav(.pcm16), .flac()] {
            try AudioFile.write(signal, to: folder.file("a"), format: format)
            try AudioFile.write(signal, to: folder.file("b"), format: format)
            #expect(try folder.bytes(of: "a") == folder.bytes(of: "b"))
        }
    }

    @Test func formatNamesArePrintable() throws {
        try AudioFile.write(AudioSignal(mono: [0], sampleRate: 8_000), to: folder.file("x.wav"))
        #expect(try AudioFileReader(folder.file("x.wav")).formatName == "WAV (Microsoft), Signed 16 bit PCM")
    }
}
