import CodecTestSupport
import Foundation
import Testing

@testable import Codec

/// The origin's quantiser against the PyTorch reference, and what each of its defects does.
@Suite struct OriginQuantizerTests {
    private func quantizer(
        _ options: OriginQuantizerOptions,
        dimension: Int = 6,
        size: Int = 9,
        stages: Int = 3
    ) -> OriginQuantizer {
        var random = RandomSource(seed: 1)
        return OriginQuantizer(dimension: dimension, size: size, stages: stages, options: options, using: &random)
    }

    @Test(arguments: CodebookUpdate.allCases)
    func threeTrainingStepsAgree(update: CodebookUpdate) throws {
        let golden = try Golden("telugu_quantizer")
        var options = OriginQuantizerOptions.asInTheOriginRun
        options.update = update
        let quantizer = quantizer(options)
        try quantizer.load(golden.stateDictionary(prefix: "state."))
        quantizer.setTraining(true)
        for step in 0..<3 {
            let key = "\(update.rawValue).\(step)"
            let input = try golden("input.\(step)")
            let latents = Tensor(input.values, shape: input.shape, requiresGradient: true)
            quantizer.clearGradients()
            let output = quantizer.quantize(latents)
            #expect(output.codes.values.map(Float.init) == (try golden("\(key).codes")).values)
            let weights = Tensor((0..<input.count).map { cosf(Float($0)) }, shape: input.shape)
            ((output.quantized * weights).sum() + output.loss * 5).backward()
            for (found, name) in [
                (output.quantized, "quantized"), (output.loss.reshaped([1]), "loss"),
                (try #require(latents.gradient), "gradient.input"),
            ] {
                let distance = difference(found, try golden("\(key).\(name)"))
                #expect(distance.relative < 1e-4, "\(name), step \(step): \(distance)")
            }
            let errors = try gradientErrors(of: quantizer, in: golden, prefix: "\(key).gradient.", except: ["input"])
            #expect(errors.norm < 1e-4 && errors.element < 1e-4, "step \(step): \(errors)")
            for (name, tensor) in quantizer.namedTensors {
                let distance = difference(tensor, try golden("\(key).after.\(name)"))
                #expect(distance.relative < 1e-5, "\(name) after step \(step): \(distance)")
            }
        }
    }

    /// Trains one codebook of 64 rows, by averages unless the options say otherwise, on batches of 80 vectors of scale 1.
    /// Returns the perplexity of held-out codes after 5 and after 500 steps, and the largest value in the codebook after 5.
    private func trained(_ change: (inout OriginQuantizerOptions) -> Void) -> (
        early: Double, late: Double, largest: Float
    ) {
        var options = OriginQuantizerOptions.asInTheOriginRun
        options.update = .average
        change(&options)
        let quantizer = quantizer(options, dimension: 8, size: 64, stages: 1)
        quantizer.setTraining(true)
        var random = RandomSource(seed: 3)
        let heldOut = Tensor.normal([8, 8, 100], using: &random)
        func perplexity(after steps: Int) -> Double {
            for _ in 0..<steps { _ = quantizer.quantize(Tensor.normal([2, 8, 40], using: &random)) }
            var usage = CodebookUsage(stages: 1, codebookSize: 64)
            usage.add(quantizer.encode(heldOut))
            return usage.stages[0].perplexity
        }
        let early = perplexity(after: 5)
        let largest = quantizer.codebooks[0].rows.values.map(abs).max() ?? .infinity
        return (early, perplexity(after: 495), largest)
    }

    /// Defect 1: a row that the first batch does not choose becomes sum ÷ 1e-5. It shrinks by 1 % a step while nothing chooses it.
    @Test func countsFromZeroBlowUpUnusedRows() {
        var options = OriginQuantizerOptions.asInTheOriginRun
        options.update = .average
        let quantizer = quantizer(options, dimension: 8, size: 64, stages: 1)
        quantizer.setTraining(true)
        var random = RandomSource(seed: 3)
        let first = Tensor.normal([1, 8, 40], using: &random)
        let chosen = Set(quantizer.quantize(first).codes.values)
        #expect(chosen.count < 64)
        let rows = quantizer.codebooks[0].rows.values
        for row in 0..<64 where !chosen.contains(Int32(row)) {
            let norm = rows[(row * 8)..<(row * 8 + 8)].reduce(0) { $0 + $1 * $1 }.squareRoot()
            #expect(norm > 5, "row \(row) of the unused ones has norm \(norm)")
        }
        for _ in 0..<30 {
            let later = Set(quantizer.quantize(Tensor.normal([4, 8, 100], using: &random)).codes.values)
            #expect(later.isSubset(of: chosen))
        }
    }

    /// Counts from zero never use the rows that the first batch left; counts from one reach all of them, but slowly, because rows
    /// of scale 0.01 move by 1 % a step; k-means and replaced rows use most of them from the start.
    @Test func perplexityStaysLowOnlyWithCountsFromZero() {
        let lost = trained { _ in }
        #expect(lost.late < 32 && lost.largest > 20, "\(lost)")
        let counting = trained { $0.countsStartAtZero = false }
        #expect(counting.early < 20 && counting.late > 50 && counting.largest < 6, "\(counting)")
        let repaired = trained { $0 = .repaired }
        #expect(repaired.early > 40 && repaired.late > 40 && repaired.largest < 6, "\(repaired)")
    }

    /// With first rows as large as the latents, chosen rows blow up as well: what is left is about one code.
    @Test func countsFromZeroLeaveOneCodeOfLargeRows() {
        let lost = trained { $0.initialDeviation = 1 }
        #expect(lost.early < 3 && lost.late < 5, "\(lost)")
        let counting = trained {
            $0.initialDeviation = 1
            $0.countsStartAtZero = false
        }
        #expect(counting.early > 40, "\(counting)")
    }

    /// Detached residuals with a straight-through step per stage hand the encoder one gradient per stage.
    @Test(arguments: [true, false])
    func gradientPerStageAddsUp(isPerStage: Bool) throws {
        var options = OriginQuantizerOptions.asInTheOriginRun
        options.passesGradientPerStage = isPerStage
        let quantizer = quantizer(options)
        var random = RandomSource(seed: 4)
        let values = Tensor.normal([1, 6, 5], using: &random)
        let latents = Tensor(values.values, shape: values.shape, requiresGradient: true)
        quantizer.quantize(latents).quantized.sum().backward()
        let expected: Float = isPerStage ? 3 : 1
        #expect(try #require(latents.gradient).values.allSatisfy { $0 == expected })
    }

    /// Defect 4: rows of scale 0.01 in 1024 dimensions leave the residual as it was, so that the loss is the latents' own power.
    @Test func smallRowsLeaveTheLossToTheLatents() {
        var random = RandomSource(seed: 8)
        let quantizer = OriginQuantizer(dimension: 1024, size: 64, stages: 2, using: &random)
        let latents = Tensor.normal([1, 1024, 50], using: &random)
        let loss = quantizer.quantize(latents).loss.item
        let power = latents.squared().mean().item
        #expect(abs(loss / (1.25 * power) - 1) < 0.01, "\(loss) against \(1.25 * power)")
    }

    @Test func aProjectionSearchesInFewDimensions() throws {
        var options = OriginQuantizerOptions.repaired
        options.update = .gradient
        options.projectionDimension = 2
        let quantizer = quantizer(options)
        quantizer.setTraining(true)
        #expect(quantizer.codebooks[0].rows.shape == [9, 2])
        var random = RandomSource(seed: 5)
        let latents = Tensor.normal([2, 6, 30], using: &random)
        let output = quantizer.quantize(latents)
        (output.quantized.squared().sum() + output.loss).backward()
        for (name, parameter) in quantizer.namedParameters {
            let gradient = try #require(parameter.gradient, "\(name)")
            #expect(gradient.values.contains { $0 != 0 }, "\(name)")
        }
        quantizer.setTraining(false)
        let still = withoutGradients { quantizer.quantize(latents) }
        #expect(difference(withoutGradients { quantizer.decode(still.codes) }, still.quantized).relative < 1e-5)
    }

    @Test func optionsSurviveJSON() throws {
        for options in [OriginQuantizerOptions.asInTheOriginRun, .repaired] {
            let data = try JSONEncoder().encode(options)
            #expect(try JSONDecoder().decode(OriginQuantizerOptions.self, from: data) == options)
        }
    }
}
