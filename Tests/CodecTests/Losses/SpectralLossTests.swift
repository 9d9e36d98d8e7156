import Codec
import CodecTestSupport
import Testing

@Suite struct SpectralLossTests {
    private func noise(_ shape: [Int], seed: UInt64) -> Tensor {
        var random = RandomSource(seed: seed)
        return Tensor.normal(shape, using: &random)
    }

    @Test func gradientsEqualFiniteDifferences() {
        // Levels differ so much that few absolute values come near their kink.
        let (x, y) = (noise([1, 1, 90], seed: 1), noise([1, 1, 90], seed: 2) * 5)
        let stft = MultiScaleSTFTLoss(windowLengths: [32, 20])
        let mel = MelSpectrogramLoss(sampleRate: 16000, bandCounts: [6, 4], windowLengths: [64, 32])
        let encodec = MultiScaleMelSpectrogramLoss(sampleRate: 16000, windowExponents: 4..<6, bandCount: 5)
        #expect(GradientCheck.largestError(of: [x, y], step: 1e-2) { stft($0[0], reference: $0[1]) } < 2e-2)
        #expect(GradientCheck.largestError(of: [x, y], step: 1e-2) { mel($0[0], reference: $0[1]) } < 2e-2)
        #expect(GradientCheck.largestError(of: [x, y], step: 1e-2) { encodec($0[0], reference: $0[1]) } < 2e-2)
    }

    @Test func theFusedLossEqualsOneMadeOfOperations() {
        let (x, y) = (noise([2, 2, 3000], seed: 3), noise([2, 2, 3000], seed: 4))
        func logs(_ signal: Tensor, _ length: Int) -> Tensor {
            signal.stft(STFTConfiguration(transformLength: length)).magnitude().clamped(min: 1e-5).squared().log10()
        }
        let leaves = [x, x].map { Tensor($0.values, shape: $0.shape, requiresGradient: true) }
        let fused = MultiScaleSTFTLoss(magnitudeWeight: 0)(leaves[0], reference: y)
        let composed = [2048, 512].map { (logs(leaves[1], $0) - logs(y, $0)).absolute().mean() }.reduce(Tensor(0), +)
        #expect(abs(fused.item - composed.item) < 2e-6 * composed.item)
        (fused * 3).backward()
        (composed * 3).backward()
        let error = leaves[0].gradient.flatMap { a in leaves[1].gradient.map { difference(a, $0) } }
        #expect((error?.relative ?? .infinity) < 1e-2, "\(String(describing: error))")
    }

    @Test(arguments: [1, 2, 50, 511]) func signalsShorterThanTheWindowWork(length: Int) {
        let (x, y) = (noise([1, 1, length], seed: 5), noise([1, 1, length], seed: 6))
        for loss in [
            MelSpectrogramLoss.dac(sampleRate: 24000)(x, reference: y),
            MultiScaleSTFTLoss()(x, reference: y),
            MultiScaleMelSpectrogramLoss.encodec(sampleRate: 24000)(x, reference: y),
        ] {
            #expect(loss.item.isFinite && loss.item > 0)
        }
    }

    @Test func nanAndInfinityAreNotHidden() {
        var values = noise([1, 1, 2000], seed: 7).values
        let y = noise([1, 1, 2000], seed: 8)
        for broken in [Float.nan, .infinity] {
            values[1234] = broken
            let x = Tensor(values, shape: [1, 1, 2000], requiresGradient: true)
            for loss in [
                MelSpectrogramLoss.dac(sampleRate: 24000)(x, reference: y),
                MultiScaleSTFTLoss()(x, reference: y),
                MultiScaleMelSpectrogramLoss.encodec(sampleRate: 24000)(x, reference: y),
            ] {
                #expect(loss.item.isNaN)
                loss.backward()
            }
            #expect(x.gradient?.values[1234].isNaN == true)
        }
    }

    @Test func threadsDoNotChangeLossOrGradient() {
        let (x, y) = (noise([2, 1, 30_000], seed: 9), noise([2, 1, 30_000], seed: 10))
        func run(threads: Int) -> [Float] {
            let before = Compute.threads
            defer { Compute.threads = before }
            Compute.threads = threads
            let leaf = Tensor(x.values, shape: x.shape, requiresGradient: true)
            let loss = MelSpectrogramLoss.dac(sampleRate: 44100)(leaf, reference: y)
            loss.backward()
            return [loss.item] + (leaf.gradient?.values ?? [])
        }
        #expect(run(threads: 1) == run(threads: 4))
    }
}
