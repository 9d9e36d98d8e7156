import Codec

extension SignalProbe {
    /// How much the logits move when one thing changes in speech, over how much they differ between utterances: root mean squares over
    /// items and positions of the change, and of the deviation from the position's mean over items. 0 is blind; another utterance gives √2.
    static func addSensitivities(
        of net: Discriminator,
        base: [[Float]],
        sampleRate: Int,
        to parts: inout [SignalReport.Part],
        using random: inout RandomSource
    ) {
        let before = logits(of: net, base)
        let spreads = before.map { spread(of: $0, items: base.count) }
        func sensitivities(_ change: SignalChange) -> [Double] {
            let after = logits(of: net, base.map { change.applied(to: $0, using: &random) })
            return parts.indices.map { rootMeanSquare(zip(after[$0], before[$0]).map { $0 - $1 }) / spreads[$0] }
        }
        let (gain, offset) = (sensitivities(.gain), sensitivities(.offset))
        let (polarity, phase) = (sensitivities(.polarity), sensitivities(.phase))
        let bands = SignalChange.bands.map { ($0, sensitivities(.noise($0))) }
        let nyquist = Double(sampleRate) / 2
        for index in parts.indices {
            parts[index].gainSensitivity = gain[index]
            parts[index].offsetSensitivity = offset[index]
            parts[index].polaritySensitivity = polarity[index]
            parts[index].phaseSensitivity = phase[index]
            parts[index].bandSensitivities = bands.map { band, values in
                SignalReport.Band(
                    lower: band.lowerBound * nyquist,
                    upper: band.upperBound * nyquist,
                    sensitivity: values[index]
                )
            }
        }
    }

    /// Each sub-discriminator's logits, item after item.
    private static func logits(of net: Discriminator, _ items: [[Float]]) -> [[Double]] {
        withoutGradients {
            let output = net.output(of: ProbeAudio.batch(items, length: items[0].count))
            return output.logits.map { $0.values.map(Double.init) }
        }
    }

    private static func spread(of values: [Double], items: Int) -> Double {
        let length = values.count / items
        let deviations = (0..<length).map { position in
            deviation((0..<items).map { values[$0 * length + position] })
        }
        return rootMeanSquare(deviations)
    }

    private static func rootMeanSquare(_ values: [Double]) -> Double { mean(values.map { $0 * $0 }).squareRoot() }
}
