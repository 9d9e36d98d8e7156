import Codec

/// A ``TeluguCodec`` as it is before training, narrower than the origin's: its output does not depend on its input in any useful way.
struct UntrainedCodec {
    private let codec: TeluguCodec

    init(using random: inout RandomSource) {
        var configuration = TeluguCodecConfiguration()
        configuration.width = 8
        configuration.latentDimension = 64
        configuration.codebookSize = 256
        codec = TeluguCodec(configuration: configuration, using: &random)
    }

    /// The decoded segments without their offset, at 0.85 of the segments' level.
    func decoded(_ segments: [[Float]]) -> [[Float]] {
        withoutGradients {
            segments.map { segment in
                // The codec's shortest input is 96 samples.
                let length = max(segment.count, codec.shortestInput)
                let padded = segment + [Float](repeating: 0, count: length - segment.count)
                let output = codec(Tensor(padded, shape: [1, 1, length])).values.prefix(segment.count)
                let mean = Float(output.reduce(0.0) { $0 + Double($1) } / Double(output.count))
                return ProbeAudio.leveled(output.map { $0 - mean }, to: 0.85 * ProbeAudio.rootMeanSquare(segment))
            }
        }
    }
}
