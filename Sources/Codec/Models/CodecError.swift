/// Why a codec cannot do what it was asked with this input.
public enum CodecError: Error, Equatable, CustomStringConvertible {
    /// A configuration that describes no network.
    case configuration(String)
    /// A checkpoint of another network, by what it was recognised as.
    case architecture(String)
    /// A checkpoint that does not tell the model's sample rate.
    case unknownSampleRate
    /// Audio at another rate than the model's, both in Hz.
    case sampleRate(found: Int, expected: Int)
    /// A tensor that is no audio batch `[B, channels, T]` of this model.
    case audioShape(found: [Int], channels: Int)
    /// Audio too short for even one frame, in samples.
    case tooShort(samples: Int, needed: Int)
    /// Codes of fewer frames than the decoder's windows need when nothing is padded.
    case tooFewFrames(Int)
    /// Codes without items or frames.
    case emptyCodes
    /// A file that claims more samples than its codes hold.
    case originalLength(claimed: Int, decoded: Int)
    /// Codes of more (or no) stages than the model has.
    case stages(found: Int, available: Int)
    /// A code that is no row of the codebook.
    case index(Int, codebookSize: Int)
    /// A window for chunked coding that the model's context fills completely, in samples.
    case window(samples: Int, needed: Int)

    /// A sentence for the user.
    public var description: String {
        switch self {
        case .configuration(let reason): "the model's configuration is not usable: \(reason)"
        case .architecture(let title): "the checkpoint holds no DAC model; it is \(title)"
        case .unknownSampleRate: "the checkpoint does not tell the model's sample rate; give it (--sample-rate)"
        case .sampleRate(let found, let expected):
            "the audio has a sample rate of \(found) Hz, but the model needs \(expected) Hz; resample it first"
        case .audioShape(let found, let channels):
            "audio must have the shape [batch, \(channels), samples], but has \(found)"
        case .tooShort(let samples, let needed):
            "\(samples) samples are too short for the model, which needs at least \(needed); pad the audio"
        case .tooFewFrames(let frames): "\(frames) frames of codes are too few for this model's decoder"
        case .emptyCodes: "the codes are empty"
        case .originalLength(let claimed, let decoded):
            "the file claims \(claimed) samples, but its codes hold only \(decoded); it is damaged or of another model"
        case .stages(let found, let available):
            "the codes have \(found) stages, but the model has \(available); they belong to another model"
        case .index(let index, let size):
            "the codes contain the index \(index), but the codebook has \(size) entries; they belong to another model or are damaged"
        case .window(let samples, let needed):
            "a window of \(samples) samples is too short for chunked coding; this model needs at least \(needed)"
        }
    }
}
