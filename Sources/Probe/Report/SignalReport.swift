/// What a network answers before, or without, training: levels, gains and what it cannot see.
public struct SignalReport: Codable, Sendable {
    /// The logits on one kind of input.
    public struct Logits: Codable, Sendable {
        /// "speech", "decoded", "degraded", "noise", "silence".
        public var input: String
        /// Mean over items and positions, and the standard deviation of the items' means.
        public var mean: Double, spread: Double

        /// Logits.
        public init(input: String, mean: Double, spread: Double) {
            self.input = input
            self.mean = mean
            self.spread = spread
        }
    }

    /// One sub-discriminator.
    public struct Part: Codable, Sendable {
        /// Its name.
        public var name: String
        /// By kind of input.
        public var logits: [Logits]
        /// Standard deviation of the items' mean logits over all inputs, and |mean on speech − mean on noise|.
        public var spreadAcrossInputs: Double, speechFromNoise: Double
        /// Per layer.
        public var layers: [Layer]
        /// Change of the logits, relative to their spread over different speech items, when only this changes in speech: level by 6 dB, an offset of 0.1, polarity, the
        /// phases (turned by 90°, magnitudes kept). 0 is blind, √2 what another utterance gives.
        public var gainSensitivity: Double, offsetSensitivity: Double, polaritySensitivity: Double,
            phaseSensitivity: Double
        /// The same when noise 20 dB below the speech is added in one band.
        public var bandSensitivities: [Band]

        /// A part.
        public init(name: String) {
            self.name = name
            logits = []
            spreadAcrossInputs = .nan
            speechFromNoise = .nan
            layers = []
            gainSensitivity = .nan
            offsetSensitivity = .nan
            polaritySensitivity = .nan
            phaseSensitivity = .nan
            bandSensitivities = []
        }
    }

    /// A band of frequencies.
    public struct Band: Codable, Sendable {
        /// Hz.
        public var lower: Double, upper: Double
        /// Change of the logits relative to their spread.
        public var sensitivity: Double

        /// A band.
        public init(lower: Double, upper: Double, sensitivity: Double) {
            self.lower = lower
            self.upper = upper
            self.sensitivity = sensitivity
        }
    }

    /// One layer on speech.
    public struct Layer: Codable, Sendable {
        /// State-dict name below the sub-discriminator.
        public var name: String
        /// Standard deviation out over in, activation included, each around its channel's mean: what a bias adds does not count.
        public var gain: Double
        /// Norm of the weights' gradient for D's loss, and of the layer's output's gradient for G's loss; hinge, mean over sub-discriminators.
        public var discriminatorGradient: Double, generatorGradient: Double

        /// A layer.
        public init(name: String, gain: Double, discriminatorGradient: Double, generatorGradient: Double) {
            self.name = name
            self.gain = gain
            self.discriminatorGradient = discriminatorGradient
            self.generatorGradient = generatorGradient
        }
    }

    /// The loss a run would log at its first step.
    public struct StartingLoss: Codable, Sendable {
        /// "hinge", "LSGAN", "BCE", "relativistic average LSGAN".
        public var family: String
        /// D's and G's adversarial loss, mean over sub-discriminators, and what a net that answers one constant gives at best.
        public var discriminator: Double, generator: Double, blind: Double

        /// A loss.
        public init(family: String, discriminator: Double, generator: Double, blind: Double) {
            self.family = family
            self.discriminator = discriminator
            self.generator = generator
            self.blind = blind
        }
    }

    /// One per sub-discriminator.
    public var parts: [Part]
    /// One per loss family.
    public var startingLosses: [StartingLoss]

    /// A measurement.
    public init(parts: [Part], startingLosses: [StartingLoss]) {
        self.parts = parts
        self.startingLosses = startingLosses
    }
}
