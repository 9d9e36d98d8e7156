import Foundation
import TrainingMetrics

/// How numbers are written into the text log: the origin's lines (origin-system.md, section 1) for what it logs, `name: value` for the rest.
enum TextLogLayout {
    /// A line of the origin's log.
    private struct Line {
        let name: String
        let label: String
        var decimals = 4
        var unit = ""
    }

    private static let trainingLines = [
        Line(name: MeasurementNames.discriminatorLoss, label: "Discriminator loss"),
        Line(name: MeasurementNames.discriminatorRealLoss, label: "  - Real loss"),
        Line(name: MeasurementNames.discriminatorFakeLoss, label: "  - Fake loss"),
        Line(name: MeasurementNames.loss, label: "Generator loss"),
        Line(name: MeasurementNames.adversarialLoss, label: "  - Adversarial"),
        Line(name: MeasurementNames.featureLoss, label: "  - Feature"),
        Line(name: MeasurementNames.melLoss, label: "  - Mel loss"),
        Line(name: MeasurementNames.stftLoss, label: "  - STFT loss"),
        Line(name: MeasurementNames.waveformLoss, label: "  - Waveform loss"),
        Line(name: MeasurementNames.quantizerLoss, label: "  - VQ"),
        Line(name: MeasurementNames.commitmentLoss, label: "  - Commitment loss"),
        Line(name: MeasurementNames.codebookLoss, label: "  - Codebook loss"),
    ]

    private static let validationLines = [
        Line(name: "snr", label: "SNR", decimals: 2, unit: " dB"),
        Line(name: "si_sdr", label: "SI-SDR", decimals: 2, unit: " dB"),
        Line(name: "amplitude_ratio", label: "Amplitude ratio", decimals: 3),
        Line(name: "correlation", label: "Correlation"),
        Line(name: MeasurementNames.melLoss, label: "Mel loss"),
        Line(name: MeasurementNames.stftLoss, label: "STFT loss"),
        Line(name: MeasurementNames.waveformLoss, label: "Waveform loss"),
    ]

    /// The means of an epoch, the first line blank as in the origin's log.
    static func epoch(_ epoch: Int, of epochs: Int, means: [TrainingMetrics.Measurement]) -> [String] {
        ["", "Epoch \(epoch)/\(epochs)"] + lines(means, in: trainingLines)
    }

    /// What a validation measured.
    static func validation(_ values: [TrainingMetrics.Measurement]) -> [String] {
        ["=== Validation Statistics ==="] + lines(values, in: validationLines)
    }

    /// A line of Python's logging: `2025-10-14 12:00:01,037 - codec_doctor - INFO - …`, in UTC.
    static func logged(_ text: String, time: Double) -> String {
        let milliseconds = time.isFinite && abs(time) < 1e11 ? Int64((time * 1000).rounded(.down)) : 0
        let (second, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        let date = Date(timeIntervalSince1970: TimeInterval(second)).ISO8601Format()
        let day = date.prefix(10)
        let clock = date.dropFirst(11).prefix(8)
        return "\(day) \(clock),\(String(format: "%03d", rest)) - codec_doctor - INFO - \(text)\n"
    }

    private static func lines(_ values: [TrainingMetrics.Measurement], in layout: [Line]) -> [String] {
        let known = layout.compactMap { line in
            values.first { $0.name == line.name }.map {
                "\(line.label): \(number($0.value, decimals: line.decimals))\(line.unit)"
            }
        }
        let names = Set(layout.map(\.name))
        let others = values.filter { !names.contains($0.name) }.map { value -> String in
            // Readers take `STFT 2048: 1.5` for a number before a number.
            let name = String(value.name.map { (letter: Character) in letter.isWhitespace ? "_" : letter })
            return "\(name): \(number(value.value, decimals: 4))"
        }
        return known + others
    }

    /// Fixed decimals, or an exponent where these would hide the number.
    private static func number(_ value: Double, decimals: Int) -> String {
        if value.isNaN { return "nan" }
        if value.isInfinite { return value < 0 ? "-inf" : "inf" }
        let isPlain = value == 0 || (1e-3..<1e6).contains(abs(value))
        return String(format: isPlain ? "%.\(decimals)f" : "%.4e", value)
    }
}
