import HealthReport
import Probe

/// The state of real weights, layer by layer.
struct WeightText {
    let page: ProbePage

    /// The table.
    func lines(_ layers: [LayerWeightReport]) -> [String] {
        typealias Column = FittingTable<LayerWeightReport>.Column
        let table = page.table(
            [
                Column(title: "layer", alignment: .left) { page.name($0.name, width: 40) },
                Column(title: "norm", rank: 4) { NumberText.short($0.norm) },
                Column(title: "σ max", rank: 3) { NumberText.short($0.spectralNorm) },
                Column(title: "stable rank", rank: 2) { NumberText.short($0.stableRank) },
                Column(title: "eff. rank") { NumberText.short($0.effectiveRank) },
                Column(title: "fresh", rank: 1) { NumberText.short($0.initialEffectiveRank) },
                Column(title: "of") { "\($0.fullRank)" },
                Column(title: "dead") { "\($0.deadFilters)" },
                Column(title: "NaN/inf") { "\($0.nonFinite)" },
                Column(title: "g min…max", rank: 5) { layer in
                    guard let smallest = layer.smallestGain, let largest = layer.largestGain else { return "" }
                    return "\(NumberText.short(smallest))…\(NumberText.short(largest))"
                },
            ],
            layers
        )
        return table
            + page.wrapped(
                "Ranks are those of the worst group's matrix; 'fresh' is the effective rank of random weights of this shape.",
                indent: 2
            )
    }
}
