import Codec
import Foundation
import HealthReport

/// What `evaluate` says.
struct EvaluationReport: Encodable {
    /// One pair of files.
    struct Row: Encodable {
        let name: String
        let seconds: JSONNumber
        let sampleRate: Int
        let channels: Int
        let lengthDifferenceSamples: Int
        let snrDb: JSONNumber
        let siSdrDb: JSONNumber
        let delaySamples: Int?
        let snrAlignedDb: JSONNumber
        let siSdrAlignedDb: JSONNumber
        let amplitudeRatio: JSONNumber
        let correlation: JSONNumber
        let correlationAligned: JSONNumber
        let waveformL1: JSONNumber
        let melDistance: JSONNumber
        let stftDistance: JSONNumber
        let loudnessReferenceLufs: JSONNumber
        let loudnessDegradedLufs: JSONNumber
        let loudnessDifferenceLu: JSONNumber
        let notes: [String]

        init(_ name: String, _ evaluation: AudioEvaluation) {
            let measured = evaluation.comparison
            self.name = name
            seconds = JSONNumber(Double(measured.frameCount) / Double(measured.sampleRate))
            sampleRate = measured.sampleRate
            channels = measured.channelCount
            lengthDifferenceSamples = measured.lengthDifference
            snrDb = JSONNumber(measured.snr)
            siSdrDb = JSONNumber(measured.siSDR)
            delaySamples = measured.delay
            snrAlignedDb = JSONNumber(measured.alignedSNR)
            siSdrAlignedDb = JSONNumber(measured.alignedSISDR)
            amplitudeRatio = JSONNumber(measured.amplitudeRatio)
            correlation = JSONNumber(measured.correlation)
            correlationAligned = JSONNumber(measured.alignedCorrelation)
            waveformL1 = JSONNumber(measured.meanAbsoluteDifference)
            melDistance = JSONNumber(evaluation.melDistance)
            stftDistance = JSONNumber(evaluation.stftDistance)
            loudnessReferenceLufs = JSONNumber(measured.referenceLoudness)
            loudnessDegradedLufs = JSONNumber(measured.degradedLoudness)
            loudnessDifferenceLu = JSONNumber(measured.loudnessDifference)
            notes = evaluation.notes
        }
    }

    /// Every pair that could be compared.
    let rows: [Row]
    /// Pairs that could not be read.
    let failed: Int

    /// The report in the wished form.
    func text(_ format: OutputOptions.Format, isTable: Bool) throws -> String {
        guard format == .text else {
            return try (isTable || rows.isEmpty ? JSONText.render(self) : JSONText.render(rows[0])) + "\n"
        }
        let lines = isTable ? table : rows.flatMap(EvaluationReport.page)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func page(_ row: Row) -> [String] {
        func line(_ name: String, _ value: JSONNumber, _ unit: String, _ more: String = "") -> String {
            "  " + name.padding(toLength: 26, withPad: " ", startingAt: 0) + NumberText.short(value.value, unit: unit)
                + more
        }
        var delay = "undefined: one of the two is silent or not finite"
        if let samples = row.delaySamples {
            delay = "\(samples) samples (\(NumberText.short(Double(samples) * 1000 / Double(row.sampleRate))) ms)"
        }
        var lines = [
            "\(TerminalText.escaped(row.name)): \(NumberText.short(row.seconds.value)) s at \(row.sampleRate) Hz, \(row.channels) channel(s)",
            line("SNR", row.snrDb, "dB", ", aligned \(NumberText.short(row.snrAlignedDb.value)) dB"),
            line("SI-SDR", row.siSdrDb, "dB", ", aligned \(NumberText.short(row.siSdrAlignedDb.value)) dB"),
            "  " + "delay".padding(toLength: 26, withPad: " ", startingAt: 0) + delay,
            line("amplitude ratio", row.amplitudeRatio, ""),
            line("correlation", row.correlation, "", ", aligned \(NumberText.short(row.correlationAligned.value))"),
            line("waveform L1", row.waveformL1, ""),
            line("mel distance", row.melDistance, ""),
            line("STFT distance", row.stftDistance, ""),
            line(
                "loudness",
                row.loudnessDegradedLufs,
                "LUFS",
                ", \(NumberText.short(row.loudnessDifferenceLu.value)) LU against the reference"
            ),
        ]
        if row.lengthDifferenceSamples != 0 {
            lines.append("  compared over the common part: lengths differ by \(row.lengthDifferenceSamples) samples")
        }
        if let samples = row.delaySamples, !(abs(row.correlationAligned.value) >= 0.1) {
            lines.append(
                "  no delay looked for fits (\(samples) samples is the best of them): more than --maximum-delay, or unrelated signals"
            )
        }
        return lines + row.notes.map { "  \(TerminalText.escaped($0))" }
    }

    private var table: [String] {
        let columns: [(String, (Row) -> Double)] = [
            ("SNR dB", { $0.snrDb.value }), ("SI-SDR dB", { $0.siSdrDb.value }),
            ("aligned dB", { $0.siSdrAlignedDb.value }), ("delay", { $0.delaySamples.map(Double.init) ?? .nan }),
            ("amplitude", { $0.amplitudeRatio.value }), ("correlation", { $0.correlation.value }),
            ("mel", { $0.melDistance.value }), ("STFT", { $0.stftDistance.value }),
            ("LU", { $0.loudnessDifferenceLu.value }),
        ]
        var table = TextTable([("file", .left)] + columns.map { ($0.0, .right) })
        for row in rows {
            table.append([TerminalText.escaped(row.name, width: 40)] + columns.map { NumberText.short($0.1(row)) })
        }
        let medians = columns.map { column in
            let finite = rows.map(column.1).filter { !$0.isNaN }.sorted()
            return finite.isEmpty
                ? "" : NumberText.short((finite[finite.count / 2] + finite[(finite.count - 1) / 2]) / 2)
        }
        table.append(["median of \(rows.count)"] + medians)
        return table.lines(style: Console.style)
    }
}
