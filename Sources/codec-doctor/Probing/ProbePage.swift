import Foundation
import HealthReport
import Probe
import TrainingMetrics

/// A probe's report for a terminal: the answer first, then what it rests on.
struct ProbePage {
    let style: ANSIStyle
    let width: Int

    /// The page.
    func render(_ report: ProbeReport) -> String {
        var lines: [String] = []
        for sentence in report.answer { lines += wrapped(sentence) }
        for network in report.networks {
            lines += section("Layer by layer: \(network.name)", StructureText(page: self).lines(network))
        }
        for network in report.networks where !network.mixing.isEmpty {
            lines += section("Mixing of first-layer channels: \(network.name)", MixingText(page: self).lines(network))
        }
        for network in report.networks where !network.layerWeights.isEmpty {
            lines += section("Weights: \(network.name)", WeightText(page: self).lines(network.layerWeights))
        }
        if !report.capacities.isEmpty {
            lines += section(
                report.kind == .layer ? "Measured capacity" : "Measured capacity of the most grouped layers",
                CapacityText(page: self).lines(report.capacities)
            )
        }
        for network in report.networks {
            guard let signal = network.signal else { continue }
            let when = network.weights == .initial ? " before training" : ""
            lines += section("Signal\(when): \(network.name)", SignalText(page: self).lines(signal))
        }
        for network in report.networks {
            guard let learning = network.learning else { continue }
            lines += section("Can it learn? \(network.name)", LearningText(page: self).lines(learning))
        }
        if let codec = report.codec { lines += CodecText(page: self).lines(codec) }
        if !report.assumptions.isEmpty {
            lines += section("Assumed", report.assumptions.flatMap { wrapped($0, indent: 2) })
        }
        if !report.unmeasured.isEmpty {
            lines += section("Not measured", report.unmeasured.flatMap { wrapped($0, indent: 2) })
        }
        lines.append("")
        lines.append(style("seed \(report.seed), \(NumberText.short(report.seconds)) s", .dim))
        return lines.joined(separator: "\n") + "\n"
    }

    /// A heading and its lines, indented; nothing without lines.
    func section(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["", style(TerminalText.escaped(title, width: width), .bold)] + lines
    }

    /// A sentence from numbers and names, made safe and broken into lines.
    func wrapped(_ text: String, indent: Int = 0) -> [String] {
        let lines = TextWrap.lines(TerminalText.escaped(text), width: width - indent - (indent == 0 ? 0 : 2))
        let blank = String(repeating: " ", count: indent)
        return lines.enumerated().map { index, line in
            blank + (index > 0 && indent > 0 ? "  " : "") + line
        }
    }

    /// A table, indented by two.
    func table<Row>(_ columns: [FittingTable<Row>.Column], _ rows: [Row]) -> [String] {
        FittingTable(columns: columns, rows: rows).lines(width: width - 2, style: style).map { "  " + $0 }
    }

    /// A name from a file or a checkpoint.
    func name(_ text: String, width: Int = 32) -> String { TerminalText.escaped(text, width: width) }
}
