import TrainingMetrics

extension HealthRule {
    /// A learning rate with which nothing can be learnt, or too much.
    static let learningRateSuspicious = HealthRule(
        RuleDescription(
            id: "OPT004",
            name: "learning-rate-suspicious",
            group: .optimization,
            severity: .warning,
            summary: """
                The learning rate has decayed to nothing, is unusually high or low, or differs between discriminator and \
                generator by more than 4 times.
                """,
            rationale: """
                A step of 1e-12 relative to a weight is far below what float32 can add to it: the network is frozen \
                while the clock runs. The classic reason is a decay meant per epoch and applied per step.
                """,
            causes: [
                "a decay factor meant per epoch is applied per step (0.999 per step is 1e-4 of the start after 9200 steps)",
                "a resumed run counts its epochs into the schedule twice",
                "the configuration gives a learning rate of another optimiser or batch size",
            ],
            advice: [
                "call the scheduler once per epoch, or take the root of the factor for a step",
                "on resuming, restore the scheduler's state and print the first learning rate",
                "start from 1e-4 to 3e-4 for both networks of a codec and change one at a time",
            ],
            parameters: [
                RuleParameter(
                    "nothing",
                    1e-12,
                    "learning rate that moves no float32 weight",
                    source: "float32 resolves 6e-8 of a weight; Adam moves a weight by about the learning rate"
                ),
                RuleParameter(
                    "certainly-nothing",
                    1e-25,
                    "the same for a single logged value",
                    source: "a cosine schedule computed in double precision ends above it"
                ),
                RuleParameter(
                    "decay",
                    1000,
                    "fall from the peak, well before the end of the plan, that is too much",
                    source: "a cosine is at a fortieth of its peak after 90 % of the plan"
                ),
                RuleParameter(
                    "high",
                    1e-3,
                    "learning rate above which a warning is due",
                    source: "UMLAUT's bound, calibrated on 36 labelled public logs"
                ),
                RuleParameter("low", 1e-7, "learning rate below which a warning is due", source: "UMLAUT"),
                RuleParameter(
                    "ratio",
                    4,
                    "largest ratio of the two networks' learning rates, either way",
                    source: "calibrated on 36 labelled public logs"
                ),
                RuleParameter(
                    "far-too-high",
                    0.02,
                    "learning rate that is an error",
                    source: "twenty times the bound; Adam moves every weight by about this much a step"
                ),
                RuleParameter(
                    "far-apart",
                    30,
                    "ratio of the two learning rates that is an error",
                    source: "published recipes stay within 10 either way"
                ),
            ],
            calibration: "High and ratio were checked against the labelled logs that print a learning rate.",
            references: [
                "coqui-ai/TTS#1003, #1187, #1368 (decayed to 7e-111)",
                "kan-bayashi/ParallelWaveGAN#184 (1e-3 gave NaN)",
                "BerkeleyHCI/umlaut",
            ],
            examples: [
                RuleExample(
                    "decayed to nothing, in a log of one block",
                    [(.learningRate(.generator), "@240000: 3e-98"), (.learningRate(.discriminator), "@240000: 1e-4")],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "decayed per step",
                    [(.learningRate(.generator), "1e-4 1e-6 1e-8 1e-10 1e-12 1e-14 1e-16x20")],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "a thousandth of the start at a third of the plan",
                    [(.learningRate(.generator), "2e-4 1e-4 1e-5 1e-6 1e-7x9")],
                    facts: [.plannedSteps: "40000"],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "a thousandth of the generator's",
                    [(.learningRate(.generator), "1e-4x20"), (.learningRate(.discriminator), "1e-7x20")],
                    expect: .fires(.error)
                ),
                RuleExample("far too high", [(.learningRate(.unspecified), "0.1x20")], expect: .fires(.error)),
                RuleExample("high", [(.learningRate(.unspecified), "5e-3x20")], expect: .fires(.warning)),
                RuleExample(
                    "the discriminator ten times faster",
                    [(.learningRate(.generator), "1e-4x20"), (.learningRate(.discriminator), "1e-3x20")],
                    expect: .fires(.warning)
                ),
                RuleExample(
                    "a cosine to the end of its plan",
                    [(.learningRate(.generator), "2e-4-1e-5x19 1e-6 1e-9 1e-13")],
                    facts: [.plannedSteps: "22000"],
                    expect: .passes
                ),
                RuleExample(
                    "nothing for most of a plan that was run to its end",
                    [(.learningRate(.generator), "1e-4 1e-8 1e-12 1e-16 1e-20x18")],
                    facts: [.plannedSteps: "22000"],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "a cosine whose plan is not known",
                    [(.learningRate(.generator), "2e-4-1e-6x199 1e-7 1e-14")],
                    expect: .passes
                ),
                RuleExample("warm-up from zero", [(.learningRate(.generator), "0 1e-8+1e-6x100")], expect: .passes),
                RuleExample(
                    "decayed to nothing, printed with six decimals",
                    [(.learningRate(.generator), "1e-4x5 5e-5x5 2e-5 8e-6 3e-6 1e-6 0x20")],
                    expect: .fires(.error)
                ),
                RuleExample(
                    "printed with five decimals",
                    [(.learningRate(.generator), "0.0001x5 0.00000x20")],
                    expect: .passes
                ),
                RuleExample(
                    "two time scales",
                    [(.learningRate(.generator), "1e-4x5"), (.learningRate(.discriminator), "4e-4x5")],
                    expect: .passes
                ),
                RuleExample("not logged", [(.totalLoss, "1x9")], expect: .unmeasured),
            ]
        )
    ) { run, parameters, rule in
        let networks: [MetricRole.Network] = [.generator, .discriminator, .unspecified]
        let rates = networks.flatMap { run.history.all(.learningRate($0)) }
            .filter { $0.values.contains { $0 > 0 && $0.isFinite } }
        guard !rates.isEmpty else {
            return .unmeasured(needs: [.role(.learningRate(.generator), "the learning rate of each optimiser")])
        }
        var findings: [Finding] = []
        for rate in rates {
            guard let verdict = RateVerdict(rate, in: run, parameters) else { continue }
            findings.append(
                Finding(
                    rule,
                    severity: verdict.severity,
                    confidence: verdict.confidence,
                    episode: rate.episode(from: verdict.onset, axis: run.history.axis),
                    message: verdict.message,
                    evidence: [Evidence("learning rate", verdict.value, expected: "1e-5 to 1e-3")],
                    curve: FindingCurve(rate, lower: parameters["low"], upper: parameters["high"]),
                    causes: verdict.causes,
                    subject: rate.name
                )
            )
        }
        let isSettled = findings.contains { $0.severity == .error }
        if !isSettled, let finding = imbalance(run, parameters, rule) { findings.append(finding) }
        return findings.isEmpty ? .pass : .findings(findings)
    }

    /// What one learning rate does wrong.
    private struct RateVerdict {
        let severity: Severity
        let confidence: Confidence
        let onset: Int
        let value: Double
        let message: String
        var causes: [String] = []

        init?(_ rate: MetricSeries, in run: RunView, _ parameters: RuleParameters) {
            // An exact 0 may be a warm-up or too few decimals.
            let values = rate.values
            let base = values.startIndex
            let isPositive = { (value: Double) in value > 0 && value.isFinite }
            guard let lastIndex = values.lastIndex(where: isPositive) else { return nil }
            let last = lastIndex - base
            var peakOffset = last
            var count = 0
            for index in values.indices where isPositive(values[index]) {
                count += 1
                if values[index] > values[base + peakOffset] { peakOffset = index - base }
            }
            let peak = max(rate[peakOffset].value, RateVerdict.start(rate, run))
            let value = rate[last].value
            self.value = value
            let end = Double(run.history.lastPosition ?? rate[last].position)
            /// Whether there was still a tenth of the plan to go at an offset: a schedule may end at nothing.
            func isEarly(_ offset: Int) -> Bool {
                guard let progress = run.progress else { return true }
                return progress * Double(rate[offset].position) / max(end, 1) <= 0.9
            }
            let isAlone = count < 10
            /// First of the values below a line since the peak, when training went on below it.
            func onset(below line: Double, share: Double) -> Int? {
                guard value < line,
                    let index = values[(base + peakOffset)...].firstIndex(where: { isPositive($0) && $0 < line })
                else { return nil }
                let first = index - base
                let lasted = Double(rate[last].position - rate[first].position)
                let whole = Double(rate[last].position - rate[0].position)
                return isEarly(first) && (isAlone || lasted >= share * whole) ? first : nil
            }
            let name = rate.name
            let place = { (offset: Int) in Wording.place(rate, offset, on: run.history.axis) }

            /// Where zeros up to the end begin, when the log resolves a fiftieth of the peak and training went on for long.
            func zeros() -> Int? {
                guard lastIndex + 1 < values.endIndex, values[(lastIndex + 1)...].allSatisfy({ $0 == 0 }),
                    let least = values.filter(isPositive).min(), least <= peak / 50, isEarly(last + 1)
                else { return nil }
                let whole = Double(rate[rate.count - 1].position - rate[0].position)
                let lasted = Double(rate[rate.count - 1].position - rate[last + 1].position)
                return rate.count - 1 - last >= 5 && lasted >= 0.25 * whole ? last + 1 : nil
            }

            if let first = zeros() {
                severity = .error
                confidence = .medium
                self.onset = first
                message = "\(name) has been 0 since \(place(first)): the network no longer moves."
            } else if let first = onset(below: parameters["nothing"], share: 0.05) {
                let isCertain = !isAlone || value < parameters["certainly-nothing"]
                severity = isCertain ? .error : .warning
                confidence = isCertain ? .high : .low
                self.onset = first
                message =
                    "\(name) has decayed to \(PlainNumber.text(value)) by \(place(last)): the network no longer moves, "
                    + "as when a factor meant per epoch is applied per step."
            } else if let first = onset(below: peak / parameters["decay"], share: 0.1) {
                severity = run.progress == nil ? .warning : .error
                confidence = .medium
                self.onset = first
                let done = run.progress.map { " after only \(PlainNumber.percent($0)) of the plan" } ?? ""
                message =
                    "\(name) fell from \(PlainNumber.text(peak)) to \(PlainNumber.text(value)) by \(place(last))\(done)."
            } else if value > parameters["high"] {
                let isGross = value > parameters["far-too-high"]
                severity = isGross ? .error : .warning
                confidence = isGross ? .medium : .low
                self.onset = peakOffset
                causes = [
                    "the configuration gives a learning rate that is too high, of another optimiser or batch size"
                ]
                message = "\(name) is \(PlainNumber.text(value)), above what GAN training usually bears."
            } else if let first = onset(below: parameters["low"], share: 0.05) {
                severity = .warning
                confidence = .low
                self.onset = first
                message = "\(name) is \(PlainNumber.text(value)) at \(place(last)): next to nothing is learnt."
            } else {
                return nil
            }
        }

        /// The learning rate at the start where it is a fact; 0 when it is not known.
        private static func start(_ rate: MetricSeries, _ run: RunView) -> Double {
            let isDiscriminator = rate.role == .learningRate(.discriminator)
            return run.facts.number(isDiscriminator ? .discriminatorLearningRate : .learningRate) ?? 0
        }
    }

    private static func imbalance(_ run: RunView, _ parameters: RuleParameters, _ rule: RuleDescription) -> Finding? {
        guard let generator = run.history.series(.learningRate(.generator)),
            let discriminator = run.history.series(.learningRate(.discriminator)),
            let slow = generator.values.last, let fast = discriminator.values.last, slow > 0, fast > 0
        else { return nil }
        let ratio = fast / slow
        // Decimal fractions in a log: 4e-4 over 1e-4 is 4 within rounding.
        guard max(ratio, 1 / ratio) > 1.001 * parameters["ratio"] else { return nil }
        let isGross = max(ratio, 1 / ratio) > parameters["far-apart"]
        let rows = AlignedSamples(discriminator, [generator])
        var first = rows.count - 1
        while first > 0 {
            let before = rows.baseValues[first - 1] / rows.columns[0][first - 1]
            guard max(before, 1 / before) > 1.001 * parameters["ratio"] else { break }
            first -= 1
        }
        return Finding(
            rule,
            severity: isGross ? .error : .warning,
            confidence: isGross ? .high : .low,
            episode: discriminator.episode(
                from: first < 0 ? discriminator.count - 1 : rows.offsets[first],
                axis: run.history.axis
            ),
            message:
                "The discriminator's learning rate is \(PlainNumber.text(ratio)) times the generator's "
                + "(\(PlainNumber.text(fast)) and \(PlainNumber.text(slow))).",
            evidence: [
                Evidence("learning rate of the discriminator over the generator's", ratio, expected: "0.25 to 4")
            ],
            curve: FindingCurve(discriminator),
            causes: [
                "the learning rate of the discriminator is too \(ratio > 1 ? "high" : "low") for the generator's: a factor is "
                    + "wrong in the configuration",
                "one of the two schedules is stepped more often than the other",
            ],
            subject: "ratio"
        )
    }
}
