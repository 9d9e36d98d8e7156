/// Sampled sound: one array of samples per channel, all of one length.
///
/// Samples are amplitudes with full scale at −1…1; values beyond are allowed and kept. NaN and infinity are kept too:
/// every statistic over a channel that holds NaN is NaN.
public struct AudioSignal: Sendable, Equatable {
    /// Samples per second and channel, in Hz; positive.
    public let sampleRate: Int
    /// The samples, `[channel][frame]`; at least one channel, all equally long.
    public let channels: [[Float]]

    /// A signal of these channels, `[channel][frame]`, at `sampleRate` Hz.
    ///
    /// - Precondition: `sampleRate` is positive, there is a channel, and all channels are equally long.
    public init(channels: [[Float]], sampleRate: Int) {
        precondition(sampleRate > 0, "A sample rate is positive, not \(sampleRate) Hz.")
        precondition(!channels.isEmpty, "A signal has at least one channel.")
        let length = channels[0].count
        precondition(channels.allSatisfy { $0.count == length }, "All channels of a signal are equally long.")
        self.channels = channels
        self.sampleRate = sampleRate
    }

    /// A signal of one channel.
    public init(mono samples: [Float], sampleRate: Int) {
        self.init(channels: [samples], sampleRate: sampleRate)
    }

    /// How many channels there are; at least 1.
    public var channelCount: Int { channels.count }

    /// How many samples each channel has.
    public var frameCount: Int { channels[0].count }

    /// How long the signal lasts, in seconds.
    public var duration: Double { Double(frameCount) / Double(sampleRate) }

    /// One channel: the mean over all channels, frame by frame.
    public var mono: AudioSignal {
        guard channelCount > 1 else { return self }
        var sum = channels[0]
        for channel in channels.dropFirst() {
            for frame in sum.indices { sum[frame] += channel[frame] }
        }
        let share = 1 / Float(channelCount)
        return AudioSignal(mono: sum.map { $0 * share }, sampleRate: sampleRate)
    }

    /// `count` frames from frame `start`; frames outside the signal are zeros, so the result always has `count` frames.
    ///
    /// - Precondition: `count` is not negative.
    public func segment(from start: Int, count: Int) -> AudioSignal {
        precondition(count >= 0, "A segment cannot have \(count) frames.")
        let inside = start.clamped(to: 0...frameCount)..<(start.addingClamped(count)).clamped(to: 0...frameCount)
        return mapChannels { channel in
            let before = inside.isEmpty ? count : inside.lowerBound - start
            return [Float](repeating: 0, count: before) + channel[inside]
                + [Float](repeating: 0, count: count - before - inside.count)
        }
    }

    /// Every sample multiplied by `factor`.
    public func scaled(by factor: Float) -> AudioSignal {
        mapChannels { channel in channel.map { $0 * factor } }
    }

    /// The level raised by `decibels` dB; negative lowers it.
    public func amplified(by decibels: Double) -> AudioSignal {
        scaled(by: Float(decibelsToAmplitude(decibels)))
    }

    /// The largest absolute sample of all channels; 0 without samples, NaN when any sample is NaN.
    public var peak: Float {
        var peak: Float = 0
        for channel in channels {
            for sample in channel where !(abs(sample) <= peak) {
                if sample.isNaN { return .nan }
                peak = abs(sample)
            }
        }
        return peak
    }

    /// The root mean square over all samples of all channels, in dB relative to full scale (a square wave of
    /// amplitude 1 has 0 dBFS, a sine −3.01); −infinity for silence or no samples.
    public var rmsLevel: Double {
        var energy = 0.0
        for channel in channels {
            for sample in channel { energy += Double(sample) * Double(sample) }
        }
        return decibels(ofPower: energy / Double(max(1, frameCount * channelCount)))
    }

    /// How many samples are NaN or infinite, over all channels.
    public var nonFiniteCount: Int {
        channels.reduce(0) { $0 + $1.count { !$0.isFinite } }
    }

    /// The signal with every channel replaced; the new channels must again be equally long.
    func mapChannels(_ change: ([Float]) -> [Float]) -> AudioSignal {
        AudioSignal(channels: channels.map(change), sampleRate: sampleRate)
    }
}

extension Int {
    /// The nearest value in `range`.
    fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }

    /// The sum, or the largest integer when it does not fit; `other` is not negative.
    fileprivate func addingClamped(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
