import Foundation
import HealthRules

extension OriginExperiment.Result {
    /// The result for a terminal: the last epoch, symptoms, what the rules say, conclusions.
    public var text: String {
        sections({ TableLayout.text($0) }, heading: { "\($0)\n" }, item: { $0 }, curves: false)
    }

    /// The result as Markdown, with every number per epoch.
    public var markdown: String {
        sections(TableLayout.markdown, heading: { "### \($0)\n" }, item: { "- " + $0 }, curves: true)
    }

    private func sections(
        _ table: ([[String]]) -> String,
        heading: (String) -> String,
        item: (String) -> String,
        curves: Bool
    ) -> String {
        var blocks = [setting, heading("The last epoch") + "\n" + table(lastEpochRows)]
        blocks.append(heading("Symptoms at the end, in how many runs (in how many epochs)") + "\n" + table(symptomRows))
        if !conclusions.isEmpty { blocks.append(conclusions.map(item).joined(separator: "\n")) }
        blocks.append(heading("What the rules name first") + "\n" + table(diagnosisRows))
        if curves {
            blocks += OriginMetric.allCases.map { metric in
                heading("\(metric.heading) per epoch, means over seeds") + "\n" + table(curveRows(metric))
            }
        }
        return blocks.joined(separator: "\n\n") + "\n"
    }

    /// Sizes as a sentence.
    private var setting: String {
        "Scale \(scale): \(epochs) epochs of \(stepsPerEpoch) steps, batches of \(batchSize) × \(segmentLength) samples, "
            + "learning rate \(learningRate), \(Set(runs.map(\.seed)).count) seed(s). "
            + "Numbers are means over seeds, with the range in brackets."
    }

    private var lastEpochRows: [[String]] {
        let metrics = OriginMetric.allCases
        return [["cell", "D parameters", "D left 2.0 at step"] + metrics.map(\.heading)]
            + cells.map { cell in
                let runs = runs(of: cell)
                let size = runs.first?.discriminatorParameters ?? 0
                return [cell, size > 0 ? String(size) : "none", Self.leaving(runs)]
                    + metrics.map { Self.summary($0, runs.compactMap { $0.last }) }
            }
    }

    /// The steps at which D left its blind value, by seed.
    private static func leaving(_ runs: [OriginRun]) -> String {
        guard let run = runs.first, run.discriminatorParameters > 0 else { return "–" }
        return runs.map { $0.leftBlindAt.map { String($0) } ?? "never" }.joined(separator: ", ")
    }

    private var symptomRows: [[String]] {
        [["cell"] + OriginSymptom.allCases.map(\.definition)]
            + cells.map { cell in
                [cell]
                    + OriginSymptom.allCases.map { symptom in
                        let (runs, epochs) = (count(of: symptom, in: cell), epochCount(of: symptom, in: cell))
                        if runs.judged == 0 { return "–" }
                        let text = "\(runs.present) of \(runs.judged)"
                        return symptom == .stuckDiscriminator
                            ? text : text + " (\(epochs.present) of \(epochs.judged))"
                    }
            }
    }

    private var diagnosisRows: [[String]] {
        [["cell", "seeds", "first root", "first cause", "errors"]]
            + cells.flatMap { cell in
                var groups: [(run: OriginRun, seeds: [UInt64])] = []
                for run in runs(of: cell) {
                    let place = groups.firstIndex {
                        $0.run.rootRule == run.rootRule && $0.run.rootCause == run.rootCause
                            && $0.run.errors == run.errors
                    }
                    if let place { groups[place].seeds.append(run.seed) } else { groups.append((run, [run.seed])) }
                }
                return groups.map { group in
                    [
                        cell, group.seeds.map { String($0) }.joined(separator: ", "),
                        group.run.rootRule.map { "\($0.rawValue) \(group.run.rootName)" } ?? "none",
                        group.run.rootCause,
                        group.run.errors.map(\.rawValue).joined(separator: ", "),
                    ]
                }
            }
    }

    private func curveRows(_ metric: OriginMetric) -> [[String]] {
        [["cell"] + (1...epochs).map { String($0) }]
            + cells.map { cell in
                let runs = runs(of: cell)
                return [cell]
                    + (1...epochs).map { epoch in
                        let values = runs.compactMap { run in run.epochs.first { $0.epoch == epoch }?[metric] }
                        return values.isEmpty ? "–" : Self.number(metric, Self.mean(values))
                    }
            }
    }

    /// Mean and range over runs.
    private static func summary(_ metric: OriginMetric, _ epochs: [OriginEpoch]) -> String {
        let values = epochs.compactMap { $0[metric] }
        guard let smallest = values.min(), let largest = values.max() else { return "–" }
        let mean = number(metric, mean(values))
        return values.count == 1 ? mean : "\(mean) (\(number(metric, smallest))…\(number(metric, largest)))"
    }

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    private static func number(_ metric: OriginMetric, _ value: Double) -> String {
        value.isFinite ? String(format: "%.\(metric.digits)f", value * metric.factor) : "\(value)"
    }
}
