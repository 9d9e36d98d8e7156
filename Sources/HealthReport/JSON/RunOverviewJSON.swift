public import TrainingMetrics

/// Writes what `show` prints of a run as JSON: its metrics with their ranges, and its facts.
public enum RunOverviewJSON {
    private struct Metric: Encodable {
        let name: String
        let split: String
        let unit: String
        let role: String
        let part: String
        let derived: Bool
        let points: Int
        let notFinite: Int
        let firstPosition: Int64
        let lastPosition: Int64
        let first: JSONNumber
        let last: JSONNumber
        let lowest: JSONNumber?
        let highest: JSONNumber?

        init(_ series: MetricSeries) {
            let finite = RobustStatistics.finite(series.values)
            let end = series[series.count - 1]
            name = series.name
            split = series.split.rawValue
            unit = series.key.unit
            role = series.role.rawValue
            part = series.interpretation.part
            derived = series.isDerived
            points = series.count
            notFinite = series.count - finite.count
            firstPosition = series[0].position
            lastPosition = end.position
            first = JSONNumber(series[0].value)
            last = JSONNumber(end.value)
            lowest = finite.min().map { JSONNumber($0) }
            highest = finite.max().map { JSONNumber($0) }
        }
    }
    private struct Overview: Encodable {
        let id: Int64
        let name: String
        let axis: String
        let attempt: Int
        let attempts: Int
        let metrics: [Metric]
        let facts: [Fact]
        let probes: [EncodedProbe]
        let notes: [String]
    }

    /// The document, keys sorted and in snake case. Values are canonical; NaN and infinities are strings.
    /// - Parameters:
    ///   - runID: the run's number in its store.
    ///   - name: the run's name.
    ///   - history: its metrics.
    ///   - facts: its facts.
    ///   - probes: what saved probes measured of its networks.
    ///   - notes: what the reader should know about the material, sentences.
    /// - Returns: the document.
    /// - Throws: an error of the encoder.
    public static func render(
        runID: Int64,
        name: String,
        history: RunHistory,
        facts: RunFacts,
        probes: [ProbeEvidence] = [],
        notes: [String] = []
    ) throws -> String {
        try JSONText.render(
            Overview(
                id: runID,
                name: name,
                axis: history.axis.rawValue,
                attempt: history.attempt,
                attempts: history.attemptCount,
                metrics: history.series.filter { !$0.isEmpty }.map { Metric($0) },
                facts: facts.all,
                probes: probes.map { EncodedProbe($0) },
                notes: notes
            )
        )
    }
}
