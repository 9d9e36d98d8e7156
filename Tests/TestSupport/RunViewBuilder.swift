public import HealthRules
public import TrainingMetrics

/// Makes the run a rule example describes.
public enum RunViewBuilder {
    /// What makes an example unreadable.
    public struct Unreadable: Error, CustomStringConvertible {
        /// Which example and which series, as a sentence.
        public let description: String
    }

    /// The view of an example, with the metrics that follow from the given ones. Series are named by their role; on
    /// the epoch axis positions are epochs too.
    public static func view(_ example: RuleExample) throws -> RunView {
        var series: [MetricSeries] = []
        for (role, text) in example.series {
            guard let read = ExampleSeries(text, every: example.stepInterval) else {
                throw Unreadable(description: "'\(example.title)': cannot read the \(role.rawValue) series '\(text)'")
            }
            series.append(metricSeries(role, read, axis: example.axis))
        }
        let facts = FactKey.allCases.compactMap { key in
            example.facts[key].map { Fact(key, $0, .given, evidence: "the example says so") }
        }
        let history = RunHistory(
            name: example.title,
            axis: example.axis,
            series: series,
            attempt: example.attempts,
            attemptCount: example.attempts,
            rewinds: example.rewinds
        )
        return RunView(
            history: DerivedMetrics.adding(to: history, facts: RunFacts(facts)),
            facts: RunFacts(facts),
            profile: try example.profile.map { try ProfileCatalogue.profile(named: $0) },
            silentSeconds: example.silentSeconds,
            probes: example.probes
        )
    }

    /// One series of a role in canonical units.
    public static func metricSeries(_ role: MetricRole, _ read: ExampleSeries, axis: StepAxis) -> MetricSeries {
        MetricSeries(
            key: MetricKey(
                name: role.rawValue + (read.part.isEmpty ? "" : "/\(read.part)"),
                split: read.split,
                axis: axis
            ),
            interpretation: MetricInterpretation(role: role, part: read.part),
            positions: read.positions[...],
            epochs: axis == .epoch ? read.positions.map(Double.init)[...] : [],
            values: read.values[...]
        )
    }
}
