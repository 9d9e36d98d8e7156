public import TrainingMetrics

/// How a discriminator fares when it alone is trained, on fixed real and fixed decoded audio.
public struct LearningReport: Codable, Sendable {
    /// The losses at one step.
    public struct Point: Codable, Sendable {
        /// Steps done.
        public var step: Int
        /// D's loss, mean over sub-discriminators, then of each.
        public var loss: Double, partLosses: [Double]
        /// Norm of all parameters' gradient, before it is limited.
        public var gradientNorm: Double

        /// A point.
        public init(step: Int, loss: Double, partLosses: [Double], gradientNorm: Double = .nan) {
            self.step = step
            self.loss = loss
            self.partLosses = partLosses
            self.gradientNorm = gradientNorm
        }
    }

    /// What one sub-discriminator has learnt.
    public struct Part: Codable, Sendable {
        /// Its name.
        public var name: String
        /// The first step clearly below the blind value; nil if never.
        public var leftBlindAt: Int?
        /// Mean logit on real less that on decoded audio, held out.
        public var gap: Double
        /// Share of held-out real and decoded items judged rightly, 0 to 1; 0.5 is chance.
        public var heldOutAccuracy: Double
        /// The same against degraded speech, which is harder to tell from real speech.
        public var degradedGap: Double, degradedAccuracy: Double

        /// A part.
        public init(
            name: String,
            leftBlindAt: Int?,
            gap: Double,
            heldOutAccuracy: Double,
            degradedGap: Double = .nan,
            degradedAccuracy: Double = .nan
        ) {
            self.name = name
            self.leftBlindAt = leftBlindAt
            self.gap = gap
            self.heldOutAccuracy = heldOutAccuracy
            self.degradedGap = degradedGap
            self.degradedAccuracy = degradedAccuracy
        }
    }

    /// The same net with one thing changed, trained for as many steps.
    public struct Counterfactual: Codable, Sendable {
        /// "learning rate × 10", "without groups", "with weight normalisation".
        public var change: String
        /// Its verdict, the step it left the blind value, and its loss at the end.
        public var verdict: ProbeEvidence.Learning.Verdict
        /// The first step clearly below the blind value; nil if never.
        public var leftBlindAt: Int?
        /// Mean loss at the end.
        public var finalLoss: Double
        /// Steps done; training ends early when the blind value is left.
        public var steps: Int

        /// A result.
        public init(
            change: String,
            verdict: ProbeEvidence.Learning.Verdict,
            leftBlindAt: Int?,
            finalLoss: Double,
            steps: Int = 0
        ) {
            self.steps = steps
            self.change = change
            self.verdict = verdict
            self.leftBlindAt = leftBlindAt
            self.finalLoss = finalLoss
        }
    }

    /// What real and decoded audio were, and the training's settings, for people.
    public var conditions: String
    /// Loss family, and the value of a net that answers one constant.
    public var family: String, blindLoss: Double
    /// Steps done, and seconds they took.
    public var steps: Int, seconds: Double
    /// The losses, thinned out to at most some hundred points.
    public var curve: [Point]
    /// One per sub-discriminator.
    public var parts: [Part]
    /// The whole net: first step clearly below the blind value; gap and accuracy on held-out audio; feature-matching loss before and after.
    public var leftBlindAt: Int?
    /// Mean logit on real less that on decoded audio, held out.
    public var gap: Double
    /// Share of held-out real and decoded items judged rightly by the mean over sub-discriminators.
    public var heldOutAccuracy: Double
    /// The same against degraded speech, which is harder to tell from real speech.
    public var degradedGap = Double.nan, degradedAccuracy = Double.nan
    /// D's loss over the last ten steps, mean over sub-discriminators.
    public var finalLoss = Double.nan
    /// Feature-matching loss (mean over maps of the L1 distance) before training and after.
    public var featureMatchingBefore: Double, featureMatchingAfter: Double
    /// The answer.
    public var verdict: ProbeEvidence.Learning.Verdict
    /// What was changed to find the reason; empty when the net is able.
    public var counterfactuals: [Counterfactual]
    /// The first change that made the net able; nil when it is able or nothing helped.
    public var remedy: String?
    /// Changes that were not tried, each with the reason.
    public var untested: [String] = []

    /// A measurement.
    public init(
        conditions: String,
        family: String,
        blindLoss: Double,
        steps: Int,
        seconds: Double,
        curve: [Point],
        parts: [Part],
        leftBlindAt: Int?,
        gap: Double,
        heldOutAccuracy: Double,
        featureMatchingBefore: Double,
        featureMatchingAfter: Double,
        verdict: ProbeEvidence.Learning.Verdict,
        counterfactuals: [Counterfactual] = []
    ) {
        self.conditions = conditions
        self.family = family
        self.blindLoss = blindLoss
        self.steps = steps
        self.seconds = seconds
        self.curve = curve
        self.parts = parts
        self.leftBlindAt = leftBlindAt
        self.gap = gap
        self.heldOutAccuracy = heldOutAccuracy
        self.featureMatchingBefore = featureMatchingBefore
        self.featureMatchingAfter = featureMatchingAfter
        self.verdict = verdict
        self.counterfactuals = counterfactuals
    }
}
