import TrainingMetrics

extension HealthRule {
    /// OPT009: gradients of earlier passes are still there when a network's own backward pass begins.
    static let staleGradients = HealthRule(
        RuleDescription(
            id: "OPT009",
            name: "stale-gradients",
            group: .optimization,
            severity: .error,
            summary: """
                A network has a gradient left right before its own backward pass, or its gradient norm moves like a \
                running sum: several times as large as at the start, and hardly different from one step to the next.
                """,
            rationale: """
                Gradients add up until they are cleared. Left from another loss they pull the network the wrong way; left \
                from all earlier steps they make it follow its past and ignore the present batch.
                """,
            causes: [
                "gradients are not zeroed before the backward pass of this network, so they add up over steps",
                "the generator's backward pass leaves gradients in the discriminator, which steps before they are cleared",
                "decoded audio is not detached in the discriminator's step, so its loss reaches the generator",
            ],
            advice: [
                "clear the gradients of a network right before its own backward pass",
                "detach decoded audio in the discriminator's step",
                "freeze the discriminator's parameters during the generator's backward pass",
            ],
            parameters: [
                RuleParameter(
                    "growth",
                    4,
                    "how many times the first norms the last must be",
                    source: "a running sum of n gradients of random sign grows with the root of n: 4 times in 16 steps"
                ),
                RuleParameter(
                    "smoothness",
                    0.02,
                    "largest relative change from one value to the next, median",
                    source: "gradients of single batches differ by tens of percent; a sum of n by about 1/n"
                ),
                RuleParameter("values", 50, unit: "values", "values to judge by", source: "a fiftieth each at the end"),
            ],
            calibration: "The running sum is an error only where the values are plenty; the leak is an identity.",
            references: [
                "lucidrains/audiolm-pytorch#48 (D's gradients not zeroed)", "NVIDIA-NeMo/NeMo#7266",
                "Lightning-AI/pytorch-lightning#591",
            ],
            examples: [
                RuleExample(
                    "gradients that are there already",
                    [(.gradientLeak(.discriminator), "0 0.4+0.3x20")],
                    every: 10,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "the discriminator's loss reaches the generator",
                    [(.gradientLeak(.generator), "2.1 1.7 1.9x20"), (.gradientLeak(.discriminator), "0x22")],
                    every: 10,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "a running sum",
                    [(.gradientNorm(.discriminator), "2+0.5x200")],
                    every: 1,
                    expect: .fires(.error)
                ),
                RuleExample(
                    "gradients that differ from batch to batch",
                    [
                        (
                            .gradientNorm(.discriminator),
                            "2 3 1.5 4 2.5 6 3 8 4 9 5 12 6 11 7 14 8 18 9 21x2 10 25 12 30 14 28 15 32 17 40 20 44 22 41 25 50 27 60 30 66 33 70 35 80 40 90 44 95 46 99 48"
                        )
                    ],
                    every: 1,
                    expect: .passes
                ),
                RuleExample(
                    "cleared",
                    [(.gradientLeak(.discriminator), "0x30"), (.gradientLeak(.generator), "0x30")],
                    expect: .passes
                ),
                RuleExample("a few steps", [(.gradientNorm(.discriminator), "2+0.5x20")], every: 1, expect: .tooShort),
                RuleExample("not logged", [(.totalLoss, "1x9")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        let networks: [MetricRole.Network] = [.discriminator, .generator, .unspecified]
        let leaks = networks.compactMap { run.history.series(.gradientLeak($0)) }
        let norms = networks.compactMap { run.history.series(.gradientNorm($0)) }
        guard !leaks.isEmpty || !norms.isEmpty else {
            return .unmeasured(needs: [
                .role(
                    .gradientLeak(.discriminator),
                    "the norm of each network's gradient right before its backward pass"
                )
            ])
        }
        let leaking = leaks.compactMap { leak($0, run, rule) }
        if !leaking.isEmpty { return .findings(leaking) }
        let open = norms.filter { norm in !leaks.contains { $0.role.network == norm.role.network } }
        let needed = Int(parameters["values"])
        guard open.isEmpty || open.contains(where: { $0.count >= needed }) else {
            return .tooShort("\(needed - (open.map(\.count).max() ?? 0)) more values")
        }
        let sums = open.compactMap { runningSum($0, run, parameters, rule) }
        return sums.isEmpty ? .pass : .findings(sums)
    }

    private static func leak(_ series: MetricSeries, _ run: RunView, _ rule: RuleDescription) -> Finding? {
        // The first pass of a run has nothing to leave.
        guard series.count >= 5, let onset = series.tail(where: { $0 > 0 }), series.count - onset >= 5 else {
            return nil
        }
        let network = series.role.network ?? .unspecified
        let level = RobustStatistics.median(series.values.suffix(50))
        let episode = series.episode(from: onset, axis: run.history.axis)
        let name = network.sentenceName
        return Finding(
            rule,
            confidence: .high,
            episode: episode,
            message:
                "\(name.prefix(1).uppercased())\(name.dropFirst()) has a gradient of norm \(PlainNumber.text(level)) right before its own backward pass, "
                + "\(episode.since(run.history.axis)): it is added to its own.",
            evidence: [Evidence("gradient left in \(name), recent median", level, expected: "0")],
            curve: FindingCurve(series, upper: 0),
            causes: network == .generator
                ? [
                    "detach missing: decoded audio is not detached in the discriminator's step, so that its loss reaches "
                        + "the generator",
                    "the generator's gradients are not zeroed before its backward pass",
                ] : [],
            subject: series.role.rawValue
        )
    }

    private static func runningSum(
        _ series: MetricSeries,
        _ run: RunView,
        _ parameters: RuleParameters,
        _ rule: RuleDescription
    ) -> Finding? {
        let alive = series.slice((series.firstOffset { $0 > 0 } ?? series.count)..<series.count)
        guard alive.count >= Int(parameters["values"]) else { return nil }
        let tenth = max(5, alive.count / 10)
        let before = RobustStatistics.median(alive.values.prefix(tenth))
        let after = RobustStatistics.median(alive.values.suffix(tenth))
        let steps = zip(alive.values.dropFirst(), alive.values).suffix(2000).map { abs($0 - $1) / max(abs($1), 1e-30) }
        let change = RobustStatistics.median(steps)
        // A log of running means is smooth in everything.
        if let loss = run.history.series(series.role.network == .discriminator ? .discriminatorLoss : .totalLoss) {
            let usual = zip(loss.values.dropFirst(), loss.values).suffix(2000).map {
                abs($0 - $1) / max(abs($1), 1e-30)
            }
            guard RobustStatistics.median(usual) > 2 * change else { return nil }
        }
        guard before > 0, after.isFinite, after >= parameters["growth"] * before, change <= parameters["smoothness"]
        else { return nil }
        let name = (series.role.network ?? .unspecified).sentenceName
        return Finding(
            rule,
            confidence: .medium,
            episode: alive.episode(from: 0, axis: run.history.axis),
            message:
                "The gradient norm of \(name) moves like a running sum: from \(PlainNumber.text(before)) to "
                + "\(PlainNumber.text(after)), by only \(PlainNumber.percent(change)) from one value to the next.",
            evidence: [
                Evidence(
                    "last gradient norms over first",
                    after / before,
                    expected: "below \(PlainNumber.text(parameters["growth"]))"
                ),
                Evidence(
                    "change from one value to the next, median",
                    100 * change,
                    unit: "%",
                    expected: "tens of percent"
                ),
            ],
            curve: FindingCurve(series),
            subject: series.role.rawValue
        )
    }
}
