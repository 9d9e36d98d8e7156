import Foundation
import HealthReport
import RunStore
import TrainingMetrics

/// Reads a source without storing anything and shows which line gave which metric and role.
struct DryRun {
    /// The file, `nil` for standard input.
    let source: SourceGroup.Source?
    let format: LogFormat?
    let overrides: [RoleOverride]

    /// A sample and the line it came from.
    private struct Shown {
        let metric: Int
        let step: Int64
        let epoch: Double
        let value: Double
        let line: Int
    }

    /// The table of the first samples of every metric in log order, then how many there were, then what was rejected.
    func text(samplesPerMetric: Int, style: ANSIStyle) throws -> String {
        let file = try open()
        defer { try? file.close() }
        var head = [UInt8](try file.read(upToCount: LogFormatDetector.headLength) ?? Data())
        var decoder = LogDecoder(
            reader: try source?.reader ?? LogFormatDetector.reader(for: head.span, override: format)
        )
        var buffer = EventBuffer()
        var shown: [Shown] = []
        var counts: [Int] = []
        var facts: [LoggedFact] = []
        var rejections: [Rejection] = []
        var rejected = 0
        func drain() {
            counts += Array(repeating: 0, count: buffer.keys.count - counts.count)
            for sample in 0..<buffer.count {
                let metric = Int(buffer.metric[sample])
                counts[metric] += 1
                guard counts[metric] <= samplesPerMetric else { continue }
                shown.append(
                    Shown(
                        metric: metric,
                        step: buffer.step[sample],
                        epoch: buffer.epoch[sample],
                        value: buffer.value[sample],
                        line: Int(buffer.line[sample])
                    )
                )
            }
            facts += buffer.facts
            rejections += buffer.rejections
            rejected += buffer.rejectedCount
            buffer.removeAll()
        }
        while !head.isEmpty {
            decoder.decode(head.span, into: &buffer)
            drain()
            head = [UInt8](try file.read(upToCount: 1 << 18) ?? Data())
        }
        decoder.finish(into: &buffer)
        drain()
        guard !buffer.keys.isEmpty else {
            throw LogFormatError.noMetric(format: decoder.format, lines: decoder.lineNumber, rejected: rejected)
        }
        return render(
            keys: buffer.keys,
            shown: shown,
            counts: counts,
            facts: facts,
            rejections: rejections,
            rejected: rejected,
            header: "\(source?.path ?? "standard input"): read as \(decoder.format.rawValue), "
                + "\(decoder.lineNumber) \(decoder.format.recordName)s",
            style: style
        )
    }

    private func open() throws -> FileHandle {
        guard let source else { return .standardInput }
        guard let file = FileHandle(forReadingAtPath: source.path) else {
            throw ConfigurationError.unreadableLog(source.path)
        }
        return file
    }

    private func render(
        keys: [MetricKey],
        shown: [Shown],
        counts: [Int],
        facts: [LoggedFact],
        rejections: [Rejection],
        rejected: Int,
        header: String,
        style: ANSIStyle
    ) -> String {
        let interpretations = MetricInterpreter(overrides: overrides).interpret(keys)
        var table = TextTable([
            ("line", .right), ("metric", .left), ("split", .left), ("role", .left), ("position", .right),
            ("epoch", .right), ("value", .right), ("read as", .right),
        ])
        for sample in shown {
            let key = keys[sample.metric]
            let interpretation = interpretations[sample.metric]
            let canonical = interpretation.canonical(sample.value)
            let part = interpretation.part.isEmpty ? "" : "[\(interpretation.part)]"
            let run = key.run.isEmpty ? "" : " (\(key.run))"
            table.append([
                String(sample.line), TerminalText.escaped(key.name + run, width: 44), key.split.rawValue,
                TerminalText.escaped(interpretation.role.rawValue + part, width: 36),
                "\(key.axis.rawValue) \(sample.step)",
                sample.epoch.isNaN ? "" : NumberText.position(sample.epoch),
                NumberText.short(sample.value, unit: TerminalText.escaped(key.unit)),
                canonical == sample.value || canonical.isNaN ? "" : NumberText.short(canonical),
            ])
        }
        var lines = [style(TerminalText.escaped(header), .bold)] + table.lines(style: style)
        let total = counts.reduce(0, +)
        lines.append(
            style(
                "\(keys.count) metrics, \(total) samples; the first \(shown.count) are shown. Nothing was stored.",
                .dim
            )
        )
        for fact in facts.prefix(20) {
            let text = "fact, line \(fact.line): \(fact.key) = \(fact.value)"
            lines.append(TerminalText.escaped(text, width: 120))
        }
        if facts.count > 20 { lines.append("… \(facts.count - 20) more facts") }
        for rejection in rejections {
            lines.append(
                "rejected, line \(rejection.line): " + TerminalText.escaped(rejection.reason, width: 70) + ": "
                    + TerminalText.escaped(rejection.text, width: 60)
            )
        }
        if rejected > rejections.count { lines.append("… \(rejected - rejections.count) more rejections") }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension ConfigurationError {
    /// A log that cannot be opened.
    static func unreadableLog(_ path: String) -> ConfigurationError {
        ConfigurationError(path: path, problem: "cannot be read; check the path and its permissions")
    }
}
