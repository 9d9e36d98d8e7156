/// How the spectrograms of an estimate and a reference are compared at one window length.
struct SpectralScale: Sendable {
    /// How small values are kept from log10.
    enum Floor: Sendable {
        /// max(x, floor).
        case clamp(Float)
        /// x + floor.
        case add(Float)
    }

    /// The transform.
    let configuration: STFTConfiguration
    /// The bands, if any.
    var filterbank: MelFilterbank?
    /// What is compared, or summed into bands.
    var spectrum = MelSpectrogram.Spectrum.magnitude
    /// The weight of the mean absolute difference.
    let levelWeight: Float
    /// The weight of the mean difference of log10.
    let logWeight: Float
    /// What keeps log10 finite.
    let floor: Floor
    /// Whether differences of log10 are squared instead of taken absolutely.
    var squaresLogDifference = false

    /// Values compared per item of `length` samples.
    func valueCount(length: Int) -> Int {
        (filterbank?.bandCount ?? configuration.binCount) * configuration.frameCount(length: length)
    }
}

/// The sum over scales of weighted mean differences of spectrograms, with gradients for both signals.
///
/// A frame is windowed, transformed, summed into bands, compared, and its gradient taken back to samples while it is in cache;
/// no spectrogram is ever stored. Means run over items, channels, bands and frames, as torch's `L1Loss` takes them.
struct SpectralDistance: Sendable {
    let scales: [SpectralScale]

    /// One number for signals `[…, T]` of equal shape.
    func callAsFunction(_ estimate: Tensor, _ reference: Tensor) -> Tensor {
        precondition(
            estimate.shape == reference.shape && estimate.rank > 0 && estimate.count > 0,
            "a spectral loss needs two signals […, T] of one shape, but got \(estimate.shape) and \(reference.shape)"
        )
        let records = GradientMode.isRecording
        let kernel = SpectralDistanceKernel(
            scales: scales,
            length: estimate.shape[estimate.rank - 1],
            items: estimate.count / estimate.shape[estimate.rank - 1]
        )
        let result = kernel.compare(
            estimate.storage,
            reference.storage,
            withGradients: (records && estimate.requiresGradient, records && reference.requiresGradient)
        )
        let shape = estimate.shape
        return Tensor(
            operation: "spectralDistance",
            storage: TensorStorage([Float(result.value)]),
            shape: [],
            inputs: [estimate, reference]
        ) { upstream in
            [result.estimateGradient, result.referenceGradient].map { gradient in
                gradient.map { Tensor(storage: $0, shape: shape) * upstream }
            }
        }
    }
}
