/// What a probe measured about one network, as far as rules use it. Saved with the probe's report.
public struct ProbeEvidence: Codable, Sendable, Equatable {
    /// What was probed.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// A discriminator.
        case discriminator
        /// A generator.
        case codec
        /// A single layer.
        case layer
    }

    /// Where the weights come from.
    public enum Weights: String, Codable, Sendable {
        /// Drawn at random, as before training.
        case initial
        /// Read from a checkpoint.
        case trained
    }

    /// How far first-layer channels reach in one sub-discriminator.
    public struct Mixing: Codable, Sendable, Equatable {
        /// The sub-discriminator.
        public var part: String
        /// The smallest share of first-layer channels that a unit at the head's input depends on, 0 to 1.
        public var reach: Double
        /// Whether a layer before the head mixes all channels.
        public var mixesBeforeHead: Bool
        /// The fewest inputs one output of any layer after the first is a weighted sum of; 0 when not known.
        public var smallestFanIn: Int
        /// The smallest such share behind any layer from the second up to where mixing is complete, 0 to 1; nil when the
        /// second layer mixes everything, or when it is not known.
        public var reachBeforeMixing: Double?

        /// A measurement.
        public init(
            part: String,
            reach: Double,
            mixesBeforeHead: Bool,
            smallestFanIn: Int,
            reachBeforeMixing: Double? = nil
        ) {
            self.part = part
            self.reach = reach
            self.mixesBeforeHead = mixesBeforeHead
            self.smallestFanIn = smallestFanIn
            self.reachBeforeMixing = reachBeforeMixing
        }
    }

    /// What comes out of one sub-discriminator before training.
    public struct Logits: Codable, Sendable, Equatable {
        /// The sub-discriminator.
        public var part: String
        /// Mean over inputs and positions.
        public var mean: Double
        /// Standard deviation of the items' mean logits across different inputs.
        public var spread: Double
        /// |mean on speech − mean on noise|.
        public var speechFromNoise: Double

        /// A measurement.
        public init(part: String, mean: Double, spread: Double, speechFromNoise: Double) {
            self.part = part
            self.mean = mean
            self.spread = spread
            self.speechFromNoise = speechFromNoise
        }
    }

    /// One layer's measurements; nil where not measured.
    public struct Layer: Codable, Sendable, Equatable {
        /// State-dict name.
        public var name: String
        /// Standard deviation out over in, with the activation.
        public var gain: Double?
        /// exp(entropy of the singular values' shares) over the smaller side of the matrix, of the worst group block, 0 to 1.
        public var effectiveRank: Double?
        /// The same of a fresh layer of this shape.
        public var initialEffectiveRank: Double?
        /// Filters whose weights are all 0, or whose norm is below a thousandth of the layer's median.
        public var deadFilters: Int?
        /// Filters in all.
        public var filters: Int?
        /// Weights that are NaN or infinite.
        public var nonFinite: Int?

        /// A layer's measurements.
        public init(
            name: String,
            gain: Double? = nil,
            effectiveRank: Double? = nil,
            initialEffectiveRank: Double? = nil,
            deadFilters: Int? = nil,
            filters: Int? = nil,
            nonFinite: Int? = nil
        ) {
            self.name = name
            self.gain = gain
            self.effectiveRank = effectiveRank
            self.initialEffectiveRank = initialEffectiveRank
            self.deadFilters = deadFilters
            self.filters = filters
            self.nonFinite = nonFinite
        }
    }

    /// Whether the network learns to tell real from decoded audio when it is trained alone.
    public struct Learning: Codable, Sendable, Equatable {
        /// The answer.
        public enum Verdict: String, Codable, Sendable, CaseIterable {
            /// Leaves the blind value and separates unseen audio within the measured steps.
            case able
            /// Moves away from the blind value, but is not done within the measured steps.
            case slow
            /// Stays at the blind value.
            case unable
            /// Not able within so few steps that this says nothing.
            case undecided
        }

        /// The answer.
        public var verdict: Verdict
        /// Steps of training.
        public var steps: Int
        /// The first step at which the loss was clearly below the blind value; nil if it never was.
        public var leftBlindAt: Int?
        /// Mean logit on real less mean logit on decoded audio, at the end, on held-out audio.
        public var gap: Double
        /// Share of held-out items judged rightly, 0 to 1.
        public var heldOutAccuracy: Double
        /// Mean over items and sub-discriminators of the feature-matching loss at the end.
        public var featureMatching: Double
        /// What had to be changed to make it learn, tested by changing it; nil when it learns or nothing helped.
        public var remedy: String?

        /// A measurement.
        public init(
            verdict: Verdict,
            steps: Int,
            leftBlindAt: Int?,
            gap: Double,
            heldOutAccuracy: Double,
            featureMatching: Double,
            remedy: String? = nil
        ) {
            self.verdict = verdict
            self.steps = steps
            self.leftBlindAt = leftBlindAt
            self.gap = gap
            self.heldOutAccuracy = heldOutAccuracy
            self.featureMatching = featureMatching
            self.remedy = remedy
        }
    }

    /// What was probed.
    public var kind: Kind
    /// Its name, for people: "GroupedMultiScale (origin)", "disc.pth".
    public var subject: String
    /// Where its weights come from.
    public var weights: Weights
    /// Parameters.
    public var parameterCount: Int
    /// Parameters of the generator it plays against; nil when unknown.
    public var opponentParameterCount: Int?
    /// One per sub-discriminator; empty when not measured.
    public var mixing: [Mixing]
    /// One per sub-discriminator; empty when not measured.
    public var logits: [Logits]
    /// Layers in order; empty when not measured.
    public var layers: [Layer]
    /// nil when not measured.
    public var learning: Learning?

    /// Evidence about a network.
    public init(
        kind: Kind,
        subject: String,
        weights: Weights,
        parameterCount: Int,
        opponentParameterCount: Int? = nil,
        mixing: [Mixing] = [],
        logits: [Logits] = [],
        layers: [Layer] = [],
        learning: Learning? = nil
    ) {
        self.kind = kind
        self.subject = subject
        self.weights = weights
        self.parameterCount = parameterCount
        self.opponentParameterCount = opponentParameterCount
        self.mixing = mixing
        self.logits = logits
        self.layers = layers
        self.learning = learning
    }
}
