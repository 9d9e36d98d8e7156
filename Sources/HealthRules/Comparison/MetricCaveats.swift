import TrainingMetrics

/// Why equal numbers of two runs may not mean the same.
enum MetricCaveats {
    /// Sentences; empty when nothing speaks against comparing the metric.
    static func all(_ pair: MetricPair, _ first: RunView, _ second: RunView) -> [String] {
        var caveats: [String] = []
        func differ(_ key: FactKey) -> Bool {
            guard let old = first.facts[key]?.value, let new = second.facts[key]?.value else { return false }
            return old != new
        }
        func isUnknown(_ key: FactKey) -> Bool { first.facts[key] == nil || second.facts[key] == nil }
        switch pair.role {
        case .discriminatorLoss, .discriminatorRealLoss, .discriminatorFakeLoss, .adversarialLoss:
            for key in [FactKey.lossFamily, .reduction, .subDiscriminators] where differ(key) {
                caveats.append(
                    "\(key.rawValue) is \(first.facts[key]?.value ?? "") in one and \(second.facts[key]?.value ?? "") in the other: the losses have different scales."
                )
            }
            if isUnknown(.lossFamily) { caveats.append("The loss family is not known of both runs.") }
        case .featureMatchingLoss:
            caveats.append("Its scale depends on the discriminator: layers, reduction and normalisation.")
        case .generatorLoss, .totalLoss:
            caveats.append(
                LossAlgebra.weightKeys.contains { differ($0.1) }
                    ? "A total of differently weighted terms: not the same quantity."
                    : "A weighted total: the same quantity only with the same terms and weights."
            )
        case .reconstructionLoss(.mel), .reconstructionLoss(.stft):
            caveats.append(
                "The log does not say which bands, windows and reduction it is made of: comparable only if they are the same."
            )
            if differ(.sampleRate) { caveats.append("The sample rates differ.") }
        case .reconstructionLoss(.unspecified):
            caveats.append("The log does not say what it compares.")
        case .vqLoss, .commitmentLoss, .codebookLoss:
            caveats.append("Its scale depends on the latents and on how stages are reduced.")
        case .perplexity where differ(.codebookSize): caveats.append("The codebooks have different sizes.")
        case .snr, .siSDR: if differ(.sampleRate) { caveats.append("The sample rates differ.") }
        default: break
        }
        if let old = pair.first, let new = pair.second {
            if old.name != new.name { caveats.append("Logged under different names.") }
            if old.isDerived != new.isDerived {
                caveats.append("Logged in one, worked out from other metrics in the other.")
            }
        }
        return caveats
    }
}
