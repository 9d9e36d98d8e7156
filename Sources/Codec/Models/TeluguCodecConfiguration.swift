/// The shape of a ``TeluguCodec``. Values begin as in the origin's run.
public struct TeluguCodecConfiguration: Sendable, Equatable, Hashable, Codable {
    /// Hz.
    public var sampleRate = 16_000
    /// Channels after the first convolution; four stages double them.
    public var width = 32
    /// Channels of the latents, the origin's `--hidden-dim`.
    public var latentDimension = 1024
    /// Rows per codebook.
    public var codebookSize = 1024
    /// Codebooks.
    public var codebookCount = 8
    /// How codebooks are learnt.
    public var quantizer = OriginQuantizerOptions.asInTheOriginRun

    /// Samples per frame: strides of 2, four times, and of 5.
    public var hopLength: Int { 80 }

    /// As in the origin's run: 21,244,001 parameters.
    public init() {}

    /// Small enough for tests and experiments on a CPU; everything but the sizes as in the origin's run.
    public static let tiny: TeluguCodecConfiguration = {
        var configuration = TeluguCodecConfiguration()
        configuration.width = 4
        configuration.latentDimension = 32
        configuration.codebookSize = 64
        configuration.codebookCount = 4
        return configuration
    }()

    /// Throws ``CodecError/configuration(_:)`` unless the sizes describe a network.
    public func validate() throws(CodecError) {
        func require(_ holds: Bool, _ reason: String) throws(CodecError) {
            if !holds { throw .configuration(reason) }
        }
        let sizes = [width, latentDimension, quantizer.projectionDimension ?? 1]
        try require(sizes.allSatisfy { (1...1 << 14).contains($0) }, "channels must lie in 1…16384")
        try require((1...1024).contains(codebookCount), "it needs 1 to 1024 codebooks")
        try require((1...1 << 20).contains(codebookSize), "a codebook needs 1 to 1048576 entries")
        try require((1...10_000_000).contains(sampleRate), "the sample rate must lie in 1…10000000 Hz")
    }
}
