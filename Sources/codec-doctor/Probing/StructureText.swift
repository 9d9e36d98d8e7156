import Foundation
import HealthReport
import Probe

/// Layer by layer: shapes, parameters, arithmetic and reach in time; sub-discriminators and bands that are alike once.
struct StructureText {
    let page: ProbePage

    private struct Row {
        var name: String
        var layer: StructureReport.Layer
        var count = 1
    }

    /// What must be equal for two sub-discriminators to be shown as one.
    private struct Kind: Equatable {
        let names: [String]
        let shapes: [[Int]]
        let groups: [Int]
        let strides: [[Int]]
    }

    /// The tables.
    func lines(_ network: NetworkReport) -> [String] {
        let groups = PartGroups.of(network.structures) { structure in
            Kind(
                names: structure.layers.map(\.name),
                shapes: structure.layers.map(\.shape),
                groups: structure.layers.map(\.groups),
                strides: structure.layers.map(\.stride)
            )
        }
        return groups.flatMap(lines)
    }

    private func lines(_ structures: [StructureReport]) -> [String] {
        guard let first = structures.first else { return [] }
        typealias Column = FittingTable<Row>.Column
        let parts = ReportText.list(structures.map(\.part))
        let alike = structures.count > 1 ? ": alike; times and arithmetic are those of \(first.part)" : ""
        var lines = page.wrapped(parts + alike, indent: 2)
        lines += page.table(
            [
                Column(title: "layer", alignment: .left) { page.name($0.name) },
                Column(title: "weight", alignment: .left) { Self.product($0.layer.shape) },
                Column(title: "groups") { "\($0.layer.groups)" },
                Column(title: "stride", rank: 2) { Self.product($0.layer.stride) },
                Column(title: "params") { ReportText.count($0.layer.parameters * $0.count) },
                Column(title: "of dense") {
                    ReportText.percent(Double($0.layer.parameters) / Double(max(1, $0.layer.denseParameters)))
                },
                Column(title: "MMAC/s", rank: 1) { NumberText.short($0.layer.multiplyAdds * Double($0.count) / 1e6) },
                Column(title: "of dense", rank: 4) {
                    ReportText.percent($0.layer.multiplyAdds / $0.layer.denseMultiplyAdds)
                },
                Column(title: "fan-in") { "\($0.layer.fanIn)" },
                Column(title: "step", rank: 3) { "\($0.layer.totalStride)" },
                Column(title: "field") { "\($0.layer.receptiveField)" },
                Column(title: "ms") { NumberText.short($0.layer.receptiveFieldMilliseconds) },
            ],
            rows(first)
        )
        if structures.count > 1 {
            let fields = structures.compactMap { structure in
                structure.layers.last.map {
                    "\(structure.part) \($0.receptiveField) samples (\(NumberText.short($0.receptiveFieldMilliseconds)) ms)"
                }
            }
            lines += page.wrapped("A logit depends on: \(fields.joined(separator: ", ")).", indent: 2)
        }
        return lines
    }

    /// Layers of several bands that differ in the band's number only become one row.
    private func rows(_ structure: StructureReport) -> [Row] {
        var rows: [Row] = []
        for layer in structure.layers {
            let pattern = LayerPattern.of(layer.name)
            if let known = rows.firstIndex(where: {
                Self.isSame($0.layer, layer) && LayerPattern.of($0.layer.name) == pattern
            }) {
                rows[known].count += 1
            } else {
                rows.append(Row(name: layer.name, layer: layer))
            }
        }
        return rows.map { row in
            var row = row
            if row.count > 1 { row.name = "\(row.count) × \(LayerPattern.of(row.layer.name))" }
            return row
        }
    }

    private static func isSame(_ one: StructureReport.Layer, _ other: StructureReport.Layer) -> Bool {
        one.shape == other.shape && one.groups == other.groups && one.stride == other.stride
            && one.receptiveField == other.receptiveField && one.totalStride == other.totalStride
    }

    /// "1024×4×41".
    static func product(_ sizes: [Int]) -> String { sizes.map(String.init).joined(separator: "×") }
}
