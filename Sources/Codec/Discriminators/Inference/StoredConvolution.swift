/// A convolution as a checkpoint holds it.
struct StoredConvolution {
    /// State-dict name, without `.weight` and the like.
    let name: String
    /// The folded weight, `[Cout, Cin/groups, K…]`.
    let shape: [Int]
    /// How it is stored.
    let normalization: WeightNormalization
    let hasBias: Bool

    /// Parts of the name, between dots.
    var components: [Substring] { name.split(separator: ".", omittingEmptySubsequences: false) }
    var outputChannels: Int { shape[0] }
    /// Input channels of one group.
    var groupWidth: Int { shape[1] }
    var kernel: [Int] { Array(shape.dropFirst(2)) }
    var isHead: Bool { outputChannels == 1 }
    /// Whether its name says that it leads around other layers.
    var isBypass: Bool { (components.last ?? "").contains("shortcut") || (components.last ?? "").contains("skip") }
}

extension StoredConvolution {
    /// Ways in which a convolution's weight is stored: what comes behind the layer's name, the weight itself first.
    private static let forms: [(normalization: WeightNormalization, names: [String])] = [
        (.none, ["weight"]), (.weight, ["weight_v", "weight_g"]), (.spectral, ["weight_orig", "weight_u", "weight_v"]),
        (
            .spectral,
            ["parametrizations.weight.original", "parametrizations.weight.0._u", "parametrizations.weight.0._v"]
        ),
    ]

    /// Every convolution among tensors, and what is none, both in the order of the tensors. A weight of rank 3 or 4 is a convolution's
    /// (linear layers have 2, normalisations 1), under the names of ``CheckpointGroup/nativelyNamed``.
    static func all(
        in tensors: [(name: String, shape: [Int])]
    ) -> (convolutions: [StoredConvolution], others: [(name: String, shape: [Int])]) {
        let shapes = Dictionary(tensors.map { ($0.name, $0.shape) }) { first, _ in first }
        var convolutions: [StoredConvolution] = []
        var used: Set<String> = []
        for (name, shape) in tensors where shape.count == 3 || shape.count == 4 {
            for (normalization, names) in forms where name == names[0] || name.hasSuffix("." + names[0]) {
                let stem = String(name.dropLast(names[0].count))
                guard names.allSatisfy({ shapes[stem + $0] != nil }) else { continue }
                // Some files hold the folded weight beside what it is made of.
                let isFoldedCopy = forms.contains { form in
                    form.normalization != normalization && normalization == .none
                        && form.names.allSatisfy { shapes[stem + $0] != nil }
                }
                if isFoldedCopy { break }
                let hasBias = shapes[stem + "bias"] == [shape[0]]
                convolutions.append(
                    StoredConvolution(
                        name: stem.hasSuffix(".") ? String(stem.dropLast()) : stem,
                        shape: shape,
                        normalization: normalization,
                        hasBias: hasBias
                    )
                )
                used.formUnion((names + (hasBias ? ["bias"] : [])).map { stem + $0 })
                break
            }
        }
        return (convolutions, tensors.filter { !used.contains($0.name) })
    }
}

/// Compares dotted names part by part: numbers by value, layers that make the input first, those that make the logits last.
enum NaturalOrder {
    private static let first: Set<String> = ["pre", "first", "input", "stem", "in"]
    private static let last: Set<String> = [
        "post", "last", "final", "out", "output", "head", "heads", "logit", "logits", "proj", "score", "scores", "adv",
    ]

    static func isBefore(_ a: [Substring], _ b: [Substring]) -> Bool {
        for (x, y) in zip(a, b) where x != y {
            let (left, right) = (key(x), key(y))
            return left != right ? left < right : x < y
        }
        return a.count < b.count
    }

    /// Where a part stands: its group, the text before its last number, the number.
    private static func key(_ part: Substring) -> (Int, String, Int) {
        let words = part.lowercased().split { !$0.isLetter }.map(String.init)
        let place = words.contains { first.contains($0) } ? 0 : words.contains { last.contains($0) } ? 2 : 1
        let digits = String(part.reversed().prefix { $0.isASCII && $0.isNumber }.reversed())
        return (place, String(part.dropLast(digits.count)), Int(digits) ?? -1)
    }
}
