import HealthReport
import Probe

/// What single layers reproduce of random targets.
struct CapacityText {
    let page: ProbePage

    /// A table for each layer.
    func lines(_ reports: [LayerCapacityReport]) -> [String] {
        reports.flatMap(lines)
            + page.wrapped(
                "Share of the target's variance explained on unseen inputs, by the best weights / after training by gradient; of a "
                    + "dense target the dense layer makes all by construction. Targets: a random dense layer, fed with noise or with "
                    + "what earlier layers make of speech; products of two inputs, of different groups or of one.",
                indent: 2
            )
    }

    private struct Row: Equatable {
        let target: LayerCapacityReport.Target
        let inputs: LayerCapacityReport.Inputs
    }

    private func lines(_ report: LayerCapacityReport) -> [String] {
        typealias Column = FittingTable<Row>.Column
        let place = report.place.isEmpty ? "" : "\(report.place): "
        var lines = page.wrapped(
            "\(place)\(report.layer), \(ReportText.percent(report.weightShare)) of the dense layer's weights"
                + (report.reduction.isEmpty ? "" : "; smaller copies for \(report.reduction)"),
            indent: 2
        )
        let candidates = LayerCapacityReport.Candidate.allCases.filter { candidate in
            report.results.contains { $0.candidate == candidate }
        }
        var rows: [Row] = []
        for result in report.results {
            let row = Row(target: result.target, inputs: result.inputs)
            if !rows.contains(row) { rows.append(row) }
        }
        let titles = candidates.map { candidate in
            Column(title: Self.title(candidate)) { row in
                let result = report.results.first {
                    $0.candidate == candidate && $0.target == row.target && $0.inputs == row.inputs
                }
                let values = [result?.leastSquares, result?.gradient].compactMap { $0 }
                return values.map { $0 < -1 ? "<-100 %" : ReportText.percent($0) }.joined(separator: " / ")
            }
        }
        lines += page.table([Column(title: "target", alignment: .left) { Self.title($0) }] + titles, rows)
        return lines + (report.conditions.isEmpty ? [] : page.wrapped(report.conditions, indent: 2))
    }

    private static func title(_ candidate: LayerCapacityReport.Candidate) -> String {
        switch candidate {
        case .grouped: "this layer"
        case .denseSameParameters: "dense, as small"
        case .denseSameShape: "dense"
        case .groupedThenDense: "this, then dense"
        }
    }

    private static func title(_ row: Row) -> String {
        switch (row.target, row.inputs) {
        case (.denseLinear, .white): "dense, of noise"
        case (.denseLinear, .features): "dense, of speech"
        case (.crossGroupProducts, _): "across groups"
        case (.withinGroupProducts, _): "within a group"
        }
    }
}
