/// EnCodec's generator, SEANet (codec-facts: `encoder.model.…conv.conv`, `quantizer.vq.layers`).
enum EnCodecShape {
    /// Sizes that the shapes tell.
    struct Sizes {
        var channels = 0
        var filters = 0
        var kernel = 0
        var lastKernel = 0
        var residualKernel = 0
        var residualLayers = 0
        var hasShortcut = false
        /// Reduction of channels inside a residual block.
        var compression = 2
        /// In the decoder's order, as the configuration lists them.
        var ratios: [Int] = []
        var dimension = 0
        var lstmLayers = 0
        var codebooks = 0
        var codebookSize = 0
        var hasGroupNorm = false
    }

    @Sendable static func recognize(
        _ shapes: ModelShapes,
        _ hints: ArchitectureRecognizer.Hints
    ) -> RecognizedArchitecture? {
        guard let sizes = sizes(shapes) else { return nil }
        var result = RecognizedArchitecture(kind: .encodec)
        result.add("channels", sizes.channels, from: "shape of encoder.model.0")
        result.add("n_filters", sizes.filters, from: "shape of encoder.model.0")
        result.add("ratios", sizes.ratios, from: "kernels of the encoder's strided convolutions, taken as 2 · ratio")
        result.add("dimension", sizes.dimension, from: "shape of the encoder's last convolution")
        result.add("n_residual_layers", sizes.residualLayers, from: "number of residual blocks per ratio")
        result.add("lstm", sizes.lstmLayers, from: "names of the encoder's LSTM")
        result.add("true_skip", .boolean(!sizes.hasShortcut), from: "no shortcut convolutions")
        result.add("n_q", sizes.codebooks, from: "number of quantizer.vq.layers")
        result.add("bins", sizes.codebookSize, from: "shape of the first codebook")
        let norm = sizes.hasGroupNorm ? "time_group_norm" : shapes.normalized.isEmpty ? "none" : "weight_norm"
        result.add("norm", .text(norm), from: "names of the weights")
        let hop = sizes.ratios.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
        result.add("hop_length", hop, from: "product of ratios")

        let isReleased = sizes.ratios == [8, 5, 4, 2] && sizes.filters == 32 && sizes.dimension == 128
        if let rate = hints.configuration?["sampling_rate"]?.integer ?? hints.arguments?["sample_rate"]?.integer {
            result.add("sample_rate", rate, from: hints.configuration == nil ? "metadata" : "config.json")
        } else if isReleased {
            let rate = sizes.hasGroupNorm || sizes.channels == 2 ? 48000 : 24000
            result.add("sample_rate", rate, from: "the released model of these sizes")
        } else {
            result.notes.append(
                "the sample rate is not in the file and can not be told from shapes; give it when using the model"
            )
        }
        if isReleased { result.variant = sizes.hasGroupNorm ? "48 kHz, stereo" : "24 kHz, causal" }
        expected(sizes).compare(shapes, into: &result)
        return result
    }

    /// Reads the sizes; nil when this is no EnCodec.
    static func sizes(_ shapes: ModelShapes) -> Sizes? {
        guard let first = shapes.weight("encoder.model.0.conv.conv"), first.count == 3,
            shapes.hasLayer("quantizer.vq.layers.0")
        else { return nil }
        var sizes = Sizes()
        sizes.filters = first[0]
        sizes.channels = first[1]
        sizes.kernel = first[2]
        sizes.hasGroupNorm = shapes.hasLayer("encoder.model.0.conv.norm")
        for index in shapes.indices("encoder.model").dropFirst() {
            let layer = "encoder.model.\(index)"
            if let inner = shapes.weight("\(layer).block.1.conv.conv"), inner.count == 3 {
                sizes.residualKernel = inner[2]
                sizes.compression = max(1, inner[1] / max(1, inner[0]))
                sizes.hasShortcut = shapes.hasLayer("\(layer).shortcut")
                if sizes.ratios.isEmpty { sizes.residualLayers += 1 }
            } else if let strided = shapes.weight("\(layer).conv.conv"), strided.count == 3 {
                sizes.ratios.append(strided[2] / 2)
                sizes.dimension = strided[0]
                sizes.lastKernel = strided[2]
            } else if shapes.hasLayer("\(layer).lstm") {
                while shapes["\(layer).lstm.weight_ih_l\(sizes.lstmLayers)"] != nil { sizes.lstmLayers += 1 }
            }
        }
        // The last convolution has no stride.
        guard sizes.ratios.count > 1 else { return nil }
        sizes.ratios = sizes.ratios.dropLast().reversed()
        sizes.codebooks = shapes.count("quantizer.vq.layers")
        sizes.codebookSize = shapes["quantizer.vq.layers.0._codebook.embed"]?.first ?? 0
        return sizes.ratios.contains(0) ? nil : sizes
    }

    /// All tensors of an EnCodec of these sizes.
    static func expected(_ sizes: Sizes) -> ExpectedShapes {
        var expected = ExpectedShapes()
        func norm(_ layer: String, _ channels: Int) {
            guard sizes.hasGroupNorm else { return }
            expected.add("\(layer).norm.weight", [channels])
            expected.add("\(layer).norm.bias", [channels])
        }
        func convolution(_ layer: String, _ weight: [Int]) {
            expected.convolution("\(layer).conv.conv", weight)
            norm("\(layer).conv", weight[0])
        }
        func residual(_ layer: String, _ channels: Int) {
            let hidden = channels / sizes.compression
            convolution("\(layer).block.1", [hidden, channels, sizes.residualKernel])
            convolution("\(layer).block.3", [channels, hidden, 1])
            if sizes.hasShortcut { convolution("\(layer).shortcut", [channels, channels, 1]) }
        }
        func lstm(_ layer: String, _ channels: Int) {
            for index in 0..<sizes.lstmLayers {
                for part in ["ih", "hh"] {
                    expected.add("\(layer).lstm.weight_\(part)_l\(index)", [4 &* channels, channels])
                    expected.add("\(layer).lstm.bias_\(part)_l\(index)", [4 &* channels])
                }
            }
        }

        var channels = sizes.filters
        var index = 0
        convolution("encoder.model.0", [channels, sizes.channels, sizes.kernel])
        for ratio in sizes.ratios.reversed() {
            for _ in 0..<sizes.residualLayers {
                index += 1
                residual("encoder.model.\(index)", channels)
            }
            index += 2
            convolution("encoder.model.\(index)", [channels &* 2, channels, 2 * ratio])
            channels &*= 2
        }
        if sizes.lstmLayers > 0 {
            index += 1
            lstm("encoder.model.\(index)", channels)
        }
        convolution("encoder.model.\(index + 2)", [sizes.dimension, channels, sizes.lastKernel])

        for stage in 0..<sizes.codebooks {
            let codebook = "quantizer.vq.layers.\(stage)._codebook"
            expected.add("\(codebook).inited", [1])
            expected.add("\(codebook).cluster_size", [sizes.codebookSize])
            expected.add("\(codebook).embed", [sizes.codebookSize, sizes.dimension])
            expected.add("\(codebook).embed_avg", [sizes.codebookSize, sizes.dimension])
        }

        index = 0
        convolution("decoder.model.0", [channels, sizes.dimension, sizes.kernel])
        if sizes.lstmLayers > 0 {
            index += 1
            lstm("decoder.model.\(index)", channels)
        }
        for ratio in sizes.ratios {
            index += 2
            let layer = "decoder.model.\(index).convtr"
            expected.transposed("\(layer).convtr", [channels, channels / 2, 2 * ratio])
            channels /= 2
            norm(layer, channels)
            for _ in 0..<sizes.residualLayers {
                index += 1
                residual("decoder.model.\(index)", channels)
            }
        }
        convolution("decoder.model.\(index + 2)", [sizes.channels, channels, sizes.lastKernel])
        return expected
    }
}
