import Codec

extension SpeechDataset {
    /// The shipped Telugu speech at `sampleRate` Hz; every fourth clip is held out.
    public static func shipped(sampleRate: Int = 16_000) throws -> SpeechDataset {
        let clips = try ShippedSpeech.signals().enumerated().map { index, signal in
            let resampled = try signal.resampled(to: sampleRate)
            return SpeechClip(name: "shipped-\(index + 1)", samples: resampled.channels[0])
        }
        return SpeechDataset(
            sampleRate: sampleRate,
            training: clips.indices.filter { $0 % 4 != 3 }.map { clips[$0] },
            validation: clips.indices.filter { $0 % 4 == 3 }.map { clips[$0] }
        )
    }
}
