import Codec
import CodecTestSupport
import Testing

@Suite struct MelTests {
    struct Bank: Decodable {
        let rate: Int
        let size: Int
        let mels: Int
        let low: Double
        let high: Double
    }

    struct Spectrogram: Decodable {
        let rate: Int
        let length: Int
        let mels: Int
        let win: Int
    }

    @Test(arguments: 0..<4) func bandsEqualLibrosa(index: Int) throws {
        let golden = try Golden("spectral_mel")
        let parameters = try golden.parameters("slaney\(index)", as: Bank.self)
        let bank = MelFilterbank(
            sampleRate: parameters.rate,
            transformLength: parameters.size,
            bandCount: parameters.mels,
            minimumFrequency: parameters.low,
            maximumFrequency: parameters.high > 0 ? parameters.high : nil
        )
        let error = difference(bank.matrix, try golden("slaney\(index)"))
        #expect(error.relative < 1e-6, "\(error)")
    }

    @Test(arguments: 0..<3) func bandsEqualTorchaudio(index: Int) throws {
        let golden = try Golden("spectral_mel")
        let parameters = try golden.parameters("htk\(index)", as: Bank.self)
        let bank = MelFilterbank(
            sampleRate: parameters.rate,
            transformLength: parameters.size,
            bandCount: parameters.mels,
            minimumFrequency: parameters.low,
            maximumFrequency: parameters.high > 0 ? parameters.high : nil,
            scale: .htk,
            normalization: .none
        )
        // torchaudio computes the triangles in float32.
        let error = difference(bank.matrix, try golden("htk\(index)"))
        #expect(error.largest < 2e-4, "\(error)")
    }

    @Test(arguments: 0..<4) func spectrogramsEqualAudiotools(index: Int) throws {
        let golden = try Golden("spectral_mel")
        let parameters = try golden.parameters("mel\(index)", as: Spectrogram.self)
        let mel = MelSpectrogram.audiotools(
            sampleRate: parameters.rate,
            bandCount: parameters.mels,
            windowLength: parameters.win > 0 ? parameters.win : nil
        )
        try golden.expect("mel\(index)", tolerance: 5e-6) { mel($0) }
    }

    @Test func scalesAreTheirOwnInverse() {
        for scale in [MelScale.slaney, .htk] {
            for hertz in [0.0, 12, 999, 1000, 1001, 4321, 22050] {
                #expect(abs(scale.hertz(mel: scale.mel(hertz: hertz)) - hertz) < 1e-9 * max(1, hertz))
            }
        }
    }
}
