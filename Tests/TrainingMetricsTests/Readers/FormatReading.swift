import Foundation
import TestSupport
import TrainingMetrics

/// What was read from a log, in a form people can check: a line per metric, then facts and rejections.
///
///     step     validation mel_loss: 12 at 100…1200, epochs 1…3 = reconstructionLoss.mel
struct FormatReading {
    let text: String

    /// Reads a log with the reader that recognises it.
    init(of log: [UInt8]) throws {
        let head = log.span.extracting(0..<min(log.count, LogFormatDetector.headLength))
        let reader = try LogFormatDetector.reader(for: head)
        let events = LogEvents(of: log, with: reader)
        var keys: [MetricKey] = []
        var samples: [MetricKey: [LogEvents.Sample]] = [:]
        for sample in events.samples {
            if samples[sample.key] == nil { keys.append(sample.key) }
            samples[sample.key, default: []].append(sample)
        }
        var lines = ["format: \(type(of: reader).format.rawValue)"]
        for (key, meaning) in zip(keys, MetricInterpreter().interpret(keys)) {
            lines.append(Self.line(key, meaning, samples[key] ?? []))
        }
        lines += LoggedFactInterpreter.facts(from: events.facts).map {
            "fact: \($0.key.rawValue) = \($0.value) (\($0.origin.rawValue))"
        }
        lines += Self.inferred(keys, samples).map { "inferred: \($0.key.rawValue) = \($0.value)" }
        lines += events.rejections.map { "rejected: line \($0.line): \($0.reason)" }
        text = lines.joined(separator: "\n") + "\n"
    }

    private static func line(
        _ key: MetricKey,
        _ meaning: MetricInterpretation,
        _ samples: [LogEvents.Sample]
    ) -> String {
        let steps = samples.map(\.step)
        let epochs = samples.map { Double(bitPattern: $0.epoch) }.filter { !$0.isNaN }
        let values = samples.map(\.value)
        let special = special(values)
        let place = key.axis == .record ? "" : " at \(steps.first ?? 0)…\(steps.last ?? 0)"
        let inEpochs =
            epochs.isEmpty || key.axis == .epoch
            ? "" : ", epochs \(number(epochs[0]))…\(number(epochs[epochs.count - 1]))"
        let unit = key.unit.isEmpty ? "" : " [\(key.unit)]"
        let run = key.run.isEmpty ? "" : " (run \(key.run))"
        let part = meaning.part.isEmpty ? "" : " part=\(meaning.part)"
        let scale = meaning.scale == 1 ? "" : " scale=\(meaning.scale)"
        let name = "\(key.axis.rawValue) \(key.split.rawValue) \(key.name)\(unit)\(run)"
        let meant = "\(meaning.role.rawValue)\(part)\(scale)\(meaning.isNegated ? " negated" : "")"
        return "\(name): \(samples.count)\(place)\(inEpochs)\(special) = \(meant)"
    }

    private static func special(_ values: [Double]) -> String {
        let counts: [(String, Int)] = [
            ("nan", values.filter(\.isNaN).count), ("inf", values.filter { $0 == Double.infinity }.count),
            ("-inf", values.filter { $0 == -Double.infinity }.count),
        ]
        return counts.filter { $0.1 > 0 }.map { ", \($0.1) \($0.0)" }.joined()
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() ? "\(Int(value))" : "\(value)"
    }

    /// What the names and numbers of the run say about its game.
    private static func inferred(_ keys: [MetricKey], _ samples: [MetricKey: [LogEvents.Sample]]) -> [Fact] {
        let main = keys.first?.run
        let run = keys.filter { $0.run == main }
        let meanings = MetricInterpreter().interpret(run)
        let series = zip(run, meanings).map { key, meaning in
            MetricSeries(
                key: key,
                interpretation: meaning,
                positions: (samples[key] ?? []).map(\.step)[...],
                values: (samples[key] ?? []).map { meaning.canonical($0.value) }[...]
            )
        }
        let axis = run.contains { $0.axis == .step } ? StepAxis.step : run.first?.axis ?? .record
        let history = RunHistory(name: "fixture", axis: axis, series: series.filter { $0.key.axis == axis })
        let wanted: Set<FactKey> = [.lossFamily, .reduction, .subDiscriminators, .loggedTerms, .modelKind]
        let facts = FactInference.infer(history: history, facts: RunFacts([]))
        return FactKey.allCases.filter { wanted.contains($0) }.compactMap { facts[$0] }
    }
}
