extension StepReport {
    /// The numbers of which NaN or infinity ends a run: what is minimised, and the norms of gradients that moved nothing for that reason.
    var divergedNames: [String] {
        let norms = [
            (Network.generator, MeasurementNames.generatorGradientNorm),
            (.discriminator, MeasurementNames.discriminatorGradientNorm),
        ].filter { withheld.contains($0.0) }.map(\.1)
        let losses = [MeasurementNames.loss, MeasurementNames.discriminatorLoss].filter {
            self[$0].map { !$0.isFinite } ?? false
        }
        return losses + norms
    }
}
