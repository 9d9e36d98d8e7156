import Codec

/// A codec without training: each sample is a frame, quantised to 256 levels. What it does wrong can be chosen.
final class SampleCodec: Layer, NeuralCodec {
    /// Samples the output is late.
    var delay = 0
    /// Factor of the output.
    var gain: Float = 1
    /// Whether every code is the same.
    var isCollapsed = false
    /// Whether the decoder makes noise of everything.
    var isDeaf = false
    let weight = Tensor(repeating: 1, shape: [3], requiresGradient: true)

    override var ownParameters: [(name: String, tensor: Tensor)] { [("weight", weight)] }
    var sampleRate: Int { 8_000 }
    var channels: Int { 1 }
    var hopLength: Int { 1 }
    var codebookCount: Int { 1 }
    var codebookSize: Int { 256 }

    func latents(of audio: Tensor) throws(CodecError) -> Tensor { audio }

    func codes(of audio: Tensor, codebooks: Int?) throws(CodecError) -> Codes {
        let indices = audio.values.map { sample -> Int32 in
            isCollapsed || !sample.isFinite ? 128 : Int32(min(255, max(0, (sample * 127).rounded() + 128)))
        }
        return Codes(batch: 1, frames: indices.count, stages: [indices])
    }

    func decode(_ codes: Codes) throws(CodecError) -> Tensor {
        try decode(latents: Tensor(codes.stage(0).map { (Float($0) - 128) / 127 }, shape: [1, 1, codes.frames]))
    }

    func decode(latents: Tensor) throws(CodecError) -> Tensor {
        var random = RandomSource(seed: 9)
        if isDeaf { return .normal(latents.shape, deviation: 0.1, using: &random) }
        let length = latents.shape[2]
        return latents.padded(left: delay, right: 0).sliced(dimension: 2, range: 0..<length) * gain
    }
}
