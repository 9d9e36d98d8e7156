import Codec

/// Audio as a codec takes it.
enum CodecProbeAudio {
    /// Pieces `[1, channels, T]` of whole frames, at the codec's rate and channels.
    static func pieces(of audio: [AudioSignal], for codec: any NeuralCodec) throws -> [Tensor] {
        guard !audio.isEmpty else { throw CodecProbeError.noAudio }
        let rate = codec.sampleRate
        let shortest = max(rate / 4, 4 * codec.hopLength + codec.trailingPadding)
        var left = Int(CodecProbe.longest * Double(rate))
        var pieces: [Tensor] = []
        var longest = 0
        for signal in audio where left > 0 {
            let resampled = try mixed(signal, to: codec.channels).resampled(to: rate)
            longest = max(longest, resampled.frameCount)
            var start = 0
            while start < resampled.frameCount, left > 0 {
                let count = min(Int(CodecProbe.piece * Double(rate)), resampled.frameCount - start, max(left, shortest))
                if count >= shortest {
                    let segment = resampled.segment(from: start, count: count)
                    pieces.append(Tensor(segment.channels.flatMap { $0 }, shape: [1, codec.channels, count]))
                    left -= count
                }
                start += count
            }
        }
        guard !pieces.isEmpty else { throw CodecProbeError.tooShort(samples: longest, needed: shortest) }
        return pieces
    }

    /// The values of decoded audio `[1, channels, T']`, cut or filled with zeros to `length` samples.
    static func fitted(_ audio: Tensor, to length: Int) -> [Float] {
        let own = audio.shape[2]
        if own == length { return audio.values }
        return own > length
            ? audio.sliced(dimension: 2, range: 0..<length).values
            : audio.padded(left: 0, right: length - own, mode: .zero).values
    }

    /// Pieces, each channel after channel, as one signal.
    static func signal(_ pieces: [[Float]], of codec: any NeuralCodec) -> AudioSignal {
        let channels = (0..<codec.channels).map { channel in
            pieces.flatMap { piece in
                let length = piece.count / codec.channels
                return piece[(channel * length)..<((channel + 1) * length)]
            }
        }
        return AudioSignal(channels: channels, sampleRate: codec.sampleRate)
    }

    /// std out over std in of what belongs together when the output is `delay` samples late, all channels together.
    static func amplitudeRatio(_ reference: AudioSignal, _ degraded: AudioSignal, delay: Int) -> Double {
        let pairs = zip(reference.channels, degraded.channels).map { SignalMetrics.aligned($0, $1, delay: delay) }
        return SignalMetrics.amplitudeRatio(reference: pairs.flatMap(\.0), degraded: pairs.flatMap(\.1))
    }

    /// Each piece backwards in time: the same levels, spectra and pauses, and nothing to do with the reference.
    static func turned(_ pieces: [[Float]]) -> [[Float]] { pieces.map { $0.reversed() } }

    private static func mixed(_ signal: AudioSignal, to channels: Int) -> AudioSignal {
        if signal.channelCount == channels { return signal }
        let mono = signal.mono
        return AudioSignal(
            channels: [[Float]](repeating: mono.channels[0], count: channels),
            sampleRate: signal.sampleRate
        )
    }
}
