/// Which architecture's names a file's names are most like, for models that are none of them.
enum ArchitectureResemblance {
    /// Parts of names that are typical for an architecture.
    private static let typical: [(kind: RecognizedArchitecture.Kind, parts: [String])] = [
        (.dac, ["encoder.block.#.block", "decoder.model.#.block", "quantizer.quantizers.#.in_proj", "alpha"]),
        (.encodec, ["encoder.model.#", "conv.conv", "convtr.convtr", "lstm.weight_ih_l#", "_codebook.embed"]),
        (.telugu, ["encoder.#.conv1", "decoder.#.conv1", "encoder.#.snake1"]),
        (.dacDiscriminator, ["discriminators.#.band_convs", "discriminators.#.convs.#.#", "conv_post"]),
        (.encodecDiscriminator, ["discriminators.#.convs.#.conv", "discriminators.#.conv_post.conv"]),
        (.hifiGAN, ["ups.#", "resblocks.#.convs", "conv_pre", "conv_post"]),
        (.multiPeriodDiscriminator, ["mpd", "discriminators.#.convs.#"]),
        (.snac, ["encoder.block.#.block", "quantizer.quantizers.#.codebook", "original#"]),
        (.mimi, ["encoder_transformer", "decoder_transformer", "rvq_first", "semantic_residual_vector_quantizer"]),
    ]
    /// Most names that are looked at.
    private static let mostNames = 2000

    /// The architecture with the largest share of its typical parts in the names; nil when none has a half.
    static func closest(to names: [String]) -> RecognizedArchitecture.Kind? {
        let patterns = Set(names.prefix(mostNames).map { pattern(String($0.prefix(200))) })
        var best: (share: Double, kind: RecognizedArchitecture.Kind)?
        for (kind, parts) in typical {
            let found = parts.filter { part in patterns.contains { $0.contains(part) } }
            let share = Double(found.count) / Double(parts.count)
            if share >= 0.5, share > best?.share ?? 0 { best = (share, kind) }
        }
        return best?.kind
    }

    /// The name with every number replaced by `#`.
    private static func pattern(_ name: String) -> String {
        var result = ""
        for character in name {
            if !character.isNumber {
                result.append(character)
            } else if result.last != "#" {
                result.append("#")
            }
        }
        return result
    }
}
