import Codec
import CodecTestSupport
import Testing

/// Windows, stereo, unchunked signals, as the dac package's compress and decompress code them.
@Suite struct DACChunkTests {
    static let cases = ["window", "two", "just", "exact", "short", "none", "stereo", "rate", "loud"]

    /// The golden model, and a case's signal after resampling as `[channel][sample]`.
    private func load(_ name: String) throws -> (golden: Golden, model: DAC, signal: [[Float]], window: Double?) {
        let golden = try Golden("dac_chunks")
        let model = try DAC(
            configuration: DACGolden.evenConfiguration,
            weights: golden.stateDictionary(prefix: "state.")
        )
        let signal = try channels(golden(name + ".resampled"))
        let window = try #require(golden.metadata[name + ".window"].flatMap(Double.init))
        return (golden, model, signal, window == 0 ? nil : window)
    }

    private func channels(_ tensor: Tensor) -> [[Float]] {
        let length = tensor.shape[tensor.rank - 1]
        let values = tensor.values
        return (0..<(tensor.count / length)).map { Array(values[($0 * length)..<(($0 + 1) * length)]) }
    }

    /// The package's level steps, from the loudness it measured: −16 LUFS, then no peak over 1.
    private func leveled(_ signal: [[Float]], loudness: Float) -> [[Float]] {
        let gain = Tensor((-16 - loudness) * 0.115_129_255).exponential().item
        return signal.map { channel in
            let scaled = channel.map { $0 * gain }
            let peak = scaled.map(abs).max() ?? 0
            return peak > 1 ? scaled.map { $0 * (1 / peak) } : scaled
        }
    }

    @Test(arguments: cases, [7, 500, 1_000_000])
    func codesEqualThePackagesHoweverTheSignalArrives(_ name: String, _ blockLength: Int) throws {
        let (golden, model, signal, window) = try load(name)
        let audio = leveled(signal, loudness: try golden(name + ".input_db").values[0])
        for (codebooks, key) in [(nil, ".codes"), (2, ".fewer")] as [(Int?, String)] {
            let encoder = try DACChunkedEncoder(
                model: model,
                channelCount: audio.count,
                window: window,
                codebooks: codebooks
            )
            var position = 0
            let result = try encoder.encode {
                guard position < audio[0].count else { return nil }
                let end = min(audio[0].count, position + blockLength)
                defer { position = end }
                return audio.map { Array($0[position..<end]) }
            }
            #expect(equal(result.codes, try golden(name + key)))
            #expect(result.chunkLength == golden.metadata[name + ".chunk_length"].flatMap(Int.init))
            #expect(result.isPadded == (golden.metadata[name + ".padding"] == "1"))
            #expect(model.usesPadding)
        }
    }

    @Test(arguments: cases)
    func decodedChunksEqualThePackages(_ name: String) throws {
        let (golden, model, _, _) = try load(name)
        let stored = try golden(name + ".codes")
        let codes = Codes(
            batch: stored.shape[0],
            stages: stored.shape[1],
            frames: stored.shape[2],
            values: stored.values.map { Int32($0) }
        )
        let decoder = try DACChunkedDecoder(
            model: model,
            codes: codes,
            chunkLength: try #require(golden.metadata[name + ".chunk_length"].flatMap(Int.init)),
            isPadded: golden.metadata[name + ".padding"] == "1"
        )
        var audio = [[Float]](repeating: [], count: codes.batch)
        while let block = try decoder.next() {
            for channel in block.indices { audio[channel] += block[channel] }
        }
        let reference = try golden(name + ".raw")
        #expect(audio[0].count == decoder.sampleCount)
        let difference = difference(Tensor(audio.flatMap { $0 }, shape: reference.shape), reference)
        #expect(difference.relative < 1e-4, "\(difference)")
    }

    @Test func windowsWithoutRoomAreNamed() throws {
        let (_, model, _, _) = try load("short")
        for duration in [0, -1, .nan, .infinity, 0.001] {
            #expect(throws: CodecError.self) { try DACWindow(model: model, duration: duration) }
        }
        do throws(CodecError) {
            _ = try DACWindow(model: model, duration: 0.001)
        } catch {
            guard case .window(_, let needed) = error else { return }
            #expect(try DACWindow(model: model, duration: Double(needed) / 16_000).step >= 1)
        }
    }

    @Test(arguments: [0.01, 1, 1e12, .infinity])
    func aSignalNotLongerThanTheWindowIsCodedWholeWhateverTheContext(window: Double) throws {
        let (golden, model, _, _) = try load("short")
        let samples = try golden("short.input").values
        let signal = AudioSignal(mono: samples, sampleRate: 16_000)
        let whole = try model.compress(signal, window: nil)
        #expect(try model.compress(signal, window: window) == whole)
        #expect(throws: CodecError.self) { try DACWindow(model: model, duration: 0.01) }
        let longer = AudioSignal(mono: samples + samples, sampleRate: 16_000)
        #expect(throws: CodecError.self) { try model.compress(longer, window: 0.01) }
        for wrong in [0, -1, .nan] {
            #expect(throws: CodecError.self) { try model.compress(signal, window: wrong) }
        }
    }

    @Test(arguments: [1, 7, 1000, 5000])
    func windowsFartherApartThanTheirLengthAreCodedLikeSingleOnes(blockLength: Int) throws {
        var random = RandomSource(seed: 2)
        let configuration = DACConfiguration(
            encoderDimension: 2,
            encoderRates: [2],
            decoderDimension: 4,
            decoderRates: [8],
            codebookCount: 2,
            codebookSize: 16,
            codebookDimension: 4,
            sampleRate: 8000
        )
        let model = DAC(configuration: configuration, using: &random)
        let samples = (0..<5000).map { _ in random.normal() }
        let window = try DACWindow(model: model, duration: 0.1)
        try #require(window.step > window.length)
        let encoder = try DACChunkedEncoder(model: model, channelCount: 1, window: 0.1)
        for start in stride(from: 0, to: samples.count, by: blockLength) {
            try encoder.add([Array(samples[start..<min(samples.count, start + blockLength)])])
        }
        let result = try encoder.finish()

        let zeros = [Float](repeating: 0, count: window.delay)
        let padded = zeros + samples + zeros + [Float](repeating: 0, count: window.length)
        model.usesPadding = false
        let parts = try stride(from: 0, to: samples.count, by: window.step).map { start in
            let piece = Array(padded[start..<(start + window.length)])
            return try model.codes(of: Tensor(piece, shape: [1, 1, piece.count]))
        }
        #expect(result.codes == Codes.joined(parts))
    }

    @Test func audioOfTooFewFramesForTheDecoderIsNamed() throws {
        var random = RandomSource(seed: 2)
        let configuration = DACConfiguration(
            encoderDimension: 2,
            encoderRates: [1, 5],
            decoderDimension: 4,
            decoderRates: [1, 5],
            codebookCount: 1,
            codebookSize: 4,
            codebookDimension: 2
        )
        let model = DAC(configuration: configuration, using: &random)
        #expect(throws: CodecError.self) { try model.reconstruct(Tensor(repeating: 0.1, shape: [1, 1, 4])) }
    }

    @Test func brokenCodesAreNamed() throws {
        let (_, model, _, _) = try load("short")
        func make(_ stages: Int, _ frames: Int, _ value: Int32) -> Codes {
            Codes(batch: 1, stages: stages, frames: frames, values: [Int32](repeating: value, count: stages * frames))
        }
        #expect(throws: CodecError.stages(found: 4, available: 3)) { try model.decode(make(4, 9, 0)) }
        #expect(throws: CodecError.index(32, codebookSize: 32)) { try model.decode(make(3, 9, 32)) }
        #expect(throws: CodecError.index(-1, codebookSize: 32)) { try model.decode(make(3, 9, -1)) }
        #expect(throws: CodecError.self) {
            try DACChunkedDecoder(model: model, codes: make(3, 9, 0), chunkLength: 0, isPadded: true)
        }
        #expect(throws: CodecError.tooFewFrames(2)) {
            try DACChunkedDecoder(model: model, codes: make(3, 42, 0), chunkLength: 40, isPadded: false)
        }
        #expect(throws: CodecError.emptyCodes) { try model.quantizer.decode(make(3, 0, 0)) }
    }
}
