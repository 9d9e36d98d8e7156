import Codec
import Testing

struct TeluguSpeechTests {
    @Test(arguments: ["boat", "rain", "clock"])
    func shippedSpeechIsTwoToThreeSecondsOfAudibleMono(name: String) throws {
        let speech = try AudioFile.read(AudioFixtures.path("telugu/\(name).flac"))
        #expect(speech.sampleRate == 16_000 && speech.channelCount == 1)
        #expect((2...3).contains(speech.duration))
        #expect(abs(speech.peak - 0.5) < 1e-3)
        #expect((-30 ... -15).contains(speech.loudness))
    }

    @Test func speechSurvivesResamplingThereAndBack() throws {
        let speech = try AudioFile.read(AudioFixtures.path("telugu/boat.flac"))
        let back = try speech.resampled(to: 44_100).resampled(to: 16_000).segment(from: 0, count: speech.frameCount)
        let comparison = try SignalComparison(reference: speech, degraded: back)
        #expect(comparison.delay == 0 && comparison.siSDR > 25 && abs(comparison.loudnessDifference) < 0.05)
    }
}
