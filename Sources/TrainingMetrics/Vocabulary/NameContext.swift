/// What a name means beside its unit and beside the other names of its run.
enum NameContext {
    /// Brings a percentage to 0…1 and a time to seconds; a percentage of anything but a ratio is a change, not a metric.
    static func apply(unit: String, name: MetricName, to interpretation: inout MetricInterpretation) {
        let isPercent = unit == "%" || name.words.contains { NameLexicon.concept(of: $0) == .percent }
        switch interpretation.role {
        case .amplitudeRatio, .correlation, .codebookUsage, .clippedFraction, .inputClippedFraction, .repeatDifference,
            .discriminatorRealAccuracy, .discriminatorFakeAccuracy:
            if isPercent { interpretation.scale = 0.01 }
        case .unknown, .outputLevel:
            let concepts = Set(name.words.compactMap { NameLexicon.concept(of: $0) }).subtracting([.noise, .mean])
            // `Amplitude: 84.9%` and `output amp 47.5%` are shares of the input's level.
            let isAmplitude = concepts.contains(.amplitude) && concepts.isSubset(of: [.amplitude, .output, .level])
            let isKnown = !name.words.contains { NameLexicon.concept(of: $0) == nil }
            if isPercent && isAmplitude && isKnown {
                interpretation = MetricInterpretation(role: .amplitudeRatio, scale: 0.01)
            }
        case .stepTime, .loaderTime, .epochTime:
            let scales = ["ms": 0.001, "us": 1e-6, "min": 60, "h": 3600]
            if let scale = scales[unit] { interpretation.scale = scale }
        case .progress, .qualityScore: break
        default:
            if isPercent { interpretation = MetricInterpretation(role: .unknown) }
        }
        let isLoss = interpretation.role.isLoss
        let multiples = ["k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "B": 1e9]
        if isLoss, let factor = multiples[unit] { interpretation.scale *= factor }
    }

    /// Settles the names whose words leave a choice.
    /// - Parameters:
    ///   - open: offsets of keys that no table has settled.
    ///   - offsets: all keys of the run.
    ///   - keys: every key.
    ///   - names: every name.
    ///   - result: the interpretations, corrected in place.
    static func settle(
        _ open: [Int],
        among offsets: [Int],
        _ keys: [MetricKey],
        _ names: [MetricName],
        _ result: inout [MetricInterpretation]
    ) {
        settleMeans(open, keys, &result)
        settleLetters(open, among: offsets, names, &result)
        settleUsage(open, among: offsets, keys, names, &result)
        settleGenerator(open, among: offsets, keys, names, &result)
        settleKinds(open, among: offsets, keys, &result)
    }

    /// `adv/disc_loss (mean)` beside `adv/disc_loss` is the same once more, smoothed: kept and not judged.
    private static func settleMeans(_ open: [Int], _ keys: [MetricKey], _ result: inout [MetricInterpretation]) {
        for offset in open where keys[offset].name.hasSuffix(" (mean)") {
            var whole = keys[offset]
            whole.name.removeLast(7)
            if keys.contains(whole) { result[offset] = MetricInterpretation(role: .unknown) }
        }
    }

    /// `d` alone is a discriminator only beside a generator, `g` only beside a discriminator, `q` beside neither.
    private static func settleLetters(
        _ open: [Int],
        among offsets: [Int],
        _ names: [MetricName],
        _ result: inout [MetricInterpretation]
    ) {
        let roles = Set(offsets.map { result[$0].role })
        let hasGenerator = !roles.isDisjoint(with: [.generatorLoss, .adversarialLoss])
        let hasDiscriminator = !roles.isDisjoint(with: [
            .discriminatorLoss, .discriminatorRealLoss, .discriminatorFakeLoss,
        ])
        for offset in open {
            switch names[offset].canonical {
            case "d" where !hasGenerator, "g" where !hasDiscriminator, "q", "feature", "features", "time", "temporal":
                // A bare `feature` is feature matching only in a game.
                let isGame = hasGenerator || hasDiscriminator
                if names[offset].canonical.hasPrefix("feature"), isGame { continue }
                result[offset] = MetricInterpretation(role: .unknown)
            default: continue
            }
        }
    }

    /// `usage` alone is that of a codebook only beside another number of a quantiser.
    private static func settleUsage(
        _ open: [Int],
        among offsets: [Int],
        _ keys: [MetricKey],
        _ names: [MetricName],
        _ result: inout [MetricInterpretation]
    ) {
        let quantiser: Set<MetricRole> = [.vqLoss, .commitmentLoss, .codebookLoss, .perplexity]
        guard offsets.contains(where: { quantiser.contains(result[$0].role) }) else { return }
        for offset in open where result[offset].role == .unknown {
            let concepts = Set(names[offset].words.map { NameLexicon.concept(of: $0) })
            guard concepts.contains(.usage), concepts.isSubset(of: [.usage, .number, .part, .mean, .percent, .ratio])
            else { continue }
            let part = names[offset].numbers.joined(separator: " ")
            result[offset] = MetricInterpretation(role: .codebookUsage, part: part)
            apply(unit: keys[offset].unit, name: names[offset], to: &result[offset])
        }
    }

    /// `generator loss` is the whole objective, unless it is one term: in a log of nothing but the game, or beside a
    /// total and other terms while no adversarial term is named.
    private static func settleGenerator(
        _ open: [Int],
        among offsets: [Int],
        _ keys: [MetricKey],
        _ names: [MetricName],
        _ result: inout [MetricInterpretation]
    ) {
        let roles = Set(offsets.map { result[$0].role })
        guard !roles.contains(.adversarialLoss) else { return }
        let hasDiscriminator = !roles.isDisjoint(with: [
            .discriminatorLoss, .discriminatorRealLoss, .discriminatorFakeLoss,
        ])
        guard hasDiscriminator else { return }
        let hasTerms = roles.contains { role in
            switch role {
            case .featureMatchingLoss, .reconstructionLoss, .vqLoss, .commitmentLoss, .codebookLoss, .klLoss: true
            default: false
            }
        }
        func saysTotal(_ offset: Int) -> Bool {
            names[offset].words.contains { NameLexicon.concept(of: $0) == .total }
        }
        let totals = offsets.filter {
            result[$0].role == .totalLoss || (result[$0].role == .generatorLoss && saysTotal($0))
        }
        for offset in open where result[offset].role == .generatorLoss && !saysTotal(offset) {
            let hasTotal = totals.contains {
                keys[$0].split == keys[offset].split && keys[$0].axis == keys[offset].axis
            }
            if !hasTerms || hasTotal { result[offset].role = .adversarialLoss }
        }
    }

    /// `mel_l1` is the mel term unless there is a whole one beside it.
    private static func settleKinds(
        _ open: [Int],
        among offsets: [Int],
        _ keys: [MetricKey],
        _ result: inout [MetricInterpretation]
    ) {
        struct Whole: Hashable {
            let role: MetricRole
            let split: Split
        }
        let wholes = Set(
            offsets.filter { result[$0].part.isEmpty }.map { Whole(role: result[$0].role, split: keys[$0].split) }
        )
        for offset in open where ["l1", "l2", "mse", "mae"].contains(result[offset].part) {
            if !wholes.contains(Whole(role: result[offset].role, split: keys[offset].split)) {
                result[offset].part = ""
            }
        }
    }
}
