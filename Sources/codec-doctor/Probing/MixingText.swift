import HealthReport
import Probe

/// How information of first-layer channels meets.
struct MixingText {
    let page: ProbePage

    private struct Kind: Equatable {
        let layers: [String]
        let complete: String?
        let product: Double
    }

    /// A paragraph for each kind of sub-discriminator.
    func lines(_ network: NetworkReport) -> [String] {
        let groups = PartGroups.of(network.mixing) { report in
            Kind(layers: report.layers.map(Self.text), complete: report.completeAt, product: report.naiveGroupProduct)
        }
        return groups.flatMap(lines)
    }

    private func lines(_ reports: [MixingReport]) -> [String] {
        guard let report = reports.first else { return [] }
        let parts = ReportText.list(reports.map(\.part))
        // Bands repeat the same counts many times: equal neighbours are counted, not repeated.
        let layers = report.layers.count <= 10 ? report.layers.map(Self.text) : Self.ranges(report.layers)
        var lines = page.wrapped(
            "\(parts): a unit depends on so many of \(report.firstChannels) first-layer channels: "
                + layers.joined(separator: ", ") + ".",
            indent: 2
        )
        if let name = report.completeAt {
            lines += page.wrapped(
                "Mixing is complete at \(name); \(ReportText.percent(report.weightShareAfterMixing)) of the weights stand "
                    + "there or behind it.",
                indent: 4
            )
        } else {
            lines += page.wrapped("No layer joins all channels: the towers stay apart up to the logits.", indent: 4)
        }
        if report.naiveGroupProduct > 1 {
            let product = report.naiveGroupProduct
            let text = product < 1e15 ? ReportText.count(Int(product)) : NumberText.short(product)
            lines += page.wrapped(
                "The product of the group counts is 1/\(text). It is not a capacity: layers' capacities do not multiply. "
                    + "It is shown because people compute it.",
                indent: 4
            )
        }
        return lines
    }

    private static func text(_ layer: MixingReport.Layer) -> String { "\(layer.name) \(counts(layer))" }

    private static func counts(_ layer: MixingReport.Layer) -> String {
        layer.fewest == layer.most ? "\(layer.fewest)" : "\(layer.fewest)–\(layer.most)"
    }

    private static func ranges(_ layers: [MixingReport.Layer]) -> [String] {
        var ranges: [(first: String, last: String, counts: String)] = []
        var seen: Set<String> = []
        let layers = layers.filter { seen.insert(LayerPattern.of($0.name) + " " + counts($0)).inserted }
        for layer in layers {
            if let last = ranges.last, last.counts == counts(layer) {
                ranges[ranges.count - 1].last = LayerPattern.of(layer.name)
            } else {
                ranges.append((LayerPattern.of(layer.name), LayerPattern.of(layer.name), counts(layer)))
            }
        }
        return ranges.map {
            $0.first == $0.last ? "\($0.first) \($0.counts)" : "\($0.first) to \($0.last) \($0.counts)"
        }
    }
}
