import Codec
import CodecTestSupport
import Testing

struct DistortionGoldenTests {
    @Test(arguments: 0..<4)
    func siSDRIsTheNegativeOfTheLossOfAudiotools(index: Int) throws {
        let golden = try Golden("audio")
        let value = SignalMetrics.siSDR(
            reference: try golden("sisdr.reference").values,
            degraded: try golden("sisdr.\(index).degraded").values
        )
        #expect(abs(value - Double(try golden("sisdr.\(index).value").values[0])) < 1e-3)
    }
}
