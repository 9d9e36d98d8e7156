import Codec

/// What the samples of held-out items and of what was decoded from them say, as named numbers.
struct SignalValidation {
    /// The numbers in order.
    let entries: [StepReport.Entry]
    /// What could not be measured, and why.
    let notes: [String]

    /// From this level on a sample counts as clipped; that of the rule that judges it.
    private static let fullScale: Float = 0.999

    /// Measures batches of items; delays are looked for within ±`maximumDelay` samples.
    init(_ batches: [[ValidationItem]], maximumDelay: Int) {
        let items = batches.flatMap { $0 }
        let audible = items.filter { !$0.isSilent }
        let (reference, decoded) = (items.flatMap(\.reference), items.flatMap(\.decoded))
        // A delay belongs to the codec, so that one is looked for in everything at once.
        let delay = SignalMetrics.delay(reference: reference, degraded: decoded, maximum: maximumDelay)
        let distortions = audible.map { SignalMetrics.siSDR(reference: $0.reference, degraded: $0.decoded) }
        let aligned = audible.map { item in
            guard let delay else { return Double.nan }
            let (x, y) = SignalMetrics.aligned(item.reference, item.decoded, delay: delay)
            return SignalMetrics.siSDR(reference: x, degraded: y)
        }
        let ratios = batches.compactMap { batch in
            batch.allSatisfy(\.isSilent)
                ? nil
                : SignalMetrics.snr(reference: batch.flatMap(\.reference), degraded: batch.flatMap(\.decoded))
        }
        entries = [
            .init(name: MeasurementNames.snr, value: Self.mean(ratios)),
            .init(name: MeasurementNames.siSDR, value: Self.mean(distortions)),
            .init(name: MeasurementNames.alignedSISDR, value: Self.mean(aligned)),
            .init(name: MeasurementNames.delay, value: delay.map(Double.init) ?? .nan),
            .init(
                name: MeasurementNames.amplitudeRatio,
                value: SignalMetrics.amplitudeRatio(reference: reference, degraded: decoded)
            ),
            .init(
                name: MeasurementNames.correlation,
                value: SignalMetrics.correlation(reference: reference, degraded: decoded)
            ),
            .init(name: MeasurementNames.outputMean, value: Self.mean(decoded.map(Double.init))),
            .init(name: MeasurementNames.outputPeak, value: Double(Self.peak(decoded))),
            .init(name: MeasurementNames.outputRMS, value: Self.rms(decoded)),
            .init(
                name: MeasurementNames.outputClippedFraction,
                value: Double(decoded.count { abs($0) >= Self.fullScale }) / Double(decoded.count)
            ),
            .init(name: MeasurementNames.inputRMS, value: Self.rms(reference)),
        ]
        notes = Self.notes(items, audibleCount: audible.count, decoded: decoded, hasDelay: delay != nil)
    }

    private static func notes(
        _ items: [ValidationItem],
        audibleCount: Int,
        decoded: [Float],
        hasDelay: Bool
    ) -> [String] {
        var notes: [String] = []
        if let broken = items.first(where: \.isBroken) {
            let count = items.count(where: \.isBroken)
            notes.append(
                "the codec made NaN or infinite samples of \(count) of \(items.count) items (first: \(broken.name)), so "
                    + "that measures of them are not defined"
            )
        }
        if audibleCount == 0 {
            notes.append("all held-out items are silent: SNR, SI-SDR, amplitude ratio and correlation are not defined")
        } else if audibleCount < items.count {
            notes.append(
                "\(items.count - audibleCount) of \(items.count) held-out items are silent and left out of the SI-SDR"
            )
        }
        if audibleCount > 0, let first = decoded.first, decoded.allSatisfy({ $0 == first }) {
            notes.append("the codec's output is constant: delay, correlation and the aligned SI-SDR are not defined")
        } else if audibleCount > 0, !hasDelay, !items.contains(where: \.isBroken) {
            notes.append("no delay could be found, so that the aligned SI-SDR is not defined")
        }
        return notes
    }

    /// NaN without values.
    static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    private static func rms(_ samples: [Float]) -> Double { mean(samples.map { Double($0) * Double($0) }).squareRoot() }

    /// NaN when a sample is.
    private static func peak(_ samples: [Float]) -> Float {
        samples.reduce(0) { $0.isNaN || $1.isNaN ? .nan : max($0, abs($1)) }
    }
}
