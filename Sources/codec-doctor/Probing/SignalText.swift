import Foundation
import HealthReport
import Probe

/// What a net answers as it stands: levels, gains, gradients, and what it cannot see.
struct SignalText {
    let page: ProbePage

    private typealias Column = FittingTable<SignalReport.Part>.Column

    /// Below this share of the spread between clips a change counts as not seen.
    private static let blindness = 0.01

    /// The tables.
    func lines(_ report: SignalReport) -> [String] {
        let inputs = report.parts.first?.logits.map(\.input) ?? []
        var columns = [Column(title: "mean logit on", alignment: .left) { page.name($0.name, width: 24) }]
        for (index, input) in inputs.enumerated() {
            columns.append(
                Column(title: page.name(input, width: 12)) { part in
                    index < part.logits.count ? NumberText.short(part.logits[index].mean) : ""
                }
            )
        }
        columns.append(Column(title: "spread") { NumberText.short($0.spreadAcrossInputs) })
        columns.append(Column(title: "speech − noise") { NumberText.short($0.speechFromNoise) })
        var lines = page.table(columns, report.parts)
        lines += [""] + sensitivities(report)
        lines += [""] + gains(report)
        lines += [""] + losses(report)
        return lines
    }

    /// What the logits follow.
    private func sensitivities(_ report: SignalReport) -> [String] {
        var columns = [
            Column(title: "logits change by", alignment: .left) { page.name($0.name, width: 24) },
            Column(title: "6 dB") { Self.share($0.gainSensitivity) },
            Column(title: "offset") { Self.share($0.offsetSensitivity) },
            Column(title: "polarity") { Self.share($0.polaritySensitivity) },
            Column(title: "phases") { Self.share($0.phaseSensitivity) },
        ]
        for (index, band) in (report.parts.first?.bandSensitivities ?? []).enumerated() {
            columns.append(
                Column(title: "\(Self.kilohertz(band.lower))–\(Self.kilohertz(band.upper))", rank: 1) { part in
                    index < part.bandSensitivities.count ? Self.share(part.bandSensitivities[index].sensitivity) : ""
                }
            )
        }
        var lines = page.table(columns, report.parts)
        lines += page.wrapped(
            "Relative to their spread between speech clips; bands in kHz: noise 20 dB below the speech added there.",
            indent: 2
        )
        let kinds: [(String, KeyPath<SignalReport.Part, Double>)] = [
            ("level", \.gainSensitivity), ("offset", \.offsetSensitivity), ("polarity", \.polaritySensitivity),
            ("phase", \.phaseSensitivity),
        ]
        for (name, path) in kinds {
            let blind = report.parts.filter { $0[keyPath: path] < Self.blindness }.map(\.name)
            guard !blind.isEmpty else { continue }
            let who = blind.count == report.parts.count ? "every sub-discriminator" : ReportText.list(blind)
            lines += page.wrapped("Blind to \(name): \(who).", indent: 2)
        }
        return lines
    }

    /// Gains and gradients layer by layer; of many layers the range.
    private func gains(_ report: SignalReport) -> [String] {
        func values(_ part: SignalReport.Part, _ path: KeyPath<SignalReport.Layer, Double>) -> String {
            let values = part.layers.map { $0[keyPath: path] }
            if values.count <= 8 { return values.map { NumberText.short($0) }.joined(separator: " ") }
            let finite = values.filter { !$0.isNaN }
            guard let lowest = finite.min(), let highest = finite.max() else { return "nan" }
            let lost = values.count - finite.count
            return "\(NumberText.short(lowest)) … \(NumberText.short(highest)) over \(values.count) layers"
                + (lost > 0 ? ", \(lost) of them nan" : "")
        }
        var lines: [String] = []
        for part in report.parts where !part.layers.isEmpty {
            let title = page.name(part.name, width: 24)
            lines += page.wrapped("\(title): gain per layer \(values(part, \.gain))", indent: 2)
            lines += page.wrapped("weights' gradient of D's loss \(values(part, \.discriminatorGradient))", indent: 4)
            lines += page.wrapped("outputs' gradient of G's loss \(values(part, \.generatorGradient))", indent: 4)
        }
        return lines
    }

    /// What a run would log first.
    private func losses(_ report: SignalReport) -> [String] {
        typealias Column = FittingTable<SignalReport.StartingLoss>.Column
        return page.table(
            [
                Column(title: "a run would start at", alignment: .left) { page.name($0.family, width: 40) },
                Column(title: "D") { NumberText.short($0.discriminator) },
                Column(title: "blind D") { NumberText.short($0.blind) },
                Column(title: "G") { NumberText.short($0.generator) },
            ],
            report.startingLosses
        )
    }

    private static func share(_ value: Double) -> String { NumberText.short(value) }

    private static func kilohertz(_ frequency: Double) -> String {
        String(format: "%g", frequency / 1000)
    }
}
