public import Codec

extension LearningProbe {
    /// What a discriminator is trained to tell from real speech; it is judged on both kinds, whatever it was trained with.
    public enum Imitations: String, Sendable, CaseIterable {
        /// What an untrained codec makes of speech, as in the origin's run: the question whether anything is learnt at all.
        case decoded
        /// Degraded speech: the question how fine a difference is learnt.
        case degraded
        /// Both by turns.
        case both
    }

    /// How discriminators are trained. Defaults are the settings of the origin's run.
    public struct Options: Sendable {
        /// Wall-clock time of everything together, in seconds.
        public var seconds: Double = 40
        /// Exactly so many steps instead, whatever they take; then equal seeds give equal numbers.
        public var steps: Int?
        /// More steps than these are done only for a net that has not left the blind value.
        public var mostSteps = 150
        /// Fewer steps cannot show that a net does not learn.
        public var fewestSteps = 100
        /// Real items of a step; there are as many imitations.
        public var batchSize = 2
        /// What the real items are told from.
        public var imitations = Imitations.decoded
        /// Samples of an item; all subjects get longer ones when one needs them.
        public var itemLength = 4096
        /// The loss; each sub-discriminator's value must be comparable with ``AdversarialLoss/Family``'s blind value.
        public var loss = AdversarialLoss(.hinge, reduction: .mean)
        /// AdamW's step size.
        public var learningRate: Float = 1e-4
        /// AdamW's decay rates.
        public var betas: (Double, Double) = (0.5, 0.9)
        /// AdamW's weight decay.
        public var weightDecay: Float = 0.01
        /// Largest gradient norm; longer gradients are shortened to it. Nil for no limit.
        public var largestGradientNorm: Float? = 1
        /// Seed of batches.
        public var seed: UInt64 = 0
        /// Whether changes are tried on a net that is not able.
        public var triesChanges = true

        /// The origin's settings.
        public init() {}

        /// DAC's settings: LSGAN summed, betas 0.8 and 0.99, gradient norm at most 10 (descript-audio-codec, `scripts/train.py`).
        public static var dac: Options {
            var options = Options()
            options.loss = AdversarialLoss(.leastSquares, reduction: .sum)
            options.betas = (0.8, 0.99)
            options.largestGradientNorm = 10
            return options
        }

        /// In one sentence, for people.
        var text: String {
            let limit = largestGradientNorm.map { ", gradient norm at most \($0)" } ?? ""
            return "AdamW \(learningRate), betas \(betas.0) and \(betas.1), weight decay \(weightDecay)\(limit); "
                + "\(loss.family.title), \(loss.reduction.rawValue) over sub-discriminators"
        }
    }

    /// A discriminator to be trained. What is given is never changed.
    public struct Subject {
        /// For people.
        public let name: String
        /// What it is made of.
        public let description: DiscriminatorDescription
        /// Whether its weights were read and not drawn.
        public let isTrained: Bool
        /// A net with the subject's weights that nobody else holds.
        let make: () -> Discriminator

        /// A fresh net; equal seeds give equal weights.
        public init(_ description: DiscriminatorDescription, seed: UInt64) {
            name = description.name
            self.description = description
            isTrained = false
            make = {
                var random = RandomSource(seed: seed)
                return Discriminator(description, using: &random)
            }
        }

        /// A net with weights of its own; they are copied when training begins.
        public init(_ discriminator: Discriminator, name: String, isTrained: Bool = true) {
            self.name = name
            description = discriminator.description
            self.isTrained = isTrained
            make = { discriminator.independentCopy() }
        }

        /// A subject made by a function.
        init(name: String, description: DiscriminatorDescription, isTrained: Bool, make: @escaping () -> Discriminator)
        {
            self.name = name
            self.description = description
            self.isTrained = isTrained
            self.make = make
        }
    }
}
