/// Why no discriminator could be made of a checkpoint. Each is a sentence that says what to do next.
public enum DiscriminatorInferenceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No tensor is a convolution's weight; `holds` says what there is instead.
    case noConvolution(holds: String)
    /// The weights are a codec's or a generator's.
    case generator(title: String)
    /// A convolution takes a number of channels that cannot come out of the one before it.
    case brokenChain(layer: String, shape: [Int], previous: String, channels: Int)
    /// The first convolution takes channels that no input made from mono audio has.
    case unsupportedInput(layer: String, shape: [Int])
    /// Convolutions over one and over two dimensions follow each other.
    case mixedDimensions(layer: String, other: String)
    /// A weight without values, or a kernel of a size that cannot be run.
    case unusableWeight(name: String, shape: [Int])
    /// One of the tensors that make up a normalised weight is there, the others are not.
    case incompleteWeight(name: String)
    /// The weights have more values than are run here.
    case tooLarge(values: Int)
    /// Several convolutions give logits, and the names do not tell which convolutions belong to which.
    case ambiguousParts(heads: [String])
    /// With the strides that are usual for such kernels nothing is left of 4,000 samples of audio.
    case nothingLeft(part: String)
    /// The sample rate is not positive, or too high.
    case sampleRate(Int)

    /// A sentence a user can act on.
    public var description: String {
        switch self {
        case .noConvolution(let holds):
            "the checkpoint has no convolution, so it is no discriminator that can be probed; it holds \(holds)"
        case .generator(let title):
            "the checkpoint is a generator, not a discriminator: \(title); use `codec-doctor probe codec` for it"
        case .brokenChain(let layer, let shape, let previous, let channels):
            "'\(layer)' has a weight of shape \(shape), which does not fit the \(channels) channels that come out of '\(previous)': "
                + "the layers between them are not convolutions, or not in one chain; describe the net in a configuration file instead"
        case .unsupportedInput(let layer, let shape):
            "the first convolution '\(layer)' has a weight of shape \(shape): \(shape.count > 1 ? shape[1] : 0) input channels are neither "
                + "mono audio (1) nor its spectrogram (1 magnitude, 2 real and imaginary part, 3 with magnitude)"
        case .mixedDimensions(let layer, let other):
            "'\(layer)' and '\(other)' are in one chain, but one slides over one dimension and the other over two; "
                + "what happens between them is not in the file: describe the net in a configuration file instead"
        case .unusableWeight(let name, let shape):
            "the weight of '\(name)' has shape \(shape), with which no convolution can be run"
        case .incompleteWeight(let name):
            "'\(name)' is a part of a normalised weight, but the other parts (weight_g, or weight_u and weight_v) are missing: "
                + "save the whole state dictionary"
        case .tooLarge(let values):
            "the convolutions have \(values) values; more than \(InferredDiscriminator.mostValues) are not run here"
        case .ambiguousParts(let heads):
            "there are \(heads.count) convolutions with one output channel (\(heads.prefix(4).joined(separator: ", "))"
                + "\(heads.count > 4 ? ", …" : "")), but the names do not tell which layers lead to which; "
                + "describe the net in a configuration file instead"
        case .nothingLeft(let part):
            "'\(part)' leaves nothing of 4,000 samples of audio with the strides that are usual for its kernels; "
                + "describe the net in a configuration file instead"
        case .sampleRate(let rate): "a sample rate of \(rate) Hz is not possible; give one from 1,000 to 768,000"
        }
    }
}
