import Codec

/// What a sub-discriminator of a configuration file looks at: `waveform`, `period 2`, `spectrogram 1024`, or a table.
enum ConfiguredInput {
    typealias Failure = DiscriminatorConfigurationError

    static let channels: [(word: String, value: DiscriminatorInput.SpectrogramChannels)] = [
        ("real_imaginary", .realImaginary), ("real_imaginary_magnitude", .realImaginaryMagnitude),
        ("magnitude", .magnitude),
    ]
    static let axes: [(word: String, value: DiscriminatorInput.SpectrogramAxes)] = [
        ("frames_bins", .framesBins), ("bins_frames", .binsFrames),
    ]
    static let paddings: [(word: String, value: STFTConfiguration.Padding)] = [
        ("none", .none), ("centered", .centered), ("matching_stride", .matchingStride), ("full_frames", .fullFrames),
    ]
    static let normalizations: [(word: String, value: STFTConfiguration.Normalization)] = [
        ("none", .none), ("transform_length", .transformLength), ("window_energy", .windowEnergy),
    ]
    static let windows: [(word: String, value: Window)] = Window.allCases.map { ($0.rawValue, $0) }

    /// What people call a part with this input.
    static func title(of input: DiscriminatorInput, index: Int) -> String {
        switch input {
        case .waveform: "scale \(index)"
        case .period(let period, _): "period \(period)"
        case .spectrogram(let configuration, _, _): "STFT \(configuration.transformLength)"
        }
    }

    /// Reads an `input`.
    static func input(_ entry: ConfigurationEntry, sampleRate: Int) throws(Failure) -> DiscriminatorInput {
        let kinds = "waveform, period N (samples), spectrogram N (n_fft)"
        guard !entry.isTable else {
            var table = try entry.table([
                "kind", "average_pool", "resample", "period", "always_pads", "n_fft", "hop", "window_length", "window",
                "padding", "normalized", "channels", "axes",
            ])
            guard let kind = table.removeValue(forKey: "kind") else { throw entry.failure("needs 'kind': \(kinds)") }
            func only(_ keys: [String]) throws(Failure) {
                for key in table.keys.sorted() where !keys.contains(key) {
                    throw entry.failure(
                        "'\(key)' does not belong to this kind; entries: \(keys.joined(separator: ", "))"
                    )
                }
            }
            switch try kind.text() {
            case "waveform":
                try only(["average_pool", "resample"])
                return try waveform(entry, table, sampleRate: sampleRate)
            case "period":
                try only(["period", "always_pads"])
                guard let period = table["period"] else { throw entry.failure("needs 'period' in samples") }
                return .period(try period.integer(1...65_536), alwaysPads: try table["always_pads"]?.flag() ?? false)
            case "spectrogram":
                try only(["n_fft", "hop", "window_length", "window", "padding", "normalized", "channels", "axes"])
                return try spectrogram(entry, table)
            default: throw kind.failure("must be waveform, period or spectrogram; found \(kind.quoted)")
            }
        }
        let words = try entry.text().split(separator: " ")
        switch (words.first, words.count) {
        case ("waveform", 1): return .waveform(.none)
        case ("period", 2):
            if let period = Int(words[1]), (1...65_536).contains(period) { return .period(period, alwaysPads: false) }
        case ("spectrogram", 2):
            if let length = Int(words[1]), (4...1_048_576).contains(length) {
                let configuration = STFTConfiguration(transformLength: length)
                return .spectrogram(configuration, channels: .realImaginary, axes: .framesBins)
            }
        default: break
        }
        throw entry.failure("must be \(kinds), or a table with 'kind'; found \(entry.quoted)")
    }

    private static func waveform(
        _ entry: ConfigurationEntry,
        _ table: [String: ConfigurationEntry],
        sampleRate: Int
    ) throws(Failure) -> DiscriminatorInput {
        if let pool = table["average_pool"] {
            if let other = table["resample"] { throw other.failure("stands beside 'average_pool'; give one") }
            let table = try pool.table(["kernel", "stride", "padding", "counts_padding", "times"])
            let kernel = try table["kernel"]?.integer(1...65_536) ?? 4
            let padding = try table["padding"]?.integer(0...65_536) ?? kernel / 4
            guard 2 * padding <= kernel else {
                throw pool.failure("a padding of \(padding) is more than half the kernel of \(kernel)")
            }
            return .waveform(
                .averagePool(
                    kernel: kernel,
                    stride: try table["stride"]?.integer(1...65_536) ?? 2,
                    padding: padding,
                    countsPadding: try table["counts_padding"]?.flag() ?? true,
                    times: try table["times"]?.integer(1...16) ?? 1
                )
            )
        }
        guard let factor = try table["resample"]?.integer(1...64) else { return .waveform(.none) }
        guard sampleRate / factor > 0 else {
            throw entry.failure("nothing is left of \(sampleRate) Hz divided by \(factor)")
        }
        return .waveform(.resample(factor: factor, sampleRate: sampleRate))
    }

    private static func spectrogram(
        _ entry: ConfigurationEntry,
        _ table: [String: ConfigurationEntry]
    ) throws(Failure) -> DiscriminatorInput {
        guard let length = try table["n_fft"]?.integer(4...1_048_576) else {
            throw entry.failure("needs 'n_fft' in samples")
        }
        let hop = try table["hop"]?.integer(1...length) ?? length / 4
        var padding = STFTConfiguration.Padding.centered
        if let entry = table["padding"] {
            if entry.word.flatMap({ Int($0) }) != nil {
                padding = .reflected(try entry.integer(0...length))
            } else {
                padding = try entry.choice(paddings)
            }
        }
        if padding == .matchingStride, length % 4 != 0 || hop != length / 4 {
            throw entry.failure("matching_stride needs a hop of a quarter of n_fft; found \(hop) of \(length)")
        }
        return .spectrogram(
            STFTConfiguration(
                transformLength: length,
                hopLength: hop,
                windowLength: try table["window_length"]?.integer(1...length),
                window: try table["window"]?.choice(windows) ?? .hann,
                padding: padding,
                normalization: try table["normalized"]?.choice(normalizations) ?? .none
            ),
            channels: try table["channels"]?.choice(channels) ?? .realImaginary,
            axes: try table["axes"]?.choice(axes) ?? .framesBins
        )
    }
}
