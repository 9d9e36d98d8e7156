import TrainingMetrics

extension HealthRule {
    /// EXP001: a metric is outside what the chosen profile expects.
    static let outsideExpectedRange = HealthRule(
        RuleDescription(
            id: "EXP001",
            name: "outside-expected-range",
            group: .expectation,
            severity: .warning,
            summary: """
                The newest values of a metric are outside the range that the chosen expectation profile states for \
                this epoch or step. Between two stated ones the range is interpolated linearly; beyond them the nearest \
                holds.
                """,
            rationale: """
                A profile holds somebody's expectations of a kind of run. Leaving them is a reason to look, not proof \
                of a fault: the range may be wrong, and each row says whose claim it is and what is known against it.
                """,
            causes: [
                "the run is not doing what the author of the profile expected",
                "the range is wrong for this configuration: weights, reduction or bitrate differ",
            ],
            advice: [
                "read the row's note first: some expectations have never been reached by a published codec",
                "look at the findings of the other rules, which rest on identities and measured runs",
                "correct the profile in a copy and use that one",
            ],
            parameters: [
                RuleParameter(
                    "far",
                    0.5,
                    "distance from the range, as a share of its far edge, from which a claim outside is a warning",
                    source: "calibrated on 36 labelled public logs"
                )
            ],
            calibration: """
                Claims that carry a note against them are informative at most; measured rows and unchallenged claims \
                are warnings. Never an error.
                """,
            references: ["the profile's own source, printed with each finding"],
            examples: examplesOfOutsideExpectedRange
        )
    ) { run, parameters, rule in
        guard let profile = run.profile else {
            return .unmeasured(needs: [
                RuleOutcome.Need(name: "profile", hint: "an expectation profile to compare with (--profile NAME)")
            ])
        }
        var isCompared = false
        var findings: [Finding] = []
        for expectation in ExpectedRange.all(of: profile) {
            guard let series = expectation.series(in: run),
                let sample = LatestLevel(series, by: expectation.axis, in: run.history)
            else { continue }
            isCompared = true
            let range = expectation.range(at: sample.place)
            guard range.excludes(sample.value) else { continue }
            findings.append(finding(expectation, range, sample, of: profile, in: run, rule, far: parameters["far"]))
        }
        guard isCompared else {
            let roles = ExpectedRange.all(of: profile).prefix(3)
            return .unmeasured(
                needs: roles.map { .role($0.role, "by epoch or step, to compare with '\(profile.name)'") }
            )
        }
        return findings.isEmpty ? .pass : .findings(findings)
    }

    private static func finding(
        _ expectation: ExpectedRange,
        _ range: ExpectedRange.Range,
        _ sample: LatestLevel,
        of profile: ExpectationProfile,
        in run: RunView,
        _ rule: RuleDescription,
        far: Double
    ) -> Finding {
        let row = range.row
        let isFar = range.distance(of: sample.value) > far * max(abs(range.lower ?? 0), abs(range.upper ?? 0))
        let severity: Severity = row.status == "measured" || (row.note.isEmpty && isFar) ? .warning : .info
        let source = row.source.isEmpty ? profile.source : row.source
        let whose = row.status == "measured" ? "measured, according to \(source)" : "a claim of \(source)"
        let note = row.note.isEmpty ? "" : "; note: \(row.note)"
        let series = sample.series
        let first = sample.onset { place, value in expectation.range(at: place).excludes(value) }
        return Finding(
            rule,
            severity: severity,
            confidence: .low,
            episode: series.episode(from: first, axis: run.history.axis),
            message: "\(series.name) is \(PlainNumber.text(sample.value)) at \(sample.axis.rawValue) \(place(sample)), "
                + "where the profile '\(profile.name)' expects \(range.text) (\(whose)\(note)).",
            evidence: [Evidence(series.name, sample.value, expected: range.text)],
            curve: FindingCurve(series, lower: range.lower, upper: range.upper),
            subject: expectation.role.rawValue
        )
    }

    /// A step is written out, an epoch may be a fraction.
    private static func place(_ sample: LatestLevel) -> String {
        sample.axis == .step ? "\(Int64(sample.place))" : PlainNumber.text(sample.place)
    }

    private static let examplesOfOutsideExpectedRange: [RuleExample] = [
        RuleExample(
            "amplitude below every claim of the profile",
            [(.amplitudeRatio, "validation:@5,10: 0.6 0.4")],
            every: 1,
            axis: .epoch,
            profile: "telugu-dac",
            expect: .fires(.warning)
        ),
        RuleExample(
            "an SNR that no published codec reaches is only worth a note",
            [(.snr, "validation:@10,20: 8.5 10.2")],
            every: 1,
            axis: .epoch,
            profile: "telugu-dac",
            expect: .fires(.info)
        ),
        RuleExample(
            "inside, halfway between two rows",
            [(.amplitudeRatio, "validation:@5,15: 0.9 0.96")],
            every: 1,
            axis: .epoch,
            profile: "telugu-dac",
            expect: .passes
        ),
        RuleExample(
            "inside, beyond the last row",
            [(.discriminatorLoss, "@40,41,42: 0.6 0.61 0.6")],
            every: 1,
            axis: .epoch,
            profile: "telugu-dac",
            expect: .passes
        ),
        RuleExample(
            "a mel error by steps, far above what HiFi-GAN measured there",
            [(.reconstructionLoss(.mel), "@100000+1000: 0.9x40")],
            profile: "hifi-gan",
            expect: .fires(.warning)
        ),
        RuleExample(
            "inside it",
            [(.reconstructionLoss(.mel), "@100000+1000: 0.3x40")],
            profile: "hifi-gan",
            expect: .passes
        ),
        RuleExample("no profile", [(.snr, "8.5x10")], every: 1, axis: .epoch, expect: .unmeasured),
        RuleExample(
            "nothing the profile knows",
            [(.klLoss, "0.5x10")],
            every: 1,
            axis: .epoch,
            profile: "telugu-dac",
            expect: .unmeasured
        ),
    ]
}
