import Foundation
import TrainingMetrics

extension HealthRule {
    /// PRB003: a layer swallows or blows up the signal.
    static let layerGain = HealthRule(
        RuleDescription(
            id: "PRB003",
            name: "layer-gain",
            group: .probe,
            severity: .warning,
            summary: """
                One layer of a discriminator weakens the signal to a twentieth or less, or amplifies it twentyfold or \
                more.
                """,
            rationale: """
                Gains of layers multiply on the way to the logits and again on the way back to the generator. A single \
                layer far off 1 undoes what normalisation and learning rates were set for.
                """,
            causes: [
                "initialisation and activation do not fit (a fixed standard deviation on wide layers, a gain of 0)",
                "a weight-normalised layer's g was set or decayed to nothing",
                "the input's level is far off: not normalised, or a spectrogram without scaling",
            ],
            advice: [
                "initialise by fan-in and activation (He, or Xavier for tanh), or use weight normalisation",
                "print g of the named layer; set it so that the layer's gain is near 1",
                "normalise the input: level for waveforms, window for spectrograms",
            ],
            parameters: [
                RuleParameter(
                    "lowest",
                    0.05,
                    "standard deviation out over in, activation included, below which a layer swallows the signal",
                    source: "a fifth of the lowest gain of reference discriminators as initialised, 0.28"
                ),
                RuleParameter(
                    "highest",
                    20,
                    "standard deviation out over in above which a layer blows the signal up",
                    source: "seven times the highest gain of reference discriminators as initialised, 2.8"
                ),
            ],
            calibration: """
                PyTorch's own initialisation passes about 0.41 of the level per layer with a leaky ReLU, so limits of \
                0.5 and 2 would warn on every known-good network; DAC, MelGAN, EnCodec and BigVGAN were \
                measured at 0.28 to 2.8 per layer as initialised.
                """,
            references: [
                "https://arxiv.org/abs/1502.01852 (gain of rectified layers)",
                "https://pytorch.org/docs/stable/nn.init.html (calculate_gain)",
            ],
            examples: examplesOfLayerGain
        )
    ) { run, parameters, rule in
        ProbedNetworks.judge(run, needs: .measurement, where: { $0.layers.contains { $0.gain != nil } }) { probe in
            let range = parameters["lowest"]...parameters["highest"]
            let gains = probe.layers.compactMap { layer in layer.gain.map { (name: layer.name, gain: $0) } }
            let outside = gains.filter { !range.contains($0.gain) }
            func distance(_ gain: Double) -> Double { gain.isFinite ? abs(log(abs(gain))) : .infinity }
            guard let worst = outside.max(by: { distance($0.gain) < distance($1.gain) }) else { return nil }
            let others = outside.count == 1 ? "" : ", the furthest off of \(outside.count) layers"
            return Finding(
                rule,
                severity: probe.isProvenAble ? .info : .warning,
                confidence: .low,
                episode: ProbedNetworks.episode(run),
                message: "Layer \(worst.name) has a gain of \(PlainNumber.text(worst.gain))\(others).",
                evidence: outside.prefix(4).map {
                    Evidence(
                        "gain of \($0.name)",
                        $0.gain,
                        expected: "\(PlainNumber.text(range.lowerBound)) to \(PlainNumber.text(range.upperBound))"
                    )
                },
                subject: probe.subject
            )
        }
    }

    private static func example(_ gains: Double...) -> [ProbeEvidence] {
        [.example(layers: gains.enumerated().map { .init(name: "convs.\($0)", gain: $1) })]
    }

    private static let examplesOfLayerGain: [RuleExample] = [
        RuleExample("a layer that passes a thousandth", probes: example(0.6, 0.001, 0.4), expect: .fires(.warning)),
        RuleExample("a layer that amplifies a hundred times", probes: example(0.6, 100), expect: .fires(.warning)),
        RuleExample("an output that is NaN", probes: example(0.6, .nan), expect: .fires(.warning)),
        RuleExample("a layer that gives 0", probes: example(0.6, 0), expect: .fires(.warning)),
        RuleExample("PyTorch's default: 0.41 per layer", probes: example(0.58, 0.41, 0.41, 0.4), expect: .passes),
        RuleExample("no probe saved", expect: .unmeasured),
        RuleExample("a probe that ran nothing", probes: [.example()], expect: .unmeasured),
    ]
}
