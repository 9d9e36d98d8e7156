import Codec
import CodecTestSupport
import Foundation
import Testing

/// What a golden case was made with.
struct STFTCase: Decodable {
    let length: Int
    let size: Int
    let hop: Int
    let win: Int
    let window: String
    let center: Bool
    let normalized: Bool

    var configuration: STFTConfiguration {
        STFTConfiguration(
            transformLength: size,
            hopLength: hop,
            windowLength: win,
            window: Window(rawValue: window) ?? .hann,
            padding: center ? .centered : .none,
            normalization: normalized ? .transformLength : .none
        )
    }
}

extension Golden {
    /// The parameters of a case, written as JSON into the metadata.
    func parameters<Parameters: Decodable>(_ name: String, as: Parameters.Type) throws -> Parameters {
        try JSONDecoder().decode(Parameters.self, from: Data((metadata[name] ?? "").utf8))
    }

    /// A leaf with the values of this tensor.
    func leaf(_ name: String) throws -> Tensor {
        let tensor = try self(name)
        return Tensor(tensor.values, shape: tensor.shape, requiresGradient: true)
    }

    /// Compares a function's value and gradient with the case's `y` and `gradient`.
    func expect(
        _ name: String,
        tolerance: Float = 2e-6,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ function: (Tensor) -> Tensor
    ) throws {
        let x = try leaf("\(name).x")
        let y = function(x)
        let value = difference(y, try self("\(name).y"))
        #expect(value.relative < tolerance, "\(name): \(value)", sourceLocation: sourceLocation)
        y.backward(from: try self("\(name).seed"))
        let gradient = difference(try #require(x.gradient), try self("\(name).gradient"))
        #expect(gradient.relative < 5 * tolerance, "\(name): gradient: \(gradient)", sourceLocation: sourceLocation)
    }
}

@Suite struct STFTTests {
    @Test(arguments: 0..<8) func equalsTorch(index: Int) throws {
        let golden = try Golden("spectral_stft")
        let parameters = try golden.parameters("stft\(index)", as: STFTCase.self)
        try golden.expect("stft\(index)") { $0.stft(parameters.configuration) }
    }

    @Test(arguments: 0..<4) func matchesStrideAsAudiotools(index: Int) throws {
        let golden = try Golden("spectral_stft")
        let x = try golden("match\(index).x")
        let bins = try golden("match\(index).y").shape[2]
        let configuration = STFTConfiguration(transformLength: 2 * (bins - 1), padding: .matchingStride)
        try golden.expect("match\(index)") { $0.stft(configuration) }
        let back = x.stft(configuration).inverseSTFT(configuration, length: x.shape[2])
        let error = difference(back, try golden("match\(index).inverse"))
        #expect(error.relative < 1e-5, "\(error)")
    }

    @Test(arguments: 0..<5) func inverseEqualsTorch(index: Int) throws {
        let golden = try Golden("spectral_stft")
        let parameters = try golden.parameters("istft\(index)", as: STFTCase.self)
        let length = parameters.length > 0 ? parameters.length : nil
        try golden.expect("istft\(index)", tolerance: 1e-5) {
            $0.inverseSTFT(parameters.configuration, length: length)
        }
    }

    @Test func normalizesByWindowEnergyAsTorchaudio() throws {
        let configuration = STFTConfiguration(transformLength: 128, padding: .none, normalization: .windowEnergy)
        try Golden("spectral_stft").expect("torchaudio") { $0.stft(configuration) }
    }

    @Test func magnitudeEqualsTorchAlsoAtZeroAndFarFromOne() throws {
        let golden = try Golden("spectral_stft")
        let x = try golden.leaf("magnitude.x")
        let y = x.magnitude()
        for (value, reference) in zip(y.values, try golden("magnitude.y").values) {
            #expect(abs(value - reference) <= 1e-6 * reference)
        }
        y.backward(from: try golden("magnitude.seed"))
        #expect(difference(try #require(x.gradient), try golden("magnitude.gradient")).relative < 1e-6)
        #expect(x.gradient?.values.prefix(2) == [0, 0])
    }

    @Test func laysPartsOutAsChannels() {
        var random = RandomSource(seed: 3)
        let x = Tensor.normal([2, 1, 150], using: &random)
        let configuration = STFTConfiguration(transformLength: 32, padding: .matchingStride)
        let image = x.stft(configuration, layout: .partsFramesBins)
        let usual = x.stft(configuration)
        #expect(image.shape == [2, 1, 2, 19, 17])
        #expect(image.values == usual.permuted([0, 1, 4, 3, 2]).values)
        let error = GradientCheck.largestError(of: [x]) { $0[0].stft(configuration, layout: .partsFramesBins) }
        #expect(error < 1e-2)
    }

    @Test func aSquaredMagnitudeHasTheExactGradient() {
        var random = RandomSource(seed: 4)
        let x = Tensor.normal([3, 5, 2], using: &random)
        #expect(GradientCheck.largestError(of: [x]) { $0[0].squaredMagnitude() } < 1e-2)
        #expect(GradientCheck.largestError(of: [x]) { $0[0].magnitude() } < 1e-2)
    }

    @Test(arguments: [1, 2, 3, 31, 200]) func reflectsShortSignalsBackAndForth(length: Int) {
        var random = RandomSource(seed: 5)
        let x = Tensor.normal([1, length], using: &random)
        let configuration = STFTConfiguration(transformLength: 64)
        // The same by hand: reflect sample by sample, then transform without padding.
        let period = max(1, 2 * (length - 1))
        let padded = (-32..<(length + 32)).map { position in
            let phase = ((position % period) + period) % period
            return x.values[min(phase, period - phase)]
        }
        let byHand = Tensor(padded, shape: [1, padded.count]).stft(
            STFTConfiguration(transformLength: 64, padding: .none)
        )
        #expect(difference(x.stft(configuration), byHand).largest == 0)
        #expect(GradientCheck.largestError(of: [x]) { $0[0].stft(configuration) } < 1e-2)
    }

    @Test func reflectsAsManySamplesAsToldTo() {
        var random = RandomSource(seed: 8)
        let x = Tensor.normal([2, 1, 700], using: &random)
        func configuration(_ padding: STFTConfiguration.Padding) -> STFTConfiguration {
            STFTConfiguration(transformLength: 128, hopLength: 30, windowLength: 75, padding: padding)
        }
        let byHand = x.padded(left: 49, right: 49, mode: .reflect).stft(configuration(.none))
        #expect(x.stft(configuration(.reflected(49))).shape == byHand.shape)
        #expect(difference(x.stft(configuration(.reflected(49))), byHand).largest == 0)
        #expect(GradientCheck.largestError(of: [x]) { $0[0].stft(configuration(.reflected(49))) } < 1e-2)
    }

    @Test func nanReachesTheFramesThatCoverItAndNoOther() {
        var values = [Float](repeating: 0.5, count: 256)
        values[100] = .nan
        let y = Tensor(values, shape: [1, 256]).stft(STFTConfiguration(transformLength: 32, padding: .none))
        let frames = y.shape[2]
        for frame in 0..<frames {
            let covers = (frame * 8..<(frame * 8 + 32)).contains(100)
            for bin in 0..<17 { #expect(y.values[(bin * frames + frame) * 2].isNaN == covers) }
        }
    }

    @Test func signalsOfManyChunksComeBack() {
        var random = RandomSource(seed: 6)
        let x = Tensor.normal([2, 70_001], using: &random)
        let configuration = STFTConfiguration(transformLength: 512, hopLength: 100)
        let back = x.stft(configuration).inverseSTFT(configuration, length: 70_001)
        #expect(difference(back, x).relative < 1e-5)
    }

    @Test func threadsDoNotChangeResults() {
        var random = RandomSource(seed: 7)
        let x = Tensor(Tensor.normal([1, 40_000], using: &random).values, shape: [1, 40_000], requiresGradient: true)
        let configuration = STFTConfiguration(transformLength: 256)
        func run(threads: Int) -> ([Float], [Float]) {
            let before = Compute.threads
            defer { Compute.threads = before }
            Compute.threads = threads
            x.clearGradient()
            let y = x.stft(configuration)
            y.backward(from: y.detached())
            return (y.values, x.gradient?.values ?? [])
        }
        #expect(run(threads: 1) == run(threads: 3))
    }
}
