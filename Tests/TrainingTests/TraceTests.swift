import Codec
import CodecTestSupport
import Foundation
import Testing
import Training

/// Our steps against PyTorch's: same weights, same fixed batch.
@Suite(.serialized) struct TraceTests {
    private let golden: Golden
    private let names: [String: [String]]

    private let spreads = [
        "adv/real_logit_mean": "adv/real_logit_std", "adv/fake_logit_mean": "adv/fake_logit_std",
        "output/mean": "output/rms",
    ]

    init() throws {
        golden = try Golden("training")
        names = try JSONDecoder().decode([String: [String]].self, from: Data((golden.metadata["names"] ?? "").utf8))
    }

    @Test(arguments: TraceCase.all) func threeStepsMeasureWhatPyTorchMeasures(trace: TraceCase) throws {
        let (trainer, batch) = try trace.trainer()
        let before = (trainer.generator.stateDictionary, trainer.discriminator?.stateDictionary)
        let names = try #require(names[trace.name]).map { named($0, trainer) }
        let expected = try golden("\(trace.name).measured").values
        for step in 0..<3 {
            let report = try trainer.step(batch, activeStages: trace.draws?[step])
            // The recipe leaves no gradient where none belongs, which PyTorch's script has no name for.
            let leaks = [MeasurementNames.discriminatorGradientLeak, MeasurementNames.generatorGradientLeak]
            #expect(leaks.allSatisfy { report[$0] == 0 })
            // Nor for sub-discriminators' own norms and ratios, whose whole is compared.
            let partNames = trainer.discriminator?.description.partNames ?? []
            let parts = partNames.flatMap {
                [
                    MeasurementNames.discriminatorGradientNorm(part: $0),
                    MeasurementNames.discriminatorUpdateRatio(part: $0),
                ]
            }
            #expect(Set(report.entries.map(\.name)) == Set(names + leaks + parts))
            let norms = partNames.compactMap { report[MeasurementNames.discriminatorGradientNorm(part: $0)] }
            if let whole = report[MeasurementNames.discriminatorGradientNorm] {
                let sum = norms.reduce(0) { $0 + $1 * $1 }.squareRoot()
                #expect(abs(sum - whole) <= 1e-5 * whole, "\(sum) of the parts, \(whole) of the whole")
            }
            for (index, name) in names.enumerated() {
                let (found, wanted) = (try #require(report[name]), Double(expected[step * names.count + index]))
                // Under a hinge the gradients of D's last biases cancel, and Adam moves those by rounding noise: logits shift together.
                let spread = spreads[name].flatMap { report[$0] } ?? 0
                #expect(
                    abs(found - wanted) <= 5e-4 * abs(wanted) + 2e-3 * spread + 5e-6,
                    "\(name) at step \(step): \(found), \(wanted)"
                )
            }
        }
        try expectMoves(trainer.generator, before.0, "\(trace.name).generator")
        if let discriminator = trainer.discriminator, let start = before.1 {
            try expectMoves(discriminator, start, "\(trace.name).discriminator")
        }
    }

    /// The script numbers sub-discriminators, we name them.
    private func named(_ name: String, _ trainer: GANTrainer) -> String {
        for prefix in ["adv/disc_real_loss/", "adv/disc_fake_loss/"] where name.hasPrefix(prefix) {
            let parts = trainer.discriminator?.description.partNames ?? []
            if let index = Int(name.dropFirst(prefix.count)), parts.indices.contains(index) {
                return prefix + parts[index]
            }
        }
        return name
    }

    /// Compares how far every tensor has moved from `start` with the golden's sketches.
    private func expectMoves(_ layer: Layer, _ start: StateDictionary, _ key: String) throws {
        let sketches = try golden(key)
        let tensors = layer.namedTensors.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        try #require(sketches.shape[0] == tensors.count)
        let width = sketches.shape[1]
        for (index, (name, tensor)) in tensors.enumerated() {
            let move = tensor - (try #require(start[name]))
            let wanted = sketches.values[(index * width)..<((index + 1) * width)]
            // Adam moves a value whose gradient is rounding noise by a whole step, in either direction.
            #expect(Sketch(move).difference(wanted).relativeNorm < 0.03, "\(name)")
        }
    }
}
