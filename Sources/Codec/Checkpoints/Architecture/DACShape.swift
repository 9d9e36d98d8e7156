/// DAC's generator (codec-facts: `encoder.block`, `quantizer.quantizers`, `decoder.model`).
enum DACShape {
    /// Sizes that the shapes tell.
    struct Sizes: Equatable {
        var encoderDimension = 0
        var encoderRates: [Int] = []
        var latentDimension = 0
        var decoderDimension = 0
        var decoderRates: [Int] = []
        var codebooks = 0
        var codebookSizes: [Int] = []
        var codebookDimensions: [Int] = []
    }

    /// A released model.
    private struct Release {
        let rates: [Int]
        let codebooks: Int
        let latentDimension: Int
        let sampleRate: Int
        let title: String
    }

    private static let releases = [
        Release(
            rates: [2, 4, 8, 8],
            codebooks: 9,
            latentDimension: 1024,
            sampleRate: 44100,
            title: "44.1 kHz, 8 kbit/s"
        ),
        Release(
            rates: [2, 4, 8, 8],
            codebooks: 18,
            latentDimension: 128,
            sampleRate: 44100,
            title: "44.1 kHz, 16 kbit/s"
        ),
        Release(
            rates: [2, 4, 5, 8],
            codebooks: 32,
            latentDimension: 1024,
            sampleRate: 24000,
            title: "24 kHz, 24 kbit/s"
        ),
        Release(
            rates: [2, 4, 5, 8],
            codebooks: 12,
            latentDimension: 1024,
            sampleRate: 16000,
            title: "16 kHz, 6 kbit/s"
        ),
    ]

    @Sendable static func recognize(
        _ shapes: ModelShapes,
        _ hints: ArchitectureRecognizer.Hints
    ) -> RecognizedArchitecture? {
        guard let sizes = sizes(shapes) else { return nil }
        var result = RecognizedArchitecture(kind: .dac)
        result.add("encoder_dim", sizes.encoderDimension, from: "shape of encoder.block.0")
        result.add("encoder_rates", sizes.encoderRates, from: "kernels of encoder.block.*.block.4, taken as 2 · rate")
        result.add("latent_dim", sizes.latentDimension, from: "shape of encoder.block.\(sizes.encoderRates.count + 2)")
        result.add("decoder_dim", sizes.decoderDimension, from: "shape of decoder.model.0")
        result.add("decoder_rates", sizes.decoderRates, from: "kernels of decoder.model.*.block.1, taken as 2 · rate")
        result.add("n_codebooks", sizes.codebooks, from: "number of quantizer.quantizers")
        result.add("codebook_size", sizes.codebookSizes.first ?? 0, from: "shape of quantizer.quantizers.0.codebook")
        if Set(sizes.codebookDimensions).count > 1 {
            result.add("codebook_dim", sizes.codebookDimensions, from: "shapes of quantizer.quantizers.*.codebook")
        } else {
            result.add(
                "codebook_dim",
                sizes.codebookDimensions.first ?? 0,
                from: "shape of quantizer.quantizers.0.codebook"
            )
        }
        let hop = sizes.encoderRates.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
        result.add("hop_length", hop, from: "product of encoder_rates")
        result.add("weight_norm", .boolean(!shapes.normalized.isEmpty), from: "names of the weights")
        addSampleRate(&result, sizes, hints)
        compareArguments(&result, hints.arguments)
        expected(sizes).compare(shapes, into: &result)
        return result
    }

    /// Reads the sizes; nil when this is no DAC.
    static func sizes(_ shapes: ModelShapes) -> Sizes? {
        // A weight that is missing is inferred from its neighbour where possible, and then listed as missing.
        let projected = shapes.weight("quantizer.quantizers.0.in_proj").flatMap { $0.count == 3 ? $0[1] : nil }
        let upsampled = shapes.weight("decoder.model.1.block.1").flatMap { $0.count == 3 ? $0[0] : nil }
        guard let first = shapes.weight("encoder.block.0"), first.count == 3, shapes.hasLayer("decoder.model.0"),
            let latents = shapes.weight("decoder.model.0") ?? upsampled.flatMap({ a in projected.map { [a, $0, 7] } }),
            latents.count == 3, shapes.hasLayer("quantizer.quantizers.0")
        else { return nil }
        var sizes = Sizes()
        sizes.encoderDimension = first[0]
        sizes.latentDimension = latents[1]
        sizes.decoderDimension = latents[0]
        var block = 1
        while let strided = shapes.weight("encoder.block.\(block).block.4"), strided.count == 3 {
            sizes.encoderRates.append(strided[2] / 2)
            block += 1
        }
        block = 1
        while let strided = shapes.weight("decoder.model.\(block).block.1"), strided.count == 3 {
            sizes.decoderRates.append(strided[2] / 2)
            block += 1
        }
        sizes.codebooks = shapes.count("quantizer.quantizers")
        let stages = (0..<sizes.codebooks).map { shapes.weight("quantizer.quantizers.\($0).codebook") }
        guard let known = stages.compactMap({ $0 }).first(where: { $0.count == 2 }) else { return nil }
        for codebook in stages {
            // One that is missing is taken to be like the others, and listed as missing.
            let shape = codebook ?? known
            guard shape.count == 2 else { return nil }
            sizes.codebookSizes.append(shape[0])
            sizes.codebookDimensions.append(shape[1])
        }
        let rates = sizes.encoderRates + sizes.decoderRates
        return sizes.encoderRates.isEmpty || sizes.decoderRates.isEmpty || rates.contains(0) ? nil : sizes
    }

    private static func addSampleRate(
        _ result: inout RecognizedArchitecture,
        _ sizes: Sizes,
        _ hints: ArchitectureRecognizer.Hints
    ) {
        let release = releases.first {
            $0.rates == sizes.encoderRates && $0.codebooks == sizes.codebooks
                && $0.latentDimension == sizes.latentDimension && sizes.encoderDimension == 64
                && Array($0.rates.reversed()) == sizes.decoderRates
        }
        let known = hints.arguments?["sample_rate"]?.integer
        let configured = hints.configuration?["sampling_rate"]?.integer
        if let known {
            result.add("sample_rate", known, from: "metadata")
        } else if let configured {
            result.add("sample_rate", configured, from: "config.json")
        } else if let release {
            result.add("sample_rate", release.sampleRate, from: "the released model of these sizes")
        } else {
            result.notes.append(
                "the sample rate is not in the file and can not be told from shapes; give it when using the model"
            )
        }
        guard let release, known ?? configured ?? release.sampleRate == release.sampleRate else { return }
        let size = sizes.decoderDimension == 1536 ? "" : ", decoder of \(sizes.decoderDimension)"
        result.variant = release.title + size
    }

    /// Notes where the arguments in the metadata contradict the shapes.
    private static func compareArguments(_ result: inout RecognizedArchitecture, _ arguments: PickleValue?) {
        guard let arguments else { return }
        for fact in result.facts {
            guard let stated = arguments[fact.name], !stated.isNone else { continue }
            let agrees =
                if let list = fact.value.integers {
                    stated.integers == list
                } else {
                    stated.integer == fact.value.integer
                        || stated.integers.map { Set($0) == Set([fact.value.integer ?? -1]) } ?? false
                }
            if !agrees {
                result.notes.append(
                    "the metadata say \(fact.name) = \(stated), the tensors \(fact.value) (\(fact.source))"
                )
            }
        }
        if let dropout = arguments["quantizer_dropout"], !dropout.isNone {
            result.add("quantizer_dropout", dropout, from: "metadata")
        }
    }

    /// All tensors of a DAC of these sizes.
    static func expected(_ sizes: Sizes) -> ExpectedShapes {
        var expected = ExpectedShapes()
        var channels = sizes.encoderDimension
        expected.convolution("encoder.block.0", [channels, 1, 7])
        for (index, rate) in sizes.encoderRates.enumerated() {
            let block = "encoder.block.\(index + 1).block"
            for unit in 0..<3 { residualUnit("\(block).\(unit)", channels, &expected) }
            expected.add("\(block).3.alpha", [1, channels, 1])
            expected.convolution("\(block).4", [channels &* 2, channels, 2 * rate])
            channels &*= 2
        }
        let stages = sizes.encoderRates.count
        expected.add("encoder.block.\(stages + 1).alpha", [1, channels, 1])
        expected.convolution("encoder.block.\(stages + 2)", [sizes.latentDimension, channels, 3])
        for stage in 0..<sizes.codebooks {
            let quantizer = "quantizer.quantizers.\(stage)"
            let dimension = sizes.codebookDimensions[stage]
            expected.convolution("\(quantizer).in_proj", [dimension, sizes.latentDimension, 1])
            expected.convolution("\(quantizer).out_proj", [sizes.latentDimension, dimension, 1])
            expected.add("\(quantizer).codebook.weight", [sizes.codebookSizes[0], dimension])
        }
        channels = sizes.decoderDimension
        expected.convolution("decoder.model.0", [channels, sizes.latentDimension, 7])
        for (index, rate) in sizes.decoderRates.enumerated() {
            let block = "decoder.model.\(index + 1).block"
            expected.add("\(block).0.alpha", [1, channels, 1])
            expected.transposed("\(block).1", [channels, channels / 2, 2 * rate])
            channels /= 2
            for unit in 2..<5 { residualUnit("\(block).\(unit)", channels, &expected) }
        }
        let last = sizes.decoderRates.count + 1
        expected.add("decoder.model.\(last).alpha", [1, channels, 1])
        expected.convolution("decoder.model.\(last + 1)", [1, channels, 7])
        return expected
    }

    private static func residualUnit(_ unit: String, _ channels: Int, _ expected: inout ExpectedShapes) {
        expected.add("\(unit).block.0.alpha", [1, channels, 1])
        expected.convolution("\(unit).block.1", [channels, channels, 7])
        expected.add("\(unit).block.2.alpha", [1, channels, 1])
        expected.convolution("\(unit).block.3", [channels, channels, 1])
    }
}
