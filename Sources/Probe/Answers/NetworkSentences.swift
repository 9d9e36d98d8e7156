import TrainingMetrics

/// What a report says about one net, in sentences: how large, how connected, whether it learns.
struct NetworkSentences {
    let network: NetworkReport

    init(_ network: NetworkReport) { self.network = network }

    /// Whether any layer has groups.
    var isGrouped: Bool { network.weightCount < network.denseWeightCount }

    /// How many parameters of how many dense ones.
    var size: String {
        let count = "\(network.name) has \(ReportText.count(network.parameterCount)) parameters"
        guard isGrouped else { return count + "; no layer is grouped, so they are those of dense layers (100 %)." }
        let share = ReportText.percent(Double(network.weightCount) / Double(network.denseWeightCount))
        let parts = network.structures.map { structure in
            structure.layers.map { ($0.weights, $0.denseWeights) }.reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) }
        }
        if parts.count > 1, let first = parts.first, parts.allSatisfy({ $0 == first }) {
            return count
                + ": each of its \(parts.count) sub-discriminators keeps \(ReportText.count(first.0)) of the "
                + "\(ReportText.count(first.1)) weights of the same layers without groups, \(share)."
        }
        return count
            + ": its groups keep \(ReportText.count(network.weightCount)) of the "
            + "\(ReportText.count(network.denseWeightCount)) weights of the same layers without groups, \(share)."
    }

    /// How far the first layer's channels reach.
    var reach: [String] {
        var kinds: [(parts: [String], sentence: String)] = []
        for report in network.mixing {
            let sentence = reach(report)
            if let known = kinds.firstIndex(where: { $0.sentence == sentence }) {
                kinds[known].parts.append(report.part)
            } else {
                kinds.append(([report.part], sentence))
            }
        }
        if kinds.count == 1 { return ["In every sub-discriminator " + kinds[0].sentence] }
        return kinds.map { "In \(ReportText.list($0.parts)) " + $0.sentence }
    }

    private func reach(_ report: MixingReport) -> String {
        let complete = report.layers.firstIndex { $0.name == report.completeAt }
        let limited = report.layers[..<(complete ?? report.layers.count)].dropFirst()
        guard let fewest = limited.map(\.fewest).min() else {
            return "each unit behind the first layer depends on all channels of its first layer: nothing is kept apart."
        }
        let most = limited.map(\.most).max() ?? fewest
        let channels = fewest == most ? "\(fewest)" : "\(fewest) to \(most)"
        let all = complete.map { report.layers[$0].fewest } ?? report.firstChannels
        guard let complete else {
            return "a unit depends on \(channels) of \(all) first-layer channels, and no layer ever joins them all."
        }
        let name = report.layers[complete].name
        let structure = network.structures.first { $0.part == report.part }?.layers.first { $0.name == name }
        let kind = structure?.groups == 1 ? "the dense layer \(name)" : name
        return "a unit depends on \(channels) of \(all) first-layer channels until \(kind) joins them all; "
            + "\(ReportText.percent(report.weightShareAfterMixing)) of the weights stand there or behind it."
    }

    /// Whether it learns; nil when that was not measured.
    var learning: String? {
        guard let learning = network.learning else { return nil }
        let blind = ReportText.number(learning.blindLoss)
        let loss = ReportText.number(learning.finalLoss)
        let heldOut =
            "on unheard speech the gap between real and an untrained codec's output is \(ReportText.number(learning.gap)), "
            + "\(ReportText.percent(learning.heldOutAccuracy)) of the clips are judged rightly, and "
            + "\(ReportText.percent(learning.degradedAccuracy)) where degraded speech, which it was not trained on, must be told from real"
        let left = learning.leftBlindAt.map { "left its blind value \(blind) at step \($0)" }
        switch learning.verdict {
        case .able:
            return "\(network.name) is able to learn: trained alone, its \(learning.family) loss "
                + "\(left ?? "moved from its blind value \(blind)") and was \(loss) (mean of 10 steps) after \(ReportText.steps(learning.steps)); \(heldOut)."
        case _ where !learning.finalLoss.isFinite:
            return
                "\(network.name) cannot be trained: after \(ReportText.steps(learning.steps)) its loss is \(loss), so its answers "
                + "overflow or are NaN."
        case .undecided:
            return
                "\(network.name) was trained for \(ReportText.steps(learning.steps)) only, too few to tell: its "
                + "\(learning.family) loss is \(loss), the blind value \(blind); \(heldOut)."
        case .slow:
            return
                "\(network.name) learns slowly: within \(ReportText.steps(learning.steps)) its \(learning.family) loss "
                + "\(left ?? "has not clearly left its blind value \(blind)") and is at \(loss); \(heldOut)."
        case .unable:
            return
                "\(network.name) did not learn within \(ReportText.steps(learning.steps)): its \(learning.family) loss is \(loss), "
                + "the blind value \(blind); \(heldOut) (50 % is chance)."
        }
    }

    /// What real weights lack; nil when nothing, or when weights are fresh.
    var damage: String? {
        let broken = network.layerWeights.filter { $0.nonFinite > 0 }
        if let first = broken.first {
            let count = broken.reduce(0) { $0 + $1.nonFinite }
            return "\(ReportText.count(count)) of \(network.name)'s weights are NaN or infinite, in \(broken.count) "
                + "layer(s), first \(first.name): whatever it answers means nothing."
        }
        let narrow = network.layerWeights.filter { $0.effectiveRank < 0.3 * $0.initialEffectiveRank }
        if let worst = narrow.min(by: {
            $0.effectiveRank / $0.initialEffectiveRank < $1.effectiveRank / $1.initialEffectiveRank
        }) {
            return
                "\(narrow.count) layer(s) of \(network.name) have lost directions, most \(worst.name): effective rank "
                + "\(ReportText.number(worst.effectiveRank)) of \(worst.fullRank), a fresh one "
                + "\(ReportText.number(worst.initialEffectiveRank))."
        }
        let dead = network.layerWeights.filter { $0.deadFilters > 0 }
        guard let worst = dead.max(by: { $0.deadFilters < $1.deadFilters }) else { return nil }
        let count = dead.reduce(0) { $0 + $1.deadFilters }
        return "\(ReportText.count(count)) filters of \(network.name) are dead (no weights to speak of), most in "
            + "\(worst.name): \(worst.deadFilters) of \(worst.shape.first ?? 0)."
    }
}

extension StructureReport.Layer {
    /// Values of the weight, and of the layer's without groups.
    var weights: Int { shape.reduce(1, *) }
    /// Values of the weight without groups.
    var denseWeights: Int { weights * groups }
}
