import CodecTestSupport
import Foundation
import Testing

@testable import Codec

/// Against encodec 0.1.1, and against audiocraft's repair of its issue #25.
@Suite struct EMAResidualVectorQuantizerTests {
    private static func quantizer(_ options: EMAQuantizerOptions, seed: UInt64 = 1) -> EMAResidualVectorQuantizer {
        var random = RandomSource(seed: seed)
        return EMAResidualVectorQuantizer(dimension: 5, size: 12, stages: 3, options: options, using: &random)
    }

    private static func options(repairedResidual: Bool) -> EMAQuantizerOptions {
        var options = EMAQuantizerOptions.asInEncodec
        options.detachesResiduals = repairedResidual
        return options
    }

    @Test(arguments: ["published", "repaired"])
    func threeTrainingStepsAgree(variant: String) throws {
        let golden = try Golden("ema_quantizer")
        let quantizer = Self.quantizer(Self.options(repairedResidual: variant == "repaired"))
        try quantizer.load(golden.stateDictionary(prefix: "state."))
        quantizer.setTraining(true)
        for step in 0..<3 {
            let key = "\(variant).\(step)"
            let input = try golden("input.\(step)")
            let latents = Tensor(input.values, shape: input.shape, requiresGradient: true)
            let output = quantizer.quantize(latents)
            #expect(output.codes.values.map(Float.init) == (try golden("\(key).codes")).values)
            let quantized = difference(output.quantized, try golden("\(key).quantized"))
            #expect(quantized.relative < 1e-5, "\(quantized)")
            let losses = difference(
                Tensor(output.losses.map(\.item), shape: [3]),
                try golden("\(key).losses")
            )
            #expect(losses.relative < 1e-5, "\(losses)")

            let weights = Tensor(
                (0..<input.count).map { cosf(Float($0)) },
                shape: input.shape
            )
            output.quantized.backward(from: weights, keepingGraph: true)
            let through = difference(try #require(latents.gradient), try golden("\(key).gradient.through"))
            #expect(through.relative < 1e-5, "\(through)")
            latents.clearGradient()
            output.commitmentLoss.backward()
            let committed = difference(try #require(latents.gradient), try golden("\(key).gradient.committed"))
            #expect(committed.relative < 1e-4, "\(committed)")
            for (name, buffer) in quantizer.namedBuffers {
                let after = difference(buffer, try golden("\(key).after.\(name)"))
                #expect(after.relative < 1e-5, "\(name) after step \(step): \(after)")
            }
        }
    }

    /// encodec issue #25: straight-through residuals cancel, so that later stages' commitment moves nothing.
    @Test(arguments: [false, true])
    func commitmentOfLaterStagesReachesTheEncoderOnlyWhenRepaired(isRepaired: Bool) throws {
        let golden = try Golden("ema_quantizer")
        let quantizer = Self.quantizer(Self.options(repairedResidual: isRepaired))
        try quantizer.load(golden.stateDictionary(prefix: "state."))
        quantizer.setTraining(true)
        let input = try golden("input.0")
        let latents = Tensor(input.values, shape: input.shape, requiresGradient: true)
        let losses = quantizer.quantize(latents).losses
        for (stage, loss) in losses.enumerated() {
            latents.clearGradient()
            loss.backward(keepingGraph: true)
            let largest = try #require(latents.gradient).values.map(abs).max() ?? 0
            #expect((largest > 1e-4) == (stage == 0 || isRepaired), "stage \(stage): \(largest)")
        }
    }

    @Test func nothingChangesOutOfTraining() throws {
        let quantizer = Self.quantizer(.asInEncodec)
        let before = quantizer.stateDictionary
        var random = RandomSource(seed: 5)
        let latents = Tensor.normal([2, 5, 20], using: &random)
        let output = quantizer.quantize(latents)
        _ = quantizer.encode(latents)
        #expect(output.losses.allSatisfy { $0.item == 0 })
        for (name, tensor) in quantizer.namedTensors { #expect(tensor.values == before[name]?.values) }
    }

    @Test func equalSeedsGiveEqualCodebooks() {
        func trained(seed: UInt64) -> [Float] {
            let quantizer = Self.quantizer(.repaired, seed: seed)
            quantizer.setTraining(true)
            var random = RandomSource(seed: 9)
            for _ in 0..<4 { _ = quantizer.quantize(Tensor.normal([2, 5, 20], using: &random)) }
            return quantizer.namedBuffers.flatMap(\.tensor.values)
        }
        #expect(trained(seed: 3) == trained(seed: 3))
        #expect(trained(seed: 3) != trained(seed: 4))
    }

    /// encodec 0.1.1 overwrites replaced rows in the same step; repaired, a dead row becomes a vector of the batch.
    @Test(arguments: [false, true])
    func deadRowsAreReplacedOnlyWhenRepaired(isRepaired: Bool) {
        var options = EMAQuantizerOptions.asInEncodec
        options.kMeansIterations = nil
        options.keepsReplacedRows = isRepaired
        var random = RandomSource(seed: 2)
        let codebook = EuclideanCodebook(size: 4, dimension: 2, options: options, using: &random)
        codebook.clusterSizes.assign(Tensor([10, 10, 0.1, 10], shape: [4]))
        codebook.rows.assign(Tensor([0, 0, 1, 0, 500, 500, 0, 1], shape: [4, 2]))
        codebook.rowSums.assign(Tensor([0, 0, 10, 0, 50, 50, 0, 10], shape: [4, 2]))
        let batch = Tensor.uniform([40, 2], using: &random)
        codebook.update(with: batch, choices: codebook.nearestRows(to: batch), using: &random)
        let row = Array(codebook.rows.values[4..<6])
        #expect(row.allSatisfy { abs($0) < 1.1 } == isRepaired, "\(row)")
    }

    /// encodec 0.1.1 keeps the bare mean as the sum beside a count of all its vectors.
    @Test(arguments: [false, true])
    func rowsShrinkAfterKMeansUnlessSumsAreWeighed(isWeighed: Bool) {
        var options = EMAQuantizerOptions.asInEncodec
        options.weighsInitialSums = isWeighed
        var random = RandomSource(seed: 6)
        let quantizer = EMAResidualVectorQuantizer(dimension: 4, size: 6, stages: 1, options: options, using: &random)
        quantizer.setTraining(true)
        let latents = Tensor.normal([4, 4, 60], using: &random) + 3
        _ = quantizer.quantize(latents)
        let largest = quantizer.codebooks[0].rows.values.max() ?? 0
        #expect((largest > 2) == isWeighed, "\(largest)")
    }
}
