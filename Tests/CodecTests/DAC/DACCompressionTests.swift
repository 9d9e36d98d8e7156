import CodecTestSupport
import Testing

@testable import Codec

/// `.dac` files against the dac package's own compress and decompress, level, resampling and all.
@Suite struct DACCompressionTests {
    private func load(_ name: String) throws -> (golden: Golden, model: DAC, signal: AudioSignal, window: Double?) {
        let golden = try Golden("dac_chunks")
        let model = try DAC(
            configuration: DACGolden.evenConfiguration,
            weights: golden.stateDictionary(prefix: "state.")
        )
        let input = try golden(name + ".input")
        let rate = try #require(golden.metadata[name + ".rate"].flatMap(Int.init))
        let window = try #require(golden.metadata[name + ".window"].flatMap(Double.init))
        let (length, values) = (input.shape[2], input.values)
        let channels = (0..<input.shape[1]).map { Array(values[($0 * length)..<(($0 + 1) * length)]) }
        return (golden, model, AudioSignal(channels: channels, sampleRate: rate), window == 0 ? nil : window)
    }

    private func package(_ golden: Golden, _ name: String, _ signal: AudioSignal) throws -> DACFile {
        let codes = try golden(name + ".codes")
        return DACFile(
            codes: Codes(
                batch: codes.shape[0],
                stages: codes.shape[1],
                frames: codes.shape[2],
                values: codes.values.map { Int32($0) }
            ),
            chunkLength: try #require(golden.metadata[name + ".chunk_length"].flatMap(Int.init)),
            originalLength: signal.frameCount,
            inputLoudness: try golden(name + ".input_db").values,
            channelCount: signal.channelCount,
            sampleRate: signal.sampleRate,
            isPadded: golden.metadata[name + ".padding"] == "1"
        )
    }

    @Test(arguments: DACChunkTests.cases)
    func filesEqualThePackages(_ name: String) throws {
        let (golden, model, signal, window) = try load(name)
        let reference = try package(golden, name, signal)
        let file = try model.compress(signal, window: window)
        #expect(abs(file.inputLoudness[0] - reference.inputLoudness[0]) < 1e-3)
        #expect(file.codes == reference.codes)
        #expect(file.chunkLength == reference.chunkLength)
        #expect(file.originalLength == reference.originalLength)
        #expect(file.isPadded == reference.isPadded)
        let fewer = try model.compress(signal, window: window, codebooks: 2)
        #expect(equal(fewer.codes, try golden(name + ".fewer")))
    }

    @Test(arguments: DACChunkTests.cases)
    func restoredSignalsEqualThePackages(_ name: String) throws {
        let (golden, model, signal, _) = try load(name)
        let restored = try model.decompress(package(golden, name, signal))
        let reference = try golden(name + ".output")
        #expect(restored.sampleRate == signal.sampleRate)
        let difference = difference(Tensor(restored.channels.flatMap { $0 }, shape: reference.shape), reference)
        #expect(difference.relative < 1e-4, "\(difference)")
    }

    @Test func longSignalsPassThroughATemporaryFileUnchanged() throws {
        var random = RandomSource(seed: 1)
        let model = DAC(configuration: .tiny, using: &random)
        let samples = (0..<40_000).map { _ in 0.1 * random.normal() }
        let file = try model.compress(
            AudioSignal(channels: [samples, samples.reversed()], sampleRate: 16_000),
            window: 0.1
        )
        let whole = try model.decompress(file)
        var seen: [DACProgress] = []
        var count = 0
        try model.decompress(file, progress: { seen.append($0) }) { count += $0[0].count }
        #expect(count == 40_000)
        #expect(seen.count == file.codes.frames / file.chunkLength)
        #expect(whole.frameCount == 40_000)
        let spool = SampleSpool(channelCount: 2, limit: 1000)
        for start in stride(from: 0, to: 40_000, by: 3001) {
            try spool.add(whole.channels.map { Array($0[start..<min(40_000, start + 3001)]) })
        }
        for _ in 0..<2 {
            var again = [[Float]](repeating: [], count: 2)
            try spool.read { for channel in 0..<2 { again[channel] += $0[channel] } }
            #expect(again == whole.channels)
        }
    }

    @Test func oddStridesLeaveZerosAtTheEnd() throws {
        let (_, model) = try DACGolden.odd.load()
        var random = RandomSource(seed: 2)
        let signal = AudioSignal(mono: (0..<3000).map { _ in random.normal() }, sampleRate: model.sampleRate)
        let file = try model.compress(signal)
        let restored = try model.decompress(file)
        #expect(restored.frameCount == 3000)
        let decoded = try #require(model.decodedLength(frames: 100))
        #expect(decoded < 3000)
        #expect(restored.channels[0][decoded...].allSatisfy { $0 == 0 })
    }

    @Test func claimsBeyondTheCodesAreRefused() throws {
        let (golden, model, signal, _) = try load("short")
        var file = try package(golden, "short", signal)
        file.originalLength = 1 << 60
        #expect(throws: CodecError.self) { try model.decompress(file) }
        file.originalLength = signal.frameCount
        file.codes = Codes(batch: 1, stages: 1, frames: 2, values: [0, 32])
        #expect(throws: CodecError.index(32, codebookSize: 32)) { try model.decompress(file) }
    }

    @Test func emptyAndBrokenSignalsGiveAnErrorOrNaN() throws {
        let (_, model, _, _) = try load("short")
        #expect(throws: CodecError.self) { try model.compress(AudioSignal(mono: [], sampleRate: 16_000)) }
        #expect(try model.compress(AudioSignal(mono: [0.5], sampleRate: 16_000)).codes.frames == 1)
        let broken = AudioSignal(mono: [Float](repeating: .nan, count: 900), sampleRate: 16_000)
        #expect(try model.compress(broken).codes.values.allSatisfy { $0 == 0 })
    }
}
