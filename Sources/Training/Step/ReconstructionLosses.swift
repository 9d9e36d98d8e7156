import Codec

/// The distances between decoded and real audio that a step measures.
struct ReconstructionLosses {
    private let weights: LossWeights
    private let mel: MelSpectrogramLoss
    private let stft = MultiScaleSTFTLoss()
    private let waveform = WaveformL1Loss()
    private let multiScaleMel: MultiScaleMelSpectrogramLoss?

    /// Those of an objective, for audio of `sampleRate` Hz.
    init(_ objective: ObjectiveConfiguration, sampleRate: Int) {
        weights = objective.weights
        mel = MelSpectrogramLoss(
            sampleRate: sampleRate,
            bandCounts: objective.melBands,
            windowLengths: objective.melWindows,
            magnitudeWeight: 0,
            exponent: 1
        )
        multiScaleMel =
            objective.weights[MeasurementNames.multiScaleMelLoss] == nil ? nil : .encodec(sampleRate: sampleRate)
    }

    /// DAC's three distances, which its log always has, and EnCodec's if it has a weight. One without weight has no gradient.
    func terms(decoded: Tensor, target: Tensor) -> [(name: String, value: Tensor)] {
        func term(_ name: String, _ loss: (Tensor, Tensor) -> Tensor) -> (name: String, value: Tensor) {
            (name, (weights[name] ?? 0) == 0 ? withoutGradients { loss(decoded, target) } : loss(decoded, target))
        }
        return [
            term(MeasurementNames.melLoss) { mel($0, reference: $1) },
            term(MeasurementNames.stftLoss) { stft($0, reference: $1) },
            term(MeasurementNames.waveformLoss) { waveform($0, reference: $1) },
        ]
            + (multiScaleMel.map { loss in [term(MeasurementNames.multiScaleMelLoss) { loss($0, reference: $1) }] }
                ?? [])
    }
}
