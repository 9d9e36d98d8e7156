import HealthReport
import HealthRules
import TrainingMetrics

/// Reports to render: small, and one whose every text is an attack.
enum SampleReports {
    /// What a log may call a metric or a run.
    static let hostileName =
        "</title><script>alert(1)</script>\"'&\u{1B}[31m\r\n::error::owned\t%0A|`a`|[x](http://e.vil)@everyone\u{202E}\u{FFFE}"

    /// A series by epoch.
    static func series(_ name: String, _ role: MetricRole, _ values: [Double], split: Split = .train) -> MetricSeries {
        let positions = values.indices.map { Int64($0 + 1) }
        return MetricSeries(
            key: MetricKey(name: name, split: split, axis: .epoch),
            interpretation: MetricInterpretation(role: role),
            positions: positions[...],
            epochs: positions.map(Double.init)[...],
            values: values[...]
        )
    }

    /// A report on series by epoch.
    static func report(
        _ series: [MetricSeries],
        name: String = "a run",
        facts: [Fact] = [],
        probes: [ProbeEvidence] = [],
        profile: ExpectationProfile? = nil,
        places: [LogPlace?] = [],
        sources: [String] = ["logs/train.log"]
    ) throws -> CheckReport {
        let history = RunHistory(name: name, axis: .epoch, series: series)
        let checkup = try Checkup(history: history, facts: RunFacts(facts), profile: profile, probes: probes)
        return CheckReport(
            runID: 7,
            runName: name,
            checkup: checkup,
            notes: name == hostileName ? [hostileName] : [],
            sources: sources,
            places: places,
            version: "0.1.0"
        )
    }

    /// A discriminator that stays blind beside a codec that transmits nothing.
    static func blind(name: String = "origin") throws -> CheckReport {
        try report(
            [
                series("D", .discriminatorLoss, [2, 1.999, 1.997, 1.994, 1.989, 1.99, 1.991, 1.992, 1.992, 1.9925]),
                series(
                    "adv",
                    .adversarialLoss,
                    [1.0018, 1.001, 1.002, 1.001, 1.003, 1.001, 1.001, 1.002, 1.001, 1.001]
                ),
                series("feat", .featureMatchingLoss, Array(repeating: 0.0115, count: 10)),
                series("snr", .snr, Array(repeating: -2.44, count: 10), split: .validation),
                series("amp", .amplitudeRatio, Array(repeating: 0.849, count: 10), split: .validation),
            ],
            name: name,
            facts: [
                Fact(.lossFamily, "hinge-relu", .given, evidence: "the test says so"),
                Fact(.pricePerHour, "250", .given, evidence: "the test says so"),
                Fact(.currency, "₹", .given, evidence: "the test says so"),
                Fact(.epochSeconds, "90", .given, evidence: "the test says so"),
            ]
        )
    }

    /// NaN from the third epoch on, in a run and a metric whose names are attacks.
    static func hostile() throws -> CheckReport {
        let name = hostileName
        return try report(
            [series(name, .totalLoss, [1, 0.9, .nan, .infinity, .nan])],
            name: name,
            facts: [
                Fact(.currency, name, .given, evidence: name), Fact(.pricePerHour, "1", .given, evidence: name),
                Fact(.epochSeconds, "60", .given, evidence: name),
            ],
            sources: ["logs/\(name).log"]
        )
    }

    /// A loss that falls: nothing wrong.
    static func healthy() throws -> CheckReport {
        try report([
            series("mel", .reconstructionLoss(.mel), (1...30).map { 2 / Double($0) + 0.3 }),
            series("snr", .snr, (1...30).map { Double($0) * 0.3 + 1 }, split: .validation),
        ])
    }
}
