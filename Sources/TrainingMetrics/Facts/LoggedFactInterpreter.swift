/// Turns what a log states about its run (configuration lines, parameter counts) into facts.
public enum LoggedFactInterpreter {
    /// The facts among the statements of a log, in the order of its lines; what means nothing to a rule is left out.
    /// - Returns: facts of origin `log`, each with its line as evidence; numbers of sub-discriminators that follow from
    ///   a known parameter count, and a hinge loss whose generator form is not said, are `inferred`.
    public static func facts(from logged: [LoggedFact]) -> [Fact] {
        var facts: [Fact] = []
        for fact in logged {
            let statement = "\(fact.key) = \(fact.value)"
            let evidence = fact.line > 0 ? "line \(fact.line): \(statement)" : statement
            // Our own trainer gives facts under their names, in JSON Lines below `facts`.
            if let key = FactKey(rawValue: fact.key.hasPrefix("facts/") ? String(fact.key.dropFirst(6)) : fact.key) {
                facts.append(Fact(key, number(fact.value).map(text) ?? fact.value, .log, evidence: evidence))
                continue
            }
            let name = LoggedFactNames.normalised(fact.key)
            if let family = family(name, fact.value) {
                // Only the discriminator's half of a hinge is certain; the numbers may say more.
                facts.append(
                    Fact(.lossFamily, family.rawValue, family == .hinge ? .inferred : .log, evidence: evidence)
                )
            } else if LoggedFactNames.averaging.contains(name), let isMean = boolean(fact.value) {
                facts.append(Fact(.reduction, isMean ? "mean" : "sum", .log, evidence: evidence))
            } else if let key = LoggedFactNames.key(of: fact.key), let value = number(fact.value) {
                facts.append(Fact(key, text(value), .log, evidence: evidence))
            }
        }
        return facts + parameterFacts(logged)
    }

    private static func family(_ name: String, _ value: String) -> LossFamily? {
        guard LoggedFactNames.families.contains(name) else { return nil }
        let spelled: [String: LossFamily] = [
            "hinge": .hinge, "lsgan": .lsgan, "mse": .lsgan, "ls": .lsgan, "least_squares": .lsgan, "l2": .lsgan,
            "vanilla": .bce, "bce": .bce, "nsgan": .bce, "softplus": .bce, "logistic": .bce, "non_saturating": .bce,
            "wgan": .wgan, "hinge_relu": .hingeRelu, "hinge2": .hingeRelu, "ralsgan": .relativisticLSGAN,
        ]
        return spelled[value.lowercased().replacing("-", with: "_").filter { !"'\" ".contains($0) }]
    }

    private static func boolean(_ value: String) -> Bool? {
        switch value.lowercased() {
        case "true", "yes", "1": true
        case "false", "no", "0": false
        default: nil
        }
    }

    /// A number as trainers write it: `1e-4`, `16,913,859`, `48_000`, `42.5M`, `16000 Hz`.
    static func number(_ value: String) -> Double? {
        var body = value.filter { !"_,'\"".contains($0) }.lowercased().filter { !$0.isWhitespace }
        for unit in ["hz", "params", "parameters", "steps", "epochs"] where body.hasSuffix(unit) {
            body.removeLast(unit.count)
        }
        var factor = 1.0
        for (suffix, multiple) in [("k", 1e3), ("m", 1e6), ("g", 1e9), ("b", 1e9)] where body.hasSuffix(suffix) {
            factor = multiple
            body.removeLast()
            break
        }
        guard let number = Double(body), number.isFinite else { return nil }
        return factor == 1 ? number : (number * factor).rounded()
    }

    /// The shortest text of a number, without `.0`.
    static func text(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    }

    // MARK: Parameter counts

    private static func parameterFacts(_ logged: [LoggedFact]) -> [Fact] {
        var facts: [Fact] = []
        let rows: [(FactKey, NameLexicon.Concept)] = [
            (.discriminatorParameters, .discriminator), (.generatorParameters, .generator),
        ]
        for (key, concept) in rows {
            // Of a restarted log the last count of each part counts.
            var parts: [(name: String, count: Double, line: Int)] = []
            for fact in logged {
                let words = MetricName(fact.key).words
                let isCount = !Set(words).isDisjoint(with: ["param", "params", "parameter", "parameters"])
                guard isCount, words.contains(where: { NameLexicon.concept(of: $0) == concept }) else { continue }
                guard let count = number(fact.value), count > 0 else { continue }
                let name = words.joined(separator: " ")
                parts.removeAll { $0.name == name }
                parts.append((name, count, fact.line))
            }
            guard !parts.isEmpty else { continue }
            let sum = parts.map(\.count).reduce(0, +)
            let lines = parts.map { "line \($0.line): \($0.name) = \(text($0.count))" }.joined(separator: "; ")
            facts.append(Fact(key, text(sum), .log, evidence: lines))
            if key == .discriminatorParameters, let known = KnownDiscriminators.matching(sum) {
                let sentence = "\(text(sum)) parameters are those of \(known.name) (\(lines))"
                facts.append(Fact(.subDiscriminators, "\(known.count)", .inferred, evidence: sentence))
            }
        }
        return facts
    }
}
