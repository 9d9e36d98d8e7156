import ArgumentParser
import TrainingMetrics

/// Facts about a run that the user knows.
struct FactOptions: ParsableArguments {
    @Option(
        name: .customLong("fact"),
        help: ArgumentHelp(
            "A fact about the run, such as loss-family=hinge or planned-epochs=100; repeatable.",
            discussion: "Facts: \(FactKey.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "key=value"
        )
    )
    var facts: [String] = []

    @Option(
        help: ArgumentHelp(
            "Weights of the objective, such as adversarial=1,feature=2,reconstruction=0.1,vq=1.",
            valueName: "term=weight,…"
        )
    )
    var weights: String?

    @OptionGroup var price: PriceOptions

    /// The facts, each given by the flag it came from.
    func parsed() throws -> [Fact] {
        var result = try facts.map { text in
            let (key, value) = try Self.split(text, flag: "--fact")
            return try GivenFact.fact(key: key, value: value, by: "--fact \(text)")
        }
        if let weights {
            for part in weights.split(separator: ",") {
                let (term, value) = try Self.split(String(part), flag: "--weights")
                guard let key = GivenFact.weightKey(of: term) else {
                    throw ValidationError(
                        "--weights: there is no term '\(term)'; terms: \(GivenFact.terms.joined(separator: ", "))"
                    )
                }
                result.append(try GivenFact.fact(key: key.rawValue, value: value, by: "--weights \(weights)"))
            }
        }
        return result + (try price.parsed())
    }

    private static func split(_ text: String, flag: String) throws -> (String, String) {
        guard let sign = text.firstIndex(of: "=") else {
            throw ValidationError("\(flag): '\(text)' has no '='; write NAME=VALUE")
        }
        return (String(text[..<sign]), String(text[text.index(after: sign)...]))
    }
}

/// Facts as users write them: names and values checked before they are believed.
enum GivenFact {
    private static let weights: [(String, FactKey)] = [
        ("adversarial", .adversarialWeight), ("feature", .featureMatchingWeight),
        ("reconstruction", .reconstructionWeight), ("vq", .vqWeight), ("mel", .melWeight), ("kl", .klWeight),
        ("commitment", .commitmentWeight), ("stft", .stftWeight), ("waveform", .waveformWeight),
        ("codebook", .codebookWeight),
    ]

    /// Names of the terms `--weights` knows.
    static let terms = weights.map(\.0)

    /// The fact that holds a term's weight.
    static func weightKey(of term: String) -> FactKey? { weights.first { $0.0 == term }?.1 }

    /// A checked fact.
    static func fact(key name: String, value: String, by source: String) throws -> Fact {
        guard let key = FactKey(rawValue: name) else {
            let known = FactKey.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("there is no fact '\(name)'; facts: \(known)")
        }
        if let expected = expected(of: key, insteadOf: value) {
            throw ValidationError("\(source): the value of \(name) must be \(expected)")
        }
        return Fact(key, value, .given, evidence: source)
    }

    /// What the value of a fact should be, `nil` where it is that.
    static func expected(of key: FactKey, insteadOf value: String) -> String? {
        switch key {
        case .lossFamily where LossFamily(rawValue: value) == nil:
            "one of \(LossFamily.allCases.map(\.rawValue).joined(separator: ", "))"
        case .reduction where LossReduction(rawValue: value) == nil: "sum or mean"
        case .halvedDiscriminatorLoss where !["true", "false"].contains(value): "true or false"
        case .balancer where !["true", "false"].contains(value): "true or false"
        case .loggedTerms where !["weighted", "raw"].contains(value): "weighted or raw"
        case .modelKind where !["codec", "vocoder", "other"].contains(value): "codec, vocoder or other"
        case .lossFamily, .reduction, .halvedDiscriminatorLoss, .balancer, .loggedTerms, .modelKind, .currency: nil
        default: (Double(value).map { $0.isFinite && $0 >= 0 } ?? false) ? nil : "a number of zero or more"
        }
    }
}
