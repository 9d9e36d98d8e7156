import Codec
import CodecTestSupport
import Testing

/// Differentiable resampling against julius and against the resampler of streams.
@Suite struct SincResamplingTests {
    @Test(arguments: [(2, 1), (8000, 2666), (16_000, 44_100), (44_100, 4009), (3, 7)])
    func valuesAndGradientsAreThoseOfJulius(old: Int, new: Int) throws {
        let golden = try Golden("discriminators")
        let signal = HashedNumbers.uniform("resampling", [3, 1, 301])
        let x = Tensor(signal.values, shape: signal.shape, requiresGradient: true)
        let y = x.sincResampled(from: old, to: new)
        let reference = try golden("resampled.\(old).\(new)")
        #expect(difference(y, reference).relative < 1e-4, "\(difference(y, reference))")
        (HashedNumbers.uniform("weights", y.shape) * y).sum().backward()
        let gradient = try #require(x.gradient)
        let distance = difference(gradient, try golden("resampled.\(old).\(new).gradient"))
        #expect(distance.relative < 1e-4, "\(distance)")
    }

    @Test(arguments: [(44_100, 22_050), (44_100, 16_000), (8000, 44_100)])
    func streamsGiveTheSame(old: Int, new: Int) {
        let signal = HashedNumbers.uniform("stream", [1, 1, 2000])
        var resampler = SincResampler(from: old, to: new, channelCount: 1)
        let streamed = resampler.process([signal.values])[0] + resampler.finish()[0]
        let whole = signal.sincResampled(from: old, to: new)
        #expect(difference(whole, Tensor(streamed, shape: [1, 1, streamed.count])).largest < 1e-6)
    }

    @Test func gradientsAreFiniteDifferences() {
        let x = HashedNumbers.uniform("x", [2, 1, 40])
        #expect(GradientCheck.largestError(of: [x]) { $0[0].sincResampled(from: 3, to: 2) } < 1e-2)
    }

    @Test func constantsStayAndEqualRatesChangeNothing() {
        let constant = Tensor(repeating: 0.25, shape: [1, 1, 50])
        #expect(constant.sincResampled(from: 7, to: 5).values.allSatisfy { abs($0 - 0.25) < 1e-6 })
        #expect(constant.sincResampled(from: 5, to: 5) === constant)
        #expect(constant.sincResampled(from: 100, to: 1).shape == [1, 1, 0])
    }

    @Test func nanReachesItsWindowAndNoOtherItem() {
        var values = HashedNumbers.uniform("nan", [2, 1, 600]).values
        values[300] = .nan
        let y = Tensor(values, shape: [2, 1, 600]).sincResampled(from: 2, to: 1)
        #expect(y.values[150].isNaN)
        #expect(y.values[..<120].allSatisfy(\.isFinite) && y.values[180...].allSatisfy(\.isFinite))
    }
}
