/// One line of `Benchmarks/compare_torch/cases.json`.
struct BenchmarkCase: Decodable {
    /// What is timed.
    enum Kind: String, Decodable {
        case conv1d, conv2d, snake, lstm, dac, discriminator
        case convTranspose1d = "conv_transpose1d"
        case weightNorm = "weight_norm"
        case melLoss = "mel_loss"
        case stftLoss = "stft_loss"
        case trainingStep = "training_step"
    }

    let name: String
    let kind: Kind
    /// Shape of the input, for layers.
    var input: [Int]?
    /// Shape of the weight, for convolutions and weight normalisation.
    var weight: [Int]?
    var stride: [Int]?
    var padding: [Int]?
    var dilation: [Int]?
    var groups: Int?
    /// Hz, for losses.
    var sampleRate: Int?
    /// `44.1 kHz` or `24 kHz` for models; `dac` or `origin grouped` for discriminators.
    var preset: String?
    /// Length of the audio, for models.
    var seconds: Double?
    /// Sizes of the generator, a 16 kHz DAC with `input` as batch, for training steps.
    var encoderDimension: Int?
    var decoderDimension: Int?
    /// Its encoder's rates; the decoder has them in reverse.
    var rates: [Int]?
    var codebooks: Int?
}

/// A request of the comparing script.
struct BenchmarkRequest: Decodable {
    /// How far a run goes.
    enum Mode: String, Decodable {
        /// The result only.
        case forward
        /// Gradients of everything that has one; for a discriminator of its parameters, not of the audio.
        case backward
        /// As `backward`, after an optimiser's step: nothing made from a discriminator's parameters can be used again.
        case backwardChanged = "backward_changed"
        /// Gradients of a discriminator's audio, its parameters frozen.
        case backwardInput = "backward_input"
        /// A whole step of training, for training steps.
        case step
    }

    let `case`: BenchmarkCase
    let mode: Mode
    /// Seconds to go on repeating; at least one run is made.
    let budget: Double
}

/// What the script gets back.
struct BenchmarkAnswer: Encodable {
    let seconds: [Double]
    /// Of user and system time over all threads, for each run.
    let processorSeconds: [Double]
    let peakMebibytes: Double
    /// Blocks of memory that the runs asked of the system, because none that was kept fitted.
    let newBuffers: Int
    /// Where the time of all steps so far went, a phase a line; for training steps.
    let profile: [String]
}
