import Glibc

/// Integrated loudness by ITU-R BS.1770-4, measured block by block, so that an hour needs little more memory than a second.
///
/// K-weighting (a shelf of +4 dB above 1.5 kHz, then a high pass at 38 Hz), blocks of 400 ms every 100 ms, an absolute
/// gate at −70 LUFS and a relative gate 10 LU under the mean of what passed it. Filter design, rounding of block
/// lengths, the last incomplete block (filled with zeros) and the extension of signals under 0.5 s to 0.5 s follow
/// audiotools 0.7.2, because DAC normalises by its meter.
///
/// NaN and infinite samples make the result NaN (audiotools answers −70 there, which would hide them).
public struct LoudnessMeter: Sendable {
    /// The result for silence and for anything quieter, LUFS.
    public static let floor = -70.0
    /// The K-weighting's shelf lies above half the sample rate below this; the loudness is then NaN. In Hz.
    public static let lowestSampleRate = 3001

    private let sampleRate: Int
    private let weights: [Double]
    private let stride: Int
    private let blockLength: Int
    private var filters: [KWeightingFilter]
    /// Energy of the K-weighted signal in each completed stretch of `stride` samples, all channels weighted and added.
    private var strideEnergies: [Double] = []
    /// Energy of only the first samples of each stretch: the part a block reaches into when it is no multiple of the stride.
    private var headEnergies: [Double] = []
    private var currentEnergy = 0.0
    private var currentHead = 0.0
    private var frameCount = 0

    /// A meter that has heard nothing yet.
    ///
    /// `weights` are the channels' power weights G of BS.1770; by default 1 for left, right and centre and 1.41 for the
    /// surround channels of 4, 5, 6 and 8 channels in the order of WAV files (audiotools' for up to 5), 0 for the LFE.
    ///
    /// - Precondition: `sampleRate` and `channelCount` are positive, and there is one weight per channel.
    public init(sampleRate: Int, channelCount: Int, weights: [Double]? = nil) {
        precondition(sampleRate > 0, "A sample rate is positive, not \(sampleRate) Hz.")
        precondition(channelCount > 0, "A signal has at least one channel.")
        let weights = weights ?? Self.defaultWeights(channelCount)
        precondition(weights.count == channelCount, "Every channel has one weight.")
        self.sampleRate = sampleRate
        self.weights = weights
        let rate = Double(sampleRate)
        blockLength = max(1, Int(0.4 * rate))
        stride = max(1, Int(0.4 * rate * 0.25))
        filters = [KWeightingFilter](repeating: KWeightingFilter(sampleRate: rate), count: channelCount)
    }

    private static func defaultWeights(_ channelCount: Int) -> [Double] {
        switch channelCount {
        case ...5: [1, 1, 1, 1.41, 1.41].prefix(channelCount) + []
        case 6: [1, 1, 1, 0, 1.41, 1.41]
        case 8: [1, 1, 1, 0, 1, 1, 1.41, 1.41]
        default: [Double](repeating: 1, count: channelCount)
        }
    }

    /// Hears the next block, `[channel][frame]`, of any length.
    ///
    /// - Precondition: as many channels as announced, equally long.
    public mutating func add(_ block: [[Float]]) {
        precondition(block.count == weights.count, "The meter hears \(weights.count) channels, not \(block.count).")
        let length = block[0].count
        precondition(block.allSatisfy { $0.count == length }, "All channels of a block are equally long.")
        var start = 0
        while start < length {
            let position = frameCount % stride
            let end = min(length, start + (position < headLength ? headLength : stride) - position)
            var energy = 0.0
            for channel in block.indices {
                energy += weights[channel] * filters[channel].energy(of: block[channel], in: start..<end)
            }
            currentEnergy += energy
            if position < headLength { currentHead += energy }
            frameCount += end - start
            start = end
            if frameCount % stride == 0 {
                strideEnergies.append(currentEnergy)
                headEnergies.append(currentHead)
                (currentEnergy, currentHead) = (0, 0)
            }
        }
    }

    /// How far a block reaches beyond whole strides, in samples.
    private var headLength: Int { blockLength % stride }

    /// The loudness of everything heard so far in LUFS, at least −70.
    public var integratedLoudness: Double {
        guard sampleRate >= Self.lowestSampleRate else { return .nan }
        guard Double(frameCount) / Double(sampleRate) >= 0.5 else { return extendedToHalfASecond.gatedLoudness }
        return gatedLoudness
    }

    private var extendedToHalfASecond: LoudnessMeter {
        var extended = self
        let missing = Int((0.5 - Double(frameCount) / Double(sampleRate)) * Double(sampleRate))
        extended.add([[Float]](repeating: [Float](repeating: 0, count: missing), count: weights.count))
        return extended
    }

    private var gatedLoudness: Double {
        let powers = blockPowers
        guard !powers.contains(where: { !$0.isFinite }) else { return .nan }
        let audible = powers.filter { Self.loudness(ofPower: $0) > Self.floor }
        let gate = Self.loudness(ofPower: Self.mean(audible)) - 10
        let loud = audible.filter { Self.loudness(ofPower: $0) > gate }
        guard !loud.isEmpty else { return Self.floor }
        return max(Self.floor, Self.loudness(ofPower: Self.mean(loud)))
    }

    /// The weighted mean square of each block; blocks begin every `stride` samples until every sample is covered.
    private var blockPowers: [Double] {
        let wholeStrides = blockLength / stride
        let energies = strideEnergies + [currentEnergy]
        let heads = headEnergies + [currentHead]
        let beyond = max(frameCount, blockLength) - blockLength
        let count = (beyond + stride - 1) / stride + 1
        return (0..<count).map { block in
            let inside = (block..<(block + wholeStrides)).reduce(0.0) { $0 + ($1 < energies.count ? energies[$1] : 0) }
            let head = block + wholeStrides < heads.count ? heads[block + wholeStrides] : 0
            return (inside + head) / (0.4 * Double(sampleRate))
        }
    }

    private static func loudness(ofPower power: Double) -> Double { -0.691 + decibels(ofPower: power) }

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
