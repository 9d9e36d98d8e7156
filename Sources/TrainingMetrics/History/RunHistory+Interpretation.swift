extension RunHistory {
    /// The history as other interpretations of its metrics make it: raw values are restored from the canonical ones and
    /// read anew. Series whose interpretation does not change share their storage.
    /// - Parameter interpretation: how a metric is to be read, `nil` to leave it as it is.
    /// - Returns: the history with the new roles and canonical values.
    public func interpreted(_ interpretation: (MetricKey) -> MetricInterpretation?) -> RunHistory {
        let changed = series.map { series -> MetricSeries in
            guard let new = interpretation(series.key), new != series.interpretation else { return series }
            let old = series.interpretation
            let isSameScale = old.scale == new.scale && old.isNegated == new.isNegated
            let values =
                isSameScale
                ? series.values
                : series.values.map { new.canonical((old.isNegated ? -$0 : $0) / old.scale) }[...]
            return MetricSeries(
                key: series.key,
                interpretation: new,
                isDerived: series.isDerived,
                positions: series.positions,
                epochs: series.epochs,
                times: series.times,
                values: values
            )
        }
        return with(changed)
    }
}
