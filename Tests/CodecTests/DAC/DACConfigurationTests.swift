import Codec
import Testing

@Suite struct DACConfigurationTests {
    @Test(arguments: [
        (DACConfiguration.dac44kHz, 76_651_890), (.dac24kHz, 74_708_706), (.dac16kHz, 74_175_906),
        (.dac44kHz16kbps, 64_213_250),
        (DACConfiguration(decoderDimension: 512), 31_014_194), (DACConfiguration(decoderDimension: 1024), 49_048_914),
    ])
    func parameterCountsAreThoseOfTheReleasedModels(_ configuration: DACConfiguration, _ count: Int) throws {
        try configuration.validate()
        #expect(configuration.parameterCount == count)
    }

    @Test func modelsHaveAsManyParametersAsTheirConfigurationSays() {
        var random = RandomSource(seed: 1)
        for configuration in [DACConfiguration.tiny, DACGolden.odd.configuration] {
            #expect(DAC(configuration: configuration, using: &random).parameterCount == configuration.parameterCount)
        }
    }

    @Test(arguments: [
        DACConfiguration(encoderRates: []), DACConfiguration(encoderRates: [2, 0]),
        DACConfiguration(decoderDimension: 8, decoderRates: [2, 2, 2, 2]), DACConfiguration(codebookCount: 0),
        DACConfiguration(codebookSize: 1 << 40), DACConfiguration(encoderRates: [Int](repeating: 2, count: 60)),
        DACConfiguration(latentDimension: 1 << 20, decoderDimension: 1 << 20), DACConfiguration(sampleRate: -1),
        DACConfiguration(quantizerDropout: .nan), DACConfiguration(decoderRates: [Int](repeating: 1024, count: 4)),
    ])
    func unusableSizesAreNamed(_ configuration: DACConfiguration) {
        #expect(throws: CodecError.self) { try configuration.validate() }
        #expect(throws: CodecError.self) { try DAC(configuration: configuration, weights: StateDictionary()) }
    }
}
