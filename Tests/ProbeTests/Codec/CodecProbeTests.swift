import Codec
import Foundation
import Probe
import Testing
import TrainingMetrics

@Suite struct CodecProbeTests {
    /// Something like speech: noise through a slow filter, with pauses.
    private func audio(seconds: Double = 2, rate: Int = 8_000, seed: UInt64 = 1) -> AudioSignal {
        var random = RandomSource(seed: seed)
        var (state, samples): (Float, [Float]) = (0, [])
        for index in 0..<Int(seconds * Double(rate)) {
            state = 0.7 * state + 0.3 * random.normal()
            samples.append(index / 1500 % 3 == 2 ? 0.001 * state : 0.5 * state)
        }
        return AudioSignal(mono: samples, sampleRate: rate)
    }

    private func report(_ codec: any NeuralCodec, _ signals: [AudioSignal]? = nil) throws -> CodecProbeReport {
        try CodecProbe.report(of: codec, name: "test", weights: .trained, audio: signals ?? [audio()], seed: 1)
    }

    @Test func aCodecThatWorksPassesItsAudio() throws {
        let report = try report(SampleCodec())
        #expect(report.correlation > 0.999 && report.snr > 25 && report.delay == 0)
        #expect(abs(report.amplitudeRatio - 1) < 0.01)
        #expect(try #require(report.correlationWithoutQuantizer) > 0.9999)
        #expect(report.nominalBitRate == 64_000)
        #expect(report.usedBitRate > 8_000 && report.usedBitRate < 64_000)
        #expect(report.latentChannels == 1 && abs(report.latentEffectiveRank - 1) < 1e-6)
        #expect(abs(report.chanceCorrelation) < 0.2)
        #expect(report.answer[0].contains("between audio and what comes back"))
    }

    @Test func delayGainAndPolarityAreFound() throws {
        let codec = SampleCodec()
        (codec.delay, codec.gain) = (57, -0.25)
        let report = try report(codec)
        #expect(report.delay == 57)
        #expect(report.correlation < -0.99)
        let answer = report.answer.joined(separator: "\n")
        #expect(answer.contains("57 samples late"))
        #expect(answer.contains("polarity"))
        #expect(answer.contains("12.0 dB too quiet"))
    }

    @Test func aCollapsedCodebookIsTheFault() throws {
        let codec = SampleCodec()
        codec.isCollapsed = true
        let report = try report(codec)
        #expect(report.stages[0].perplexity == 1 && report.usedBitRate == 0)
        let answer = report.answer.joined(separator: "\n")
        #expect(answer.contains("stage 1 uses 1 of 256 entries"))
        #expect(try #require(report.correlationWithoutQuantizer) > 0.99)
    }

    @Test func aDeafDecoderIsTheFault() throws {
        let codec = SampleCodec()
        codec.isDeaf = true
        let report = try report(codec)
        #expect(abs(report.correlation) < 0.1)
        #expect(report.answer[0].contains("encoder or the decoder"))
    }

    @Test func brokenWeightsAreSaid() throws {
        let codec = SampleCodec()
        codec.weight.assign(Tensor([1, .nan, 1], shape: [3]))
        #expect(
            try report(codec).answer == [
                "1 tensor of the model hold NaN or infinity (weight): nothing it decodes can be judged; go back to a checkpoint before the first NaN"
            ]
        )
    }

    @Test func silenceIsAnError() {
        let silence = AudioSignal(mono: [Float](repeating: 0, count: 16_000), sampleRate: 8_000)
        #expect(throws: CodecProbeError.silent) { try report(SampleCodec(), [silence]) }
    }

    @Test(arguments: [Float.nan, .infinity])
    func brokenAudioIsSaidAndDoesNotStop(value: Float) throws {
        var samples = audio().channels[0]
        samples[100] = value
        let report = try report(SampleCodec(), [AudioSignal(mono: samples, sampleRate: 8_000)])
        #expect(report.answer.contains { $0.contains("cannot be judged") || $0.contains("NaN") })
        var whole = ProbeReport(kind: .codec, seed: 1)
        whole.codec = report
        #expect(!(try whole.json()).isEmpty)
    }

    @Test func audioOfOtherRatesAndChannelsIsTaken() throws {
        let stereo = AudioSignal(
            channels: [[Float]](repeating: audio(rate: 22_050).channels[0], count: 2),
            sampleRate: 22_050
        )
        let report = try report(SampleCodec(), [stereo])
        #expect(report.correlation > 0.99)
        #expect(abs(report.seconds - 2) < 0.01)
    }

    @Test func audioThatIsMissingOrTooShortIsAnError() {
        #expect(throws: CodecProbeError.noAudio) { try report(SampleCodec(), []) }
        #expect(throws: CodecProbeError.tooShort(samples: 100, needed: 2_000)) {
            try report(SampleCodec(), [AudioSignal(mono: [Float](repeating: 0.1, count: 100), sampleRate: 8_000)])
        }
    }

    @Test func everyModelCanBeProbed() throws {
        var random = RandomSource(seed: 2)
        let dac = DACConfiguration(
            encoderDimension: 4,
            encoderRates: [2, 4],
            decoderDimension: 16,
            decoderRates: [4, 2],
            codebookCount: 3,
            codebookSize: 16,
            sampleRate: 8_000
        )
        var encodec = EnCodecConfiguration()
        encodec.network.filters = 4
        encodec.network.ratios = [4, 2]
        encodec.network.dimension = 6
        encodec.network.channels = 2
        encodec.normalizesLevel = true
        encodec.network.isCausal = false
        encodec.codebookCount = 4
        encodec.codebookSize = 16
        encodec.sampleRate = 8_000
        encodec.quantizer.kMeansIterations = nil
        let models: [any NeuralCodec] = [
            DAC(configuration: dac, using: &random), EnCodec(configuration: encodec, using: &random),
            TeluguCodec(configuration: .tiny, using: &random),
        ]
        for model in models {
            let report = try CodecProbe.report(of: model, name: "m", weights: .initial, audio: [audio()], seed: 1)
            #expect(report.stages.count == model.codebookCount && report.parameterCount == model.parameterCount)
            #expect(report.latentEffectiveRank >= 1 && report.latentEffectiveRank <= Double(report.latentChannels))
            #expect(report.layers.count > 8 && report.layers.allSatisfy { $0.gain > 0 })
            #expect(
                report.layers[0].name.hasPrefix("encoder.") && report.layers.last?.name.hasPrefix("decoder.") == true
            )
            #expect(report.answer[0].contains("random"))
            #expect(report.usedBitRate <= report.nominalBitRate)
        }
    }

    @Test func latentsGiveTheCodesAndTheAudioOfTheModel() throws {
        var random = RandomSource(seed: 2)
        let model = TeluguCodec(configuration: .tiny, using: &random)
        let audio = Tensor.normal([1, 1, 1600], deviation: 0.1, using: &random)
        let latents = try model.latents(of: audio)
        #expect(try model.codes(of: audio) == model.quantizer.encode(latents))
        #expect(try model.decode(latents: latents).values == model.decoder(latents).values)
        #expect(try model.decodedAgain(audio).values == model.decode(model.codes(of: audio)).values)
    }
}
