import TrainingMetrics

/// What reading an MLflow database goes on from, beside the number of the last row: the labels of its runs.
struct MLflowState: Codable {
    /// Label (`EXPERIMENT/RUN`) by MLflow's number of the run. Kept, because runs can be renamed.
    private(set) var labels: [String: String] = [:]
    /// Rows read.
    var rows = 0

    /// The label of a run; two runs of the same name in one experiment are told apart by their numbers.
    mutating func label(
        of run: String,
        names: () throws(IngestError) -> (experiment: String, run: String)?
    ) throws(IngestError) -> (label: String, isNew: Bool) {
        if let known = labels[run] { return (known, false) }
        let found = try names()
        let name = found.map { $0.run.isEmpty ? run : $0.run } ?? run
        let plain = found.map { "\($0.experiment)/\(name)" } ?? name
        let isTaken = labels.values.contains(plain)
        let label = isTaken ? "\(plain) (\(run.prefix(8)))" : plain
        labels[run] = labels.values.contains(label) ? "\(plain) (\(run))" : label
        return (labels[run] ?? label, true)
    }
}
