import Foundation
import HealthReport
import Probe

/// A generator's measurements.
struct CodecText {
    let page: ProbePage

    /// The sections.
    func lines(_ report: CodecProbeReport) -> [String] {
        func line(_ name: String, _ text: String) -> String {
            "  " + name.padding(toLength: 30, withPad: " ", startingAt: 0) + text
        }
        var lines = page.section(
            "Bottleneck: \(report.name)",
            [
                line("parameters", ReportText.count(report.parameterCount)),
                line("bit rate", "\(NumberText.short(report.nominalBitRate / 1000, unit: "kbit/s"))"),
                line("of it carried on this audio", NumberText.short(report.usedBitRate / 1000, unit: "kbit/s")),
                line(
                    "effective rank of latents",
                    "\(NumberText.short(report.latentEffectiveRank)) of \(report.latentChannels) channels"
                ),
            ] + stages(report)
        )
        var comparison = [
            line("correlation", NumberText.short(report.correlation)),
            line("SNR", NumberText.short(report.snr, unit: "dB")),
            line("amplitude ratio", NumberText.short(report.amplitudeRatio)),
            line("delay", report.delay.map { "\($0) samples" } ?? "undefined: no common signal to find it by"),
        ]
        if let free = report.correlationWithoutQuantizer {
            comparison.append(line("correlation, no quantiser", NumberText.short(free)))
        }
        lines += page.section("What comes back", comparison)
        typealias Column = FittingTable<CodecProbeReport.Layer>.Column
        lines += page.section(
            "Gain of each layer",
            page.table(
                [
                    Column(title: "layer", alignment: .left) { page.name($0.name, width: 60) },
                    Column(title: "std out / in") { NumberText.short($0.gain) },
                ],
                report.layers
            )
        )
        return lines
    }

    private func stages(_ report: CodecProbeReport) -> [String] {
        typealias Column = FittingTable<(index: Int, stage: CodecProbeReport.Stage)>.Column
        let rows = report.stages.enumerated().map { (index: $0.offset, stage: $0.element) }
        return page.table(
            [
                Column(title: "codebook") { "\($0.index + 1)" },
                Column(title: "used") { ReportText.percent($0.stage.usage) },
                Column(title: "perplexity") { NumberText.short($0.stage.perplexity) },
                Column(title: "bits per frame") { NumberText.short($0.stage.bits) },
            ],
            rows
        )
    }
}
