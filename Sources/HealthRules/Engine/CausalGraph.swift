/// Which disease can cause which, and how. An edge is a possibility; `Diagnosis` draws it only where the cause began no
/// later than the effect.
public enum CausalGraph {
    /// A possible cause and effect.
    public struct Edge: Sendable, Equatable {
        /// The cause.
        public let cause: RuleID
        /// The effect.
        public let effect: RuleID
        /// How the one brings about the other, a clause for a sentence.
        public let mechanism: String
        /// Whether the cause was measured on the network itself and so may explain a worse finding.
        public var isMeasured = false
        /// Whether the cause explains a worse finding that nothing as grave explains.
        public var isLastResort = false
    }

    /// All edges, most specific cause first for each effect.
    public static let edges: [Edge] = [
        // What is wrong before anything is learnt.
        chain("ADV018", ["ADV001", "ADV002", "ADV004", "ADV014", "FTR001"], "there is nothing to tell apart"),
        chain(
            "ADV017",
            ["ADV001", "ADV005", "ADV006", "ADV007", "ADV009", "FTR001"],
            "the players are told opposite things"
        ),
        chain("ADV017", ["SIG001", "SIG003", "SIG004", "SIG010"], "the generator is driven away from the data"),
        lastResort(
            "ADV015",
            ["SIG001", "SIG002", "SIG003", "SIG004", "SIG005", "SIG006", "SIG007", "SIG009", "SIG010"],
            "the objective asks for something else than the signal"
        ),
        lastResort("ADV015", ["OPT002", "OPT008"], "the weights decide which player has a say"),
        chain("ADV015", ["VQ001", "VQ002", "VQ003"], "the objective asks for something else than the signal"),
        chain("ADV015", ["ADV005", "ADV006", "FTR001"], "the weights decide which player has a say"),
        chain("OPT003", ["VQ002", "VQ003", "VQ004", "SIG004", "SIG010"], "what gets no gradient does not adapt"),
        chain("OPT003", ["SIG001", "SIG002"], "what gets no gradient does not adapt"),
        chain(
            "OPT009",
            ["ADV001", "ADV002", "ADV005", "ADV006", "ADV007", "OPT002", "OPT008", "SIG003", "SIG010"],
            "gradients of other passes pull the network elsewhere"
        ),
        chain(
            "RUN003",
            ["ADV001", "ADV002", "ADV005", "ADV007", "FTR001", "FTR002", "OPT002", "OPT008", "SIG003"],
            "a part of the state did not come back"
        ),
        chain("SIG013", ["SIG003", "SIG006", "SIG011", "VQ003"], "the scores are those of a codec in training mode"),
        chain("SIG012", ["SIG001", "SIG002", "SIG004", "SIG010"], "waveforms that are shifted do not match"),
        // What a frozen network cannot do.
        chain(
            "OPT005",
            ["ADV001", "ADV003", "ADV004", "ADV008", "ADV014", "FTR001", "SIG010"],
            "a network that is not moved does not learn"
        ),
        chain("ADV003", ["OPT003"], "logits that are constant pass no gradient back"),
        // A discriminator that does not react to its input.
        chain("ADV014", ["ADV001", "FTR001"], "a discriminator that is not updated cannot learn to separate"),
        measured("PRB006", ["ADV001"], "this discriminator does not learn when it is trained alone either"),
        measured("PRB002", ["ADV001"], "logits that hardly depend on the input give gradients that hardly do"),
        chain("PRB001", ["ADV001"], "channels that never meet cannot be compared"),
        chain("ADV001", ["ADV003"], "logits at zero are the form the blindness takes"),
        chain("ADV001", ["ADV004"], "one constant answer is the form the blindness takes"),
        measured("PRB006", ["ADV003", "ADV004"], "this discriminator does not learn when it is trained alone either"),
        measured("PRB002", ["ADV003"], "logits that hardly depend on the input stay where they began"),
        chain("PRB001", ["ADV003"], "channels that never meet cannot be compared"),
        chain("ADV001", ["FTR001"], "features of a discriminator that does not tell real from decoded hardly differ"),
        chain("ADV002", ["FTR001"], "features of a discriminator that does not tell real from decoded hardly differ"),
        chain("ADV003", ["FTR001"], "a discriminator with zero logits has no features worth matching"),
        chain("ADV004", ["FTR001"], "a discriminator with one answer for everything has no features worth matching"),
        chain(
            "ADV005",
            ["FTR002", "OPT002", "ADV002"],
            "a discriminator that has won sends steep, unhelpful gradients"
        ),
        // The quantiser.
        chain("VQ002", ["VQ001", "SIG004", "SIG010"], "a collapsed codebook carries almost no bits"),
        chain("VQ005", ["VQ001", "OPT002"], "the quantiser's loss runs away from the rest of the objective"),
        chain("VQ001", ["SIG010"], "the objective is spent on the quantiser instead of the signal"),
        // No information in the output.
        chain("SIG004", ["SIG001"], "uncorrelated output adds its own power to the error"),
        chain("SIG004", ["SIG002"], "without correlation only the output's level sets the SNR"),
        chain("SIG004", ["SIG003"], "without correlation the SNR moves only with the output's level"),
        chain("SIG004", ["SIG005", "SIG006"], "nothing ties the level of an uncorrelated output to the input"),
        chain("SIG004", ["SIG007"], "silence is the best an uncorrelated output can do"),
        chain("SIG004", ["SIG015"], "an output without correlation is no nearer to the input than silence"),
        chain("SIG007", ["SIG002", "SIG001", "SIG005"], "a silent output leaves the whole signal as error"),
        chain("SIG009", ["SIG001", "SIG005"], "a constant offset is error power"),
        chain("SIG005", ["SIG001", "SIG002", "SIG008"], "a level that is off is error by itself"),
        // Numbers that blew up.
        chain("OPT002", ["OPT001"], "a loss that explodes ends in overflow"),
        chain("OPT002", ["OPT008"], "the level never came down again after the explosion"),
        chain("VQ005", ["OPT008"], "the quantiser's loss runs away from the rest of the objective"),
        chain("OPT008", ["SIG010", "OPT001"], "a network that unlearns does not improve, and may end in overflow"),
        // Rules that came later: overfitting, a weak or amplified discriminator, skipped steps.
        chain("ADV001", ["ADV016"], "a balancer scales the noise of a blind discriminator to its full share"),
        chain("ADV003", ["ADV016"], "a balancer scales the noise of a blind discriminator to its full share"),
        chain("ADV016", ["SIG003", "SIG010", "OPT008"], "most of what the generator learns from is noise"),
        chain("ADV011", ["SIG003", "SIG011"], "the generator is taught to copy the training audio"),
        measured("PRB006", ["ADV012"], "this discriminator does not learn when it is trained alone either"),
        measured("PRB002", ["ADV012"], "logits that hardly depend on the input hardly separate"),
        chain("PRB001", ["ADV012"], "channels that never meet cannot be compared"),
        chain("OPT007", ["OPT010"], "a scaler leaves out every step that overflows"),
        chain("OPT002", ["OPT007"], "gradients of an exploded loss overflow"),
        chain("OPT007", ["SIG010"], "steps that are left out teach nothing"),
        chain("OPT010", ["SIG010"], "steps that are left out teach nothing"),
    ].flatMap { $0 }

    /// A disease after whose first step nothing else can be trusted: everything that begins later is its effect.
    public struct Preemption: Sendable {
        /// The disease.
        public let rule: RuleID
        /// Why nothing after it can be trusted, a clause for a sentence.
        public let mechanism: String
        /// Whether what begins at the same step is its effect too: it was there before anything was measured.
        public var comesFirst = false
    }

    /// All of them; of two that come first at the same step the former is the cause.
    public static let preempting: [Preemption] = [
        Preemption(rule: "RUN005", mechanism: "a network learns what it is shown", comesFirst: true),
        Preemption(rule: "OPT004", mechanism: "at such a learning rate nothing is learnt as planned", comesFirst: true),
        Preemption(rule: "OPT001", mechanism: "nothing computed after the first non-finite number can be trusted"),
        Preemption(rule: "OPT002", mechanism: "the run never came back from the explosion"),
    ]

    private static func measured(_ cause: RuleID, _ effects: [RuleID], _ mechanism: String) -> [Edge] {
        effects.map { Edge(cause: cause, effect: $0, mechanism: mechanism, isMeasured: true) }
    }

    private static func lastResort(_ cause: RuleID, _ effects: [RuleID], _ mechanism: String) -> [Edge] {
        effects.map { Edge(cause: cause, effect: $0, mechanism: mechanism, isLastResort: true) }
    }

    private static func chain(_ cause: RuleID, _ effects: [RuleID], _ mechanism: String) -> [Edge] {
        effects.map { Edge(cause: cause, effect: $0, mechanism: mechanism) }
    }
}
