extension AudioSignal {
    /// Integrated loudness by ITU-R BS.1770-4 in LUFS, at least −70; see `LoudnessMeter`. NaN when a sample is NaN or
    /// infinite, or when the sample rate is too low for the K-weighting.
    public var loudness: Double {
        var meter = LoudnessMeter(sampleRate: sampleRate, channelCount: channelCount)
        meter.add(channels)
        return meter.integratedLoudness
    }

    /// The signal scaled so that its loudness becomes `target` LUFS, as `dac` does before encoding (−16).
    ///
    /// Silence counts as −70 LUFS and stays silent. `measured` saves measuring again when the loudness is known.
    /// A loudness of NaN makes every sample NaN.
    public func normalized(toLoudness target: Double, measured: Double? = nil) -> AudioSignal {
        amplified(by: target - (measured ?? loudness))
    }

    /// Each channel whose peak exceeds `limit` scaled down to it; other channels are unchanged.
    ///
    /// This is what audiotools' `ensure_max_of_audio` does. A channel that holds NaN is unchanged.
    public func limitingPeak(to limit: Float = 1) -> AudioSignal {
        mapChannels { channel in
            let peak = AudioSignal(mono: channel, sampleRate: sampleRate).peak
            guard peak > limit else { return channel }
            let factor = limit / peak
            return channel.map { $0 * factor }
        }
    }
}
