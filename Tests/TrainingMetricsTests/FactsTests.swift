import Testing

@testable import TrainingMetrics

/// Small histories from columns.
enum Histories {
    static func series(
        _ role: MetricRole,
        _ values: [Double],
        name: String? = nil,
        part: String = "",
        split: Split = .train,
        from first: Int64 = 1,
        isNegated: Bool = false
    ) -> MetricSeries {
        MetricSeries(
            key: MetricKey(name: name ?? role.rawValue, split: split),
            interpretation: MetricInterpretation(role: role, part: part, isNegated: isNegated),
            positions: ArraySlice(values.indices.map { first + Int64($0) }),
            values: ArraySlice(values)
        )
    }

    static func history(_ series: [MetricSeries], axis: StepAxis = .epoch) -> RunHistory {
        RunHistory(name: "run", axis: axis, series: series)
    }

    static func game(_ d: [Double], _ g: [Double]) -> RunHistory {
        history([series(.discriminatorLoss, d), series(.adversarialLoss, g)])
    }
}

@Suite struct FactsTests {
    @Test(arguments: [(["ratio_adv", "ratio_l1"], true), ([], false)])
    func aBalancerShowsByWhatItLogs(_ monitors: [String], _ isBalanced: Bool) {
        let names = ["d_loss", "adv_msstftd", "feat_msstftd", "msspec"] + monitors
        let history = Histories.history(names.map { Histories.series(.unknown, [1, 2, 3], name: $0) })
        let fact = FactInference.infer(history: history, facts: RunFacts())[.balancer]
        #expect(fact?.value == (isBalanced ? "true" : nil))
        #expect(fact?.origin == (isBalanced ? .inferred : nil))
    }

    @Test func configurationLinesBecomeFacts() {
        let logged = [
            LoggedFact(key: "train.learning_rate", value: "1e-4", line: 1),
            LoggedFact(key: "--num-epochs", value: "100", line: 2), LoggedFact(key: "c_mel", value: "45", line: 3),
            LoggedFact(key: "data.sampling_rate", value: "16000 Hz", line: 4),
            LoggedFact(key: "optimizer_d.lr", value: "2e-4", line: 5),
            LoggedFact(key: "gan_mode", value: "lsgan", line: 6),
            LoggedFact(key: "average_by_discriminators", value: "false", line: 7),
            LoggedFact(key: "n_heads", value: "2", line: 8), LoggedFact(key: "price-per-hour", value: "95", line: 9),
            LoggedFact(key: "grad_clip", value: "None", line: 10),
        ]
        let facts = RunFacts(LoggedFactInterpreter.facts(from: logged))
        #expect(facts[.learningRate]?.value == "0.0001")
        #expect(facts[.learningRate]?.evidence == "line 1: train.learning_rate = 1e-4")
        #expect(facts[.plannedEpochs]?.value == "100")
        #expect(facts[.melWeight]?.value == "45")
        #expect(facts[.sampleRate]?.value == "16000")
        #expect(facts.number(.discriminatorLearningRate) == 0.0002)
        #expect(facts.lossFamily == .lsgan)
        #expect(facts.reduction == .sum)
        #expect(facts[.pricePerHour]?.value == "95")
        #expect(facts.all.count == 8)
    }

    @Test(
        arguments: [
            ([("Discriminator parameters", "16,913,859")], 3), ([("Discriminator params", "42.5M")], 8),
            ([("Discriminator mpd params", "41105770"), ("Discriminator msd params", "29618821")], 8),
            ([("Discriminator params", "123456")], nil),
        ] as [([(String, String)], Int?)]
    )
    func aKnownParameterCountGivesTheNumberOfSubDiscriminators(_ rows: [(String, String)], _ count: Int?) {
        let logged = rows.enumerated().map { LoggedFact(key: $1.0, value: $1.1, line: $0 + 1) }
        let facts = RunFacts(LoggedFactInterpreter.facts(from: logged))
        #expect(facts.subDiscriminators == count)
        #expect(facts[.discriminatorParameters] != nil)
    }

    /// The (D, G) pairs of the table of stuck constants.
    @Test(
        arguments: [
            (2.0, 1.0, LossFamily.hingeRelu, LossReduction.mean, nil, false),
            (2.0, 0.001, .hinge, .mean, nil, false), (1.0, 0.0, .hinge, .mean, nil, true),
            (0.5, 0.25, .lsgan, .mean, nil, false), (1.0, 1.0, .lsgan, .mean, nil, false),
            (4.0, 2.0, .lsgan, .sum, 8, false), (8.0, 8.0, .lsgan, .sum, 8, false), (3.0, 1.5, .lsgan, .sum, 6, false),
            (4.5, 2.25, .lsgan, .sum, 9, false), (1.3863, 0.6931, .bce, .mean, nil, false),
        ] as [(Double, Double, LossFamily, LossReduction, Int?, Bool)]
    )
    func aPairThatStandsStillGivesTheGame(
        _ d: Double,
        _ g: Double,
        _ family: LossFamily,
        _ reduction: LossReduction,
        _ count: Int?,
        _ isHalved: Bool
    ) {
        let wobble = [0, 0.002, -0.001, 0.001, 0, -0.002, 0.001, 0]
        let run = Histories.game(wobble.map { d * (1 + $0) }, wobble.map { g * (1 - $0) })
        let facts = FactInference.infer(history: run, facts: RunFacts())
        #expect(facts.lossFamily == family)
        #expect(facts.reduction == reduction)
        #expect(facts.subDiscriminators == count)
        #expect(facts.isDiscriminatorLossHalved == isHalved)
        #expect(facts[.lossFamily]?.origin == .inferred)
        #expect(facts[.lossFamily]?.evidence.isEmpty == false)
    }

    @Test func oneRowAtZeroLogitsIsEnough() {
        let run = Histories.history([
            Histories.series(.discriminatorLoss, [2.0, 1.999, 1.9974]), Histories.series(.adversarialLoss, [1.0018]),
        ])
        let fact = FactInference.infer(history: run, facts: RunFacts())[.lossFamily]
        #expect(fact?.value == "hinge-relu")
        #expect(
            fact?.evidence.hasPrefix(
                "D is 2.000 and the adversarial term 1.002 at the start (epoch 1): hinge with relu generator at zero logits"
            ) == true
        )
    }

    @Test(
        arguments: [
            // Crossing a constant, wandering around one, a working game, an ambiguous pair.
            ([2.6, 2.3, 2.0, 1.7, 1.4, 1.2], [0.4, 0.7, 1.0, 1.3, 1.6, 1.8]),
            ([2.1, 1.9, 2.05, 1.92, 2.1, 1.95, 2.04], [1.1, 0.9, 1.2, 0.8, 1.05, 0.95, 1.1]),
            ([1.2, 0.9, 0.8, 0.7, 0.75, 0.72], [2.5, 3.0, 3.4, 3.3, 3.6, 3.5]),
            ([2.0, 2.0, 2.0, 2.0, 2.0, 2.0], [2.0, 2.0, 2.0, 2.0, 2.0, 2.0]),
            ([.nan, .nan], [.nan, .nan]),
        ]
    )
    func numbersThatProveNothingGiveNoGame(_ d: [Double], _ g: [Double]) {
        #expect(FactInference.infer(history: Histories.game(d, g), facts: RunFacts()).lossFamily == nil)
    }

    @Test(
        arguments: [
            (["D loss", "acc", "G loss"], LossFamily.bce as LossFamily?),
            // An accuracy among the terms of a codec says nothing about its discriminator.
            (["d_loss", "acc", "g_loss", "mel", "commit"], nil),
        ]
    )
    func anAccuracyBesideAPlainGameIsThatOfAClassifier(_ names: [String], _ family: LossFamily?) {
        #expect(MetricInterpreter.game(ofNames: names.map { MetricKey(name: $0) })?.family == family)
    }

    @Test(
        arguments: [
            (1.3863, 0.6931, LossFamily.bce as LossFamily?),
            // A whole objective may be 0.25 or 1 by chance, and may not be ln 2 beside another loss of D.
            (0.5, 0.25, nil), (2.0, 1.0, nil), (1.1, 0.6931, nil),
        ]
    )
    func aGeneratorsWholeLossTellsOnlyCrossEntropy(_ d: Double, _ g: Double, _ family: LossFamily?) {
        let run = Histories.history([
            Histories.series(.discriminatorLoss, Array(repeating: d, count: 8)),
            Histories.series(.generatorLoss, Array(repeating: g, count: 8)),
        ])
        #expect(FactInference.infer(history: run, facts: RunFacts()).lossFamily == family)
    }

    @Test func aGivenFamilyIsNeverReplaced() {
        let given = RunFacts([Fact(.lossFamily, "bce", .given, evidence: "--fact")])
        let run = Histories.game([2, 2, 2, 2, 2, 2], [1, 1, 1, 1, 1, 1])
        #expect(FactInference.infer(history: run, facts: given).lossFamily == .bce)
    }

    @Test func aHingeFromTheConfigurationLeavesTheGeneratorToTheNumbers() {
        let logged = LoggedFactInterpreter.facts(from: [LoggedFact(key: "gan_type", value: "hinge", line: 2)])
        let run = Histories.game([2, 2, 2, 2, 2, 2], [1, 1, 1, 1, 1, 1])
        #expect(FactInference.infer(history: run, facts: RunFacts(logged)).lossFamily == .hingeRelu)
        #expect(FactInference.infer(history: Histories.history([]), facts: RunFacts(logged)).lossFamily == .hinge)
    }

    @Test func theNamesOfATrainerWithOneLossGiveIt() {
        let roles: [(String, MetricRole)] = [
            ("loss_disc", .discriminatorLoss), ("loss_gen", .adversarialLoss), ("loss_fm", .featureMatchingLoss),
            ("loss_mel", .reconstructionLoss(.mel)), ("loss_kl", .klLoss),
        ]
        let run = Histories.history(roles.map { Histories.series($0.1, [3.7, 3.2, 3.5], name: $0.0) })
        let facts = FactInference.infer(history: run, facts: RunFacts())
        #expect(facts.lossFamily == .lsgan)
        #expect(facts.reduction == .sum)
        #expect(facts.subDiscriminators == nil)
        #expect(facts[.modelKind]?.value == "vocoder")
    }

    @Test func numberedPartsGiveCountAndReduction() {
        let parts = (0..<3).map {
            Histories.series(
                .discriminatorLoss,
                [0.9, 0.8, 0.7, 0.6].map { $0 + 0.05 },
                name: "d_loss_\($0)",
                part: "\($0)"
            )
        }
        let whole = Histories.series(.discriminatorLoss, [2.85, 2.55, 2.25, 1.95], name: "d_loss")
        let facts = FactInference.infer(history: Histories.history([whole] + parts), facts: RunFacts())
        #expect(facts.subDiscriminators == 3)
        #expect(facts.reduction == .sum)
    }

    @Test func zerosBeforeTheStartAreAWarmUp() {
        let waiting = Histories.game([0, 0, 0], [0, 0, 0])
        let begun = Histories.game([0, 0, 1.9, 1.8], [0, 0, 0.9, 0.8])
        let perfect = Histories.game([0, 0], [17.9, 22.5])
        #expect(DiscriminatorActivity.start(in: waiting) == .notStarted)
        #expect(DiscriminatorActivity.start(in: begun) == .started(at: 3))
        #expect(DiscriminatorActivity.start(in: perfect) == .started(at: 1))
        #expect(DiscriminatorActivity.start(in: Histories.history([])) == .unknown)
        #expect(FactInference.infer(history: begun, facts: RunFacts())[.discriminatorStart]?.value == "3")
        #expect(FactInference.infer(history: waiting, facts: RunFacts())[.discriminatorStart] == nil)
    }

    @Test func epochSecondsComeFromWallTimes() {
        let series = MetricSeries(
            key: MetricKey(name: "loss"),
            interpretation: MetricInterpretation(role: .totalLoss),
            positions: [10, 20, 30, 40, 50, 60],
            epochs: [1, 1, 2, 2, 3, 3],
            times: [1000, 1030, 1060, 1090, 1122, 1150],
            values: [1, 1, 1, 1, 1, 1]
        )
        let facts = FactInference.infer(history: Histories.history([series], axis: .step), facts: RunFacts())
        #expect(facts[.epochSeconds]?.value == "61")
    }

    @Test(
        arguments: [
            (MetricRole.vqLoss, MetricRole.reconstructionLoss(.mel), "codec"),
            (.reconstructionLoss(.waveform), .reconstructionLoss(.mel), "codec"),
            (.discriminatorLoss, .reconstructionLoss(.mel), "vocoder"),
            (.discriminatorLoss, .reconstructionLoss(.unspecified), nil),
        ] as [(MetricRole, MetricRole, String?)]
    )
    func theKindOfModelFollowsFromItsTerms(_ first: MetricRole, _ second: MetricRole, _ kind: String?) {
        let run = Histories.history([Histories.series(first, [1, 2]), Histories.series(second, [1, 2])])
        #expect(FactInference.infer(history: run, facts: RunFacts())[.modelKind]?.value == kind)
    }
}

extension FactsTests {
    @Test func numbersThatStandStillSayMoreThanNames() {
        let names: [(String, MetricRole, Double)] = [
            ("adv/disc_loss", .discriminatorLoss, 2), ("adv/gen_loss", .adversarialLoss, 0),
        ]
        let run = Histories.history(names.map { Histories.series($0.1, Array(repeating: $0.2, count: 8), name: $0.0) })
        #expect(FactInference.infer(history: run, facts: RunFacts()).lossFamily == .hinge)
    }

    @Test func aRateFirstLoggedAtTheEndIsNotTheInitialOne() {
        let run = Histories.history([
            Histories.series(.totalLoss, Array(repeating: 1, count: 100)),
            Histories.series(.learningRate(.generator), [1e-6], from: 100),
        ])
        #expect(FactInference.infer(history: run, facts: RunFacts())[.learningRate] == nil)
    }
}
