/// Metrics that follow from logged ones by an identity: rules, tables and charts use them like logged ones.
public enum DerivedMetrics {
    /// The history and what follows from it, each marked `isDerived`, behind the logged metrics. O(samples).
    ///
    /// Waveform correlation from SNR and amplitude ratio; amplitude ratio from levels; shares of the objective
    /// (`LossAlgebra`); accuracies from mean signs of logits; D's loss from its terms, wholes from their parts.
    public static func adding(to history: RunHistory, facts: RunFacts) -> RunHistory {
        let logged = history.with(history.series.filter { !$0.isDerived })
        return adding(to: logged, facts: facts, objective: LossAlgebra.analyse(history: logged, facts: facts))
    }

    /// The same for logged metrics alone whose objective has been analysed already.
    public static func adding(to logged: RunHistory, facts: RunFacts, objective: LossAlgebra?) -> RunHistory {
        var series = logged.series
        let ratios = amplitudeRatios(logged)
        series += ratios
        for split in Split.allCases { series += correlation(logged, split, ratios) }
        series += accuracies(logged)
        series += DerivedWholes.series(of: logged, facts: facts)
        // The algebra looks at what was logged; a whole derived from parts would count them twice.
        series += objective?.shares ?? []
        return logged.with(series)
    }

    // MARK: Level and correlation

    private static func amplitudeRatios(_ history: RunHistory) -> [MetricSeries] {
        Split.allCases.compactMap { split in
            guard history.series(.amplitudeRatio, onlyIn: split) == nil,
                let output = history.series(.outputLevel, onlyIn: split),
                let input = history.series(.inputLevel, onlyIn: split)
            else { return nil }
            let rows = AlignedSamples(output, [input])
            guard rows.count > 0 else { return nil }
            let values = zip(rows.baseValues, rows.columns[0]).map { $1 > 0 ? $0 / $1 : .nan }
            return rows.derived(name: "amplitude ratio (from levels)", role: .amplitudeRatio, values: values)
        }
    }

    private static func correlation(_ history: RunHistory, _ split: Split, _ ratios: [MetricSeries]) -> [MetricSeries] {
        guard let rows = snrAndAmplitude(history, split, ratios) else { return [] }
        let values = zip(rows.baseValues, rows.columns[0]).map {
            SignalAlgebra.correlation(snr: $0, amplitudeRatio: $1)
        }
        return [rows.derived(name: "correlation (from SNR and amplitude)", role: .correlation, values: values)]
    }

    private static func snrAndAmplitude(
        _ history: RunHistory,
        _ split: Split,
        _ derived: [MetricSeries]
    ) -> AlignedSamples? {
        guard let snr = history.series(.snr, onlyIn: split),
            let ratio = history.series(.amplitudeRatio, onlyIn: split) ?? derived.first(where: { $0.split == split })
        else { return nil }
        let rows = AlignedSamples(snr, [ratio])
        return rows.count > 0 ? rows : nil
    }

    /// A place where SNR and amplitude ratio cannot both be true: the correlation would exceed 1.
    public struct Inconsistency: Hashable, Sendable {
        /// Position on the run's axis.
        public let position: Int64
        /// Logged SNR in dB.
        public let snr: Double
        /// Logged or derived amplitude ratio.
        public let amplitudeRatio: Double
        /// The correlation they would need, beyond ±1.
        public let correlation: Double
    }

    /// Where SNR and amplitude ratio contradict each other: one of them is measured differently than its name says.
    public static func inconsistencies(in history: RunHistory) -> [Inconsistency] {
        let ratios = amplitudeRatios(history)
        return Split.allCases.flatMap { split -> [Inconsistency] in
            guard let rows = snrAndAmplitude(history, split, ratios) else { return [] }
            return rows.baseValues.indices.compactMap { row in
                let snr = rows.baseValues[row]
                let ratio = rows.columns[0][row]
                let raw = SignalAlgebra.rawCorrelation(snr: snr, amplitudeRatio: ratio)
                guard abs(raw) > 1 + SignalAlgebra.roundingAllowance else { return nil }
                let position = rows.base[rows.offsets[row]].position
                return Inconsistency(position: position, snr: snr, amplitudeRatio: ratio, correlation: raw)
            }
        }
    }

    // MARK: Accuracy

    /// A mean sign s of real logits is an accuracy of (1 + s)/2, of decoded ones (1 − s)/2.
    private static func accuracies(_ history: RunHistory) -> [MetricSeries] {
        let rows: [(MetricRole, MetricRole, Double, String)] = [
            (.discriminatorRealLogit, .discriminatorRealAccuracy, 1, "accuracy on real audio"),
            (.discriminatorFakeLogit, .discriminatorFakeAccuracy, -1, "accuracy on decoded audio"),
        ]
        return rows.flatMap { role, derived, direction, name in
            history.all(role).filter { $0.interpretation.part == "sign" && !$0.isEmpty }.map { series in
                let values = series.values.map { (1 + direction * $0) / 2 }
                return AlignedSamples(series, []).derived(
                    name: "\(name) (from \(series.name))",
                    role: derived,
                    values: values
                )
            }
        }
    }
}
