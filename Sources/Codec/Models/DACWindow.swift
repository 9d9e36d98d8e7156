/// How chunked coding cuts a signal: windows that overlap by the model's context, so that nothing needs padding.
public struct DACWindow: Sendable, Equatable {
    /// Samples of each window; a multiple of the model's hop length.
    public let length: Int
    /// Samples from one window to the next; what a window decodes to.
    public let step: Int
    /// Zeros in front of and behind the signal.
    public let delay: Int

    /// The window of `duration` seconds, rounded up to whole hops as the `dac` package does.
    ///
    /// Throws ``CodecError/window(samples:needed:)`` when the model's context leaves nothing of it.
    public init(model: DAC, duration: Double) throws(CodecError) {
        let hop = model.hopLength
        let longest = 1 << 40
        guard duration > 0 else { throw .window(samples: 0, needed: DACWindow.shortest(model)) }
        guard duration * Double(model.sampleRate) < Double(longest) else {
            throw .configuration(
                "a window of \(duration) seconds is longer than any signal; code the signal whole instead"
            )
        }
        let samples = Int(duration * Double(model.sampleRate))
        length = (samples + hop - 1) / hop * hop
        step = model.unpaddedOutputLength(length)
        delay = model.delay
        guard step > 0 else { throw .window(samples: length, needed: DACWindow.shortest(model)) }
    }

    /// The fewest samples, in whole hops, of which something is left.
    private static func shortest(_ model: DAC) -> Int {
        var length = model.hopLength
        while model.unpaddedOutputLength(length) < 1 { length += model.hopLength }
        return length
    }
}
