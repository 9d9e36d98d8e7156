/// Who named a model's tensors.
public enum ModelNaming: String, Hashable, Sendable {
    /// The model's own authors: DAC's, EnCodec's, … names.
    case native
    /// Hugging Face's `DacModel`.
    case huggingFaceDac = "transformers DacModel"
    /// Hugging Face's `EncodecModel`.
    case huggingFaceEncodec = "transformers EncodecModel"

    /// Tells by the names alone.
    init(names: Set<String>) {
        func hasLayer(_ stem: String) -> Bool {
            names.contains { $0.hasPrefix(stem + ".") }
        }
        if hasLayer("encoder.block.0.res_unit1.conv1"), hasLayer("encoder.conv1") {
            self = .huggingFaceDac
        } else if hasLayer("encoder.layers.0.conv"), hasLayer("quantizer.layers.0.codebook"),
            !hasLayer("encoder_transformer")
        {
            self = .huggingFaceEncodec
        } else {
            self = .native
        }
    }

    /// How names become the authors' own. The rules that depend on the model's depth are made from its names.
    func rules(for names: Set<String>) -> [NameRule] {
        switch self {
        case .native: []
        case .huggingFaceDac:
            Self.dacRules(
                encoderBlocks: Self.count("encoder.block.", in: names),
                decoderBlocks: Self.count("decoder.block.", in: names)
            )
        case .huggingFaceEncodec: Self.encodecRules(lastDecoderLayer: Self.count("decoder.layers.", in: names) - 1)
        }
    }

    /// DAC keeps its encoder in one list: the first convolution, the blocks, a Snake and the last convolution; a block is
    /// three residual units, a Snake and the strided convolution. Its decoder's blocks are a Snake, the transposed
    /// convolution and three units; a unit is Snake, convolution, Snake, convolution.
    private static func dacRules(encoderBlocks: Int, decoderBlocks: Int) -> [NameRule] {
        var rules = [
            NameRule("encoder.conv1", "encoder.block.0"),
            NameRule("encoder.block.#.snake1", "encoder.block.{0+1}.block.3"),
            NameRule("encoder.block.#.conv1", "encoder.block.{0+1}.block.4"),
            NameRule("encoder.snake1", "encoder.block.\(encoderBlocks + 1)"),
            NameRule("encoder.conv2", "encoder.block.\(encoderBlocks + 2)"),
            NameRule("decoder.conv1", "decoder.model.0"),
            NameRule("decoder.block.#.snake1", "decoder.model.{0+1}.block.0"),
            NameRule("decoder.block.#.conv_t1", "decoder.model.{0+1}.block.1"),
            NameRule("decoder.snake1", "decoder.model.\(decoderBlocks + 1)"),
            NameRule("decoder.conv2", "decoder.model.\(decoderBlocks + 2)"),
        ]
        for (place, part) in ["snake1", "conv1", "snake2", "conv2"].enumerated() {
            rules.append(
                NameRule("encoder.block.#.res_unit#.\(part)", "encoder.block.{0+1}.block.{1-1}.block.\(place)")
            )
            rules.append(
                NameRule("decoder.block.#.res_unit#.\(part)", "decoder.model.{0+1}.block.{1+1}.block.\(place)")
            )
        }
        return rules
    }

    /// EnCodec wraps each convolution twice. In the decoder every convolution that is a layer of its own is a transposed
    /// one, but for the first and the last.
    private static func encodecRules(lastDecoderLayer last: Int) -> [NameRule] {
        var rules = [
            NameRule("encoder.layers.#.lstm", "encoder.model.{0}.lstm"),
            NameRule("decoder.layers.#.lstm", "decoder.model.{0}.lstm"),
            NameRule("quantizer.layers.#.codebook", "quantizer.vq.layers.{0}._codebook"),
        ]
        for part in ["conv", "norm"] {
            for ends in [0, last] {
                rules.append(NameRule("decoder.layers.\(ends).\(part)", "decoder.model.\(ends).conv.\(part)"))
            }
            let transposed = part == "conv" ? "convtr" : "norm"
            rules += [
                NameRule("decoder.layers.#.\(part)", "decoder.model.{0}.convtr.\(transposed)"),
                NameRule("encoder.layers.#.\(part)", "encoder.model.{0}.conv.\(part)"),
            ]
            for side in ["encoder", "decoder"] {
                rules += [
                    NameRule("\(side).layers.#.block.#.\(part)", "\(side).model.{0}.block.{1}.conv.\(part)"),
                    NameRule("\(side).layers.#.shortcut.\(part)", "\(side).model.{0}.shortcut.conv.\(part)"),
                ]
            }
        }
        return rules
    }

    /// One more than the largest number behind `prefix`.
    private static func count(_ prefix: String, in names: Set<String>) -> Int {
        let numbers = names.lazy.filter { $0.hasPrefix(prefix) }.compactMap { name in
            Int(name.dropFirst(prefix.count).prefix { $0 != "." })
        }
        return min(numbers.max() ?? -1, 1 << 20) + 1
    }
}

extension CheckpointGroup {
    /// Who named the tensors.
    public var naming: ModelNaming { ModelNaming(names: Set(names)) }

    /// The same tensors under the names the model's authors gave them: Hugging Face's names are translated, and
    /// `parametrizations.weight.original0`, `original1` become `weight_g`, `weight_v`. Folded weights stay `weight`.
    public var nativelyNamed: CheckpointGroup {
        let all = Set(names)
        let rules = naming.rules(for: all)
        var taken: Set<String> = []
        let renamed = tensors.map { name, tensor in
            let plain = Self.withoutParametrization(name, all: all)
            let native = rules.lazy.compactMap { $0.rewrite(plain) }.first ?? plain
            return (name: taken.insert(native).inserted ? native : name, tensor: tensor)
        }
        return CheckpointGroup(group: group, strippedPrefix: strippedPrefix, tensors: renamed)
    }

    /// Weight normalisation has exactly two originals; spectral normalisation has one, named `original`.
    private static func withoutParametrization(_ name: String, all: Set<String>) -> String {
        for (number, suffix) in [("0", "_g"), ("1", "_v")] {
            let ending = ".weight.original\(number)"
            guard name.hasSuffix(ending) else { continue }
            let stem = String(name.dropLast(ending.count))
            guard stem.hasSuffix("parametrizations"), all.contains("\(stem).weight.original0"),
                all.contains("\(stem).weight.original1")
            else { continue }
            return stem.dropLast("parametrizations".count) + "weight" + suffix
        }
        return name
    }
}
