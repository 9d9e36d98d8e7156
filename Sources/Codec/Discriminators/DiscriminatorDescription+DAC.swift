extension DiscriminatorDescription {
    /// DAC's bands: fractions of the bins.
    public static let dacBands: [ClosedRange<Double>] = [0.0...0.1, 0.1...0.25, 0.25...0.5, 0.5...0.75, 0.75...1.0]

    /// DAC's discriminator (descript-audio-codec, `dac/model/discriminator.py`): folded waveforms, then scales (none by
    /// default), then complex spectrograms in bands. 42,519,760 parameters by default.
    ///
    /// `sampleRate` is in Hz; only `rates`, the factors it is divided by for the scales, depend on it. `periods` are samples,
    /// `windowLengths` (`fft_sizes`) samples and multiples of 4, `bands` fractions of the bins.
    public static func dac(
        sampleRate: Int = 44_100,
        periods: [Int] = [2, 3, 5, 7, 11],
        rates: [Int] = [],
        windowLengths: [Int] = [2048, 1024, 512],
        bands: [ClosedRange<Double>] = dacBands
    ) -> DiscriminatorDescription {
        var parts: [SubDiscriminatorDescription] = []
        func path() -> String { "discriminators.\(parts.count)" }
        for period in periods {
            parts.append(.period(period, path: path(), alwaysPads: true) { "convs.\($0).0" })
        }
        for rate in rates {
            parts.append(
                SubDiscriminatorDescription(
                    name: "scale 1/\(rate)",
                    path: path(),
                    input: .waveform(.resample(factor: rate, sampleRate: sampleRate)),
                    layers: .grouped(slope: 0.1) { "convs.\($0).0" },
                    head: DiscriminatorLayerDescription("conv_post", 1024, 1, kernel: [3], slope: nil)
                )
            )
        }
        for length in windowLengths {
            let configuration = STFTConfiguration(transformLength: length, padding: .matchingStride)
            parts.append(
                SubDiscriminatorDescription(
                    name: "STFT \(length)",
                    path: path(),
                    input: .spectrogram(configuration, channels: .realImaginary, axes: .framesBins),
                    branches: bands.enumerated().map { index, band in
                        .init(band: band, layers: .overSpectrogram(channels: 2) { "band_convs.\(index).\($0).0" })
                    },
                    head: .spectrogramHead
                )
            )
        }
        return DiscriminatorDescription(
            name: "DAC",
            sampleRate: sampleRate,
            preprocessing: .centerAndNormalizePeak,
            subDiscriminators: parts
        )
    }
}
