/// What keeps the activations of a SEANet in bounds.
public enum SEANetNormalization: String, Sendable, Codable, CaseIterable {
    /// Plain weights.
    case none
    /// Weight normalisation, EnCodec at 24 kHz.
    case weight = "weight_norm"
    /// One group of all channels, normalised over channels and time after each convolution; EnCodec at 48 kHz. Not causal.
    case timeGroup = "time_group_norm"

    var ofWeights: WeightNormalization { self == .weight ? .weight : .none }
}

/// What a SEANet's convolutions see beyond the ends of the signal.
public enum SEANetPadding: String, Sendable, Codable, CaseIterable {
    /// Zeros; audiocraft's default.
    case zero = "constant"
    /// The mirrored signal; EnCodec's default.
    case reflect
}

/// The shape of a SEANet encoder and its decoder (Tagliasacchi et al. 2020, arXiv:2009.02095, as built by EnCodec).
///
/// Values begin as EnCodec's 24 kHz model.
public struct SEANetConfiguration: Sendable, Equatable, Hashable, Codable {
    /// Audio channels.
    public var channels = 1
    /// Channels of the latents.
    public var dimension = 128
    /// Channels after the first convolution; each stage doubles them.
    public var filters = 32
    /// Residual blocks per stage.
    public var residualLayers = 1
    /// Upsampling factors in the decoder's order; the encoder uses them backwards.
    public var ratios = [8, 5, 4, 2]
    /// Window of the first convolutions, samples.
    public var kernelSize = 7
    /// Window of the last convolutions, samples.
    public var lastKernelSize = 7
    /// Window of the residual blocks' first convolution, samples.
    public var residualKernelSize = 3
    /// The j-th residual block of a stage is dilated by this to the power j.
    public var dilationBase = 2
    /// How much narrower residual blocks are inside.
    public var compression = 2
    /// Whether residual blocks add their input as it is (audiocraft) instead of through a convolution of one sample (EnCodec).
    public var usesTrueSkip = false
    /// Recurrent layers between convolutions and latents, 0 for none.
    public var recurrentLayers = 2
    /// Whether no output depends on later input.
    public var isCausal = true
    /// What is beyond the signal's ends.
    public var padding = SEANetPadding.reflect
    /// What keeps activations in bounds.
    public var normalization = SEANetNormalization.weight
    /// The share of a causal transposed convolution's surplus that is cut on the right, 0…1.
    public var trimRightRatio = 1.0

    /// EnCodec's 24 kHz model.
    public init() {}

    /// Samples per frame.
    public var hopLength: Int { ratios.reduce(1, *) }

    /// Throws ``CodecError/configuration(_:)`` unless the sizes describe a network.
    public func validate() throws(CodecError) {
        func require(_ holds: Bool, _ reason: String) throws(CodecError) {
            if !holds { throw .configuration(reason) }
        }
        let windows = [kernelSize, lastKernelSize, residualKernelSize, dilationBase]
        try require((1...16).contains(ratios.count), "it needs 1 to 16 ratios")
        try require(ratios.allSatisfy { (1...1024).contains($0) }, "ratios must lie in 1…1024")
        try require(ratios.reduce(1) { min(1 << 32, $0 * $1) } <= 1 << 24, "the product of the ratios is over 2²⁴")
        try require(windows.allSatisfy { (1...1024).contains($0) }, "windows and dilations must lie in 1…1024")
        try require(
            [channels, dimension, filters].allSatisfy { (1...1 << 16).contains($0) },
            "it needs 1 to 65536 channels"
        )
        try require(filters << ratios.count <= 1 << 16, "its widest layer has over 65536 channels")
        try require((0...8).contains(residualLayers), "it needs 0 to 8 residual layers per stage")
        try require((0...16).contains(recurrentLayers), "it needs 0 to 16 recurrent layers")
        try require((1...filters).contains(compression), "compression leaves no channel inside the residual blocks")
        try require(
            !isCausal || normalization != .timeGroup,
            "time group normalisation looks ahead, so it is not causal"
        )
        try require((0...1).contains(trimRightRatio), "trimRightRatio must lie in 0…1")
        try require(isCausal || trimRightRatio == 1, "trimRightRatio other than 1 is for causal networks")
    }
}
