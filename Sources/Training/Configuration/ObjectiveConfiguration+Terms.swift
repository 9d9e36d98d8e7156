extension ObjectiveConfiguration {
    /// Terms on the decoded audio that need no discriminator.
    static let reconstructionTerms = [
        MeasurementNames.melLoss, MeasurementNames.stftLoss, MeasurementNames.waveformLoss,
        MeasurementNames.multiScaleMelLoss,
    ]
    /// Terms of the game with D.
    static let adversarialTerms = [MeasurementNames.adversarialLoss, MeasurementNames.featureLoss]
    /// Terms of some quantiser; a balancer leaves them alone.
    static let quantizerTerms = [
        MeasurementNames.commitmentLoss, MeasurementNames.codebookLoss, MeasurementNames.quantizerLoss,
    ]
}

extension GeneratorConfiguration {
    /// The terms this codec's quantiser has.
    var quantizerTerms: [String] {
        switch self {
        case .dac: [MeasurementNames.commitmentLoss, MeasurementNames.codebookLoss]
        case .telugu: [MeasurementNames.quantizerLoss]
        case .encodec: [MeasurementNames.commitmentLoss]
        }
    }
}
