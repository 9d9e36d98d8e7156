public import TrainingMetrics

extension RunHistory {
    /// What a trainer measured, read as a log of it would be read: names interpreted together, sorted onto one axis of steps.
    ///
    /// Records must be in the order they were measured. Of a run whose steps fall back to the beginning the last attempt is given, as
    /// `RunHistoryBuilder` tells attempts apart; without records the history is empty.
    public init(_ measured: [MeasuredStep], name: String) {
        var columns: [MetricColumns] = []
        var places: [MetricKey: Int] = [:]
        for (record, step) in measured.enumerated() {
            for value in step.values {
                let key = MetricKey(name: value.name, split: step.split, unit: value.unit)
                let place = places[key] ?? columns.count
                if place == columns.count {
                    places[key] = place
                    columns.append(
                        MetricColumns(
                            key: key,
                            interpretation: MetricInterpretation(role: .unknown),
                            order: [],
                            positions: [],
                            values: []
                        )
                    )
                }
                columns[place].order.append(Int64(record))
                columns[place].positions.append(step.step)
                columns[place].epochs.append(step.epoch)
                columns[place].times.append(step.time)
                columns[place].values.append(value.value)
            }
        }
        for (index, interpretation) in MetricInterpreter().interpret(columns.map(\.key)).enumerated() {
            columns[index].interpretation = interpretation
        }
        let attempts = RunHistoryBuilder.attempts(of: columns, name: name)
        self = RunHistoryBuilder.judged(attempts) ?? RunHistory(name: name, axis: .step, series: [])
    }
}
