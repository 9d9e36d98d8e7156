public import TrainingMetrics

/// What a generator passes on.
public struct CodecProbeReport: Codable, Sendable {
    /// One codebook on the given audio.
    public struct Stage: Codable, Sendable {
        /// Share of entries used, 0 to 1.
        public var usage: Double
        /// exp of the codes' entropy, and the entropy in bits per frame.
        public var perplexity: Double, bits: Double

        /// A stage.
        public init(usage: Double, perplexity: Double, bits: Double) {
            self.usage = usage
            self.perplexity = perplexity
            self.bits = bits
        }
    }

    /// One layer.
    public struct Layer: Codable, Sendable {
        /// State-dict name.
        public var name: String
        /// Standard deviation out over in.
        public var gain: Double

        /// A layer.
        public init(name: String, gain: Double) {
            self.name = name
            self.gain = gain
        }
    }

    /// For people.
    public var name: String
    /// Where the weights come from.
    public var weights: ProbeEvidence.Weights
    /// Parameters.
    public var parameterCount: Int
    /// Bits per second the codes need, and those they carry on the given audio by their entropies.
    public var nominalBitRate: Double, usedBitRate: Double
    /// exp(entropy of the latents' covariance eigenvalues' shares), and the latents' channels.
    public var latentEffectiveRank: Double, latentChannels: Int
    /// One per codebook.
    public var stages: [Stage]
    /// Between audio and what comes back, at the best delay: correlation, SNR in dB, amplitude ratio.
    public var correlation: Double, snr: Double, amplitudeRatio: Double
    /// Samples by which the output is late; nil where there is no common signal to find it by.
    public var delay: Int?
    /// Correlation without quantisation, to tell a broken quantiser from a broken decoder; nil where the model cannot skip it.
    public var correlationWithoutQuantizer: Double?
    /// Layers of encoder and decoder in the order they run.
    public var layers: [Layer]
    /// Entries of each codebook.
    public var codebookSize = 0
    /// Hz of the model, frames of codes and seconds of audio that were measured.
    public var sampleRate = 0, frames = 0, seconds = 0.0
    /// Correlation at the best delay of audio and the output played backwards: what chance gives.
    public var chanceCorrelation = Double.nan
    /// Samples of the given audio that are NaN or infinite.
    public var nonFiniteSamples = 0
    /// State-dict names of the tensors that hold NaN or infinity.
    public var nonFiniteTensors: [String] = []
    /// What follows from the numbers, in sentences, most important first.
    public var answer: [String] = []
    /// What rules may use.
    public var evidence: ProbeEvidence {
        ProbeEvidence(
            kind: .codec,
            subject: name,
            weights: weights,
            parameterCount: parameterCount,
            layers: layers.map { .init(name: $0.name, gain: $0.gain.isNaN ? nil : $0.gain) }
        )
    }

    /// A measurement.
    public init(
        name: String,
        weights: ProbeEvidence.Weights,
        parameterCount: Int,
        nominalBitRate: Double,
        usedBitRate: Double,
        latentEffectiveRank: Double,
        latentChannels: Int,
        stages: [Stage],
        correlation: Double,
        snr: Double,
        amplitudeRatio: Double,
        delay: Int?,
        correlationWithoutQuantizer: Double?,
        layers: [Layer]
    ) {
        self.name = name
        self.weights = weights
        self.parameterCount = parameterCount
        self.nominalBitRate = nominalBitRate
        self.usedBitRate = usedBitRate
        self.latentEffectiveRank = latentEffectiveRank
        self.latentChannels = latentChannels
        self.stages = stages
        self.correlation = correlation
        self.snr = snr
        self.amplitudeRatio = amplitudeRatio
        self.delay = delay
        self.correlationWithoutQuantizer = correlationWithoutQuantizer
        self.layers = layers
    }
}
