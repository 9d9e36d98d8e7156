import Codec

/// The gain of every layer of a codec's encoder and decoder.
enum CodecGains {
    /// Seconds of audio it is measured on.
    private static let seconds = 1.0

    /// Standard deviation out over in, of all layers without children in the order they run on the loudest second of audio
    /// `[1, channels, T]`; NaN where the input is constant or holds NaN.
    static func layers(of codec: any NeuralCodec, on audio: Tensor) throws -> [CodecProbeReport.Layer] {
        let leaves = Set(codec.namedLayers.filter { $0.layer.children.isEmpty }.map(\.name))
        var gains: [CodecProbeReport.Layer] = []
        let recorder = ActivationRecorder(model: codec) { name, input, output in
            guard leaves.contains(name), name.hasPrefix("encoder.") || name.hasPrefix("decoder.") else { return }
            gains.append(.init(name: name, gain: deviation(output) / deviation(input)))
        }
        let piece = loudest(audio, samples: Int(seconds * Double(codec.sampleRate)))
        _ = try recorder.recording { try withoutGradients { try codec.decode(codec.codes(of: piece, codebooks: nil)) } }
        return gains
    }

    private static func deviation(_ tensor: Tensor) -> Double {
        let centred = tensor - tensor.mean()
        return Double(centred.squared().mean().item).squareRoot()
    }

    private static func loudest(_ audio: Tensor, samples: Int) -> Tensor {
        let length = audio.shape[2]
        guard length > samples else { return audio }
        var best = (energy: -Double.infinity, start: 0)
        for start in stride(from: 0, through: length - samples, by: max(1, samples / 2)) {
            let part = audio.sliced(dimension: 2, range: start..<(start + samples))
            let energy = Double(part.squared().mean().item)
            if energy > best.energy { best = (energy, start) }
        }
        return audio.sliced(dimension: 2, range: best.start..<(best.start + samples))
    }
}
