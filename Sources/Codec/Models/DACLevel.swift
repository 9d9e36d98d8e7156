import Foundation

/// How loud a signal is and how DAC's `compress` scales it before coding: to a wanted loudness, then each channel under a peak of 1.
public struct DACLevel: Sendable, Equatable {
    /// The loudness before scaling, LUFS (`input_db`).
    public let loudness: Float
    /// The factors of each channel, applied one after the other.
    public let factors: [(gain: Float, limit: Float)]

    /// The level of a signal with these peaks per channel. `target` in LUFS; `nil` leaves the loudness as it is.
    public init(loudness: Double, peaks: [Float], target: Double?) {
        self.loudness = Float(loudness)
        let gain = target.map { Float(exp((Double(Float($0)) - Double(Float(loudness))) * log(10) / 20)) } ?? 1
        factors = peaks.map { peak in (gain, peak * gain > 1 ? 1 / (peak * gain) : 1) }
    }

    /// A block, scaled.
    public func applied(to block: [[Float]]) -> [[Float]] {
        zip(block, factors).map { channel, factor in channel.map { $0 * factor.gain * factor.limit } }
    }

    /// Equal loudness and factors.
    public static func == (a: DACLevel, b: DACLevel) -> Bool {
        a.loudness == b.loudness && a.factors.elementsEqual(b.factors, by: ==)
    }
}

/// Measures a signal's ``DACLevel`` block by block.
struct DACLevelMeter {
    private var meter: LoudnessMeter
    private var peaks: [Float]

    init(sampleRate: Int, channelCount: Int) {
        meter = LoudnessMeter(sampleRate: sampleRate, channelCount: channelCount)
        peaks = [Float](repeating: 0, count: channelCount)
    }

    mutating func add(_ block: [[Float]]) {
        meter.add(block)
        for channel in block.indices {
            for sample in block[channel] where abs(sample) > peaks[channel] { peaks[channel] = abs(sample) }
        }
    }

    func level(target: Double?) -> DACLevel {
        DACLevel(loudness: meter.integratedLoudness, peaks: peaks, target: target)
    }
}
