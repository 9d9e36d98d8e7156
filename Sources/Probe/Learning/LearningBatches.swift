import Codec

/// Real items and imitations to train with, in an order that depends on the seed only.
struct LearningBatches {
    private let audio: ProbeAudio
    private let size: Int
    private let length: Int
    private let imitations: LearningProbe.Imitations
    private var random: RandomSource
    private var drawn = 0

    init(_ audio: ProbeAudio, options: LearningProbe.Options, length: Int) {
        self.audio = audio
        size = options.batchSize
        imitations = options.imitations
        self.length = length
        random = RandomSource(seed: options.seed)
    }

    /// The next batch, `[size, 1, length]` each: pieces of random segments at random places, and the same pieces imitated.
    mutating func next() -> (real: Tensor, imitated: Tensor) {
        var (real, imitated): ([Float], [Float]) = ([], [])
        for _ in 0..<size {
            let segment = Int(random.next() % UInt64(audio.training.real.count))
            let start = Int(random.next() % UInt64(max(0, audio.segmentLength - length) + 1))
            let isDecoded = imitations == .both ? drawn % 2 == 0 : imitations == .decoded
            drawn += 1
            real += ProbeAudio.piece(of: audio.training.real[segment], from: start, length: length)
            let imitation = isDecoded ? audio.training.decoded[segment] : audio.training.degraded[segment]
            imitated += ProbeAudio.piece(of: imitation, from: start, length: length)
        }
        return (Tensor(real, shape: [size, 1, length]), Tensor(imitated, shape: [size, 1, length]))
    }
}
