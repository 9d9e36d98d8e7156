public import Codec

extension DiscriminatorConfiguration {
    /// A discriminator as the YAML that gives it again, to begin one's own from.
    public static func yaml(of description: DiscriminatorDescription) -> String {
        var lines = ["name: \(quoted(description.name))", "sample_rate: \(description.sampleRate)"]
        if let word = word(description.preprocessing, in: preprocessings), word != "none" {
            lines.append("preprocessing: \(word)")
        }
        if description.matchesLogits { lines.append("matches_logits: true") }
        lines.append("sub_discriminators:")
        for part in description.subDiscriminators {
            lines.append("  - name: \(quoted(part.name))")
            lines.append("    path: \(quoted(part.path))")
            lines.append("    input: \(text(of: part.input))")
            if part.branches.count == 1, part.branches[0].band == nil {
                lines.append("    layers:")
                lines += part.branches[0].layers.map { "      - \(text(of: $0))" }
            } else {
                lines.append("    branches:")
                for branch in part.branches {
                    let band = branch.band.map { "band: [\($0.lowerBound), \($0.upperBound)]" }
                    lines.append("      - \(band ?? "layers:")")
                    if band != nil { lines.append("        layers:") }
                    lines += branch.layers.map { "          - \(text(of: $0))" }
                }
            }
            lines.append("    head: \(text(of: part.head))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func text(of input: DiscriminatorInput) -> String {
        switch input {
        case .waveform(.none): return "waveform"
        case .waveform(.averagePool(let kernel, let stride, let padding, let countsPadding, let times)):
            return "{ kind: waveform, average_pool: { kernel: \(kernel), stride: \(stride), padding: \(padding), "
                + "counts_padding: \(countsPadding), times: \(times) } }"
        case .waveform(.resample(let factor, _)): return "{ kind: waveform, resample: \(factor) }"
        case .period(let period, let alwaysPads):
            return alwaysPads ? "{ kind: period, period: \(period), always_pads: true }" : "period \(period)"
        case .spectrogram(let configuration, let channels, let axes):
            var entries = ["kind: spectrogram", "n_fft: \(configuration.transformLength)"]
            entries.append("hop: \(configuration.hopLength)")
            entries.append("window_length: \(configuration.windowLength)")
            entries.append("window: \(configuration.window.rawValue)")
            if case .reflected(let count) = configuration.padding {
                entries.append("padding: \(count)")
            } else if let word = word(configuration.padding, in: ConfiguredInput.paddings) {
                entries.append("padding: \(word)")
            }
            if let word = word(configuration.normalization, in: ConfiguredInput.normalizations), word != "none" {
                entries.append("normalized: \(word)")
            }
            if let word = word(channels, in: ConfiguredInput.channels) { entries.append("channels: \(word)") }
            if let word = word(axes, in: ConfiguredInput.axes) { entries.append("axes: \(word)") }
            return "{ \(entries.joined(separator: ", ")) }"
        }
    }

    private static func text(of layer: DiscriminatorLayerDescription) -> String {
        func numbers(_ values: [Int]) -> String { values.count == 1 ? "\(values[0])" : "\(values)" }
        let ones = layer.kernel.map { _ in 1 }
        var entries = ["name: \(quoted(layer.name))", "in: \(layer.inputChannels)", "out: \(layer.outputChannels)"]
        entries.append("kernel: \(numbers(layer.kernel))")
        if layer.stride != ones { entries.append("stride: \(numbers(layer.stride))") }
        if layer.dilation != ones { entries.append("dilation: \(numbers(layer.dilation))") }
        entries.append("padding: \(numbers(layer.padding))")
        if let word = word(layer.paddingMode, in: ConfiguredLayer.paddingModes), word != "zero" {
            entries.append("padding_mode: \(word)")
        }
        if layer.groups != 1 { entries.append("groups: \(layer.groups)") }
        if let word = word(layer.normalization, in: ConfiguredLayer.normalizations) {
            entries.append("normalization: \(word)")
        }
        entries.append("slope: \(layer.slope.map { "\($0)" } ?? "none")")
        return "{ \(entries.joined(separator: ", ")) }"
    }

    private static func word<Value: Equatable>(_ value: Value, in words: [(word: String, value: Value)]) -> String? {
        words.first { $0.value == value }?.word
    }

    /// A text in double quotes, whatever is in it.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case _
            where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x2028
                || scalar.value == 0x2029:
                let code = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - code.count) + code
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
