/// Codes a signal that arrives in blocks, window by window, as the `dac` package's `compress` does: in constant memory, and with the
/// same codes however it is cut into blocks.
///
/// A signal not longer than the window is coded whole, with padding. Every channel is coded on its own. Not `Sendable`.
public final class DACChunkedEncoder {
    /// Codes of a whole signal and what decoding them needs.
    public struct Result: Sendable, Equatable {
        /// The indices; one item per channel.
        public let codes: Codes
        /// Frames of each window.
        public let chunkLength: Int
        /// Whether the signal was coded whole, with padded convolutions.
        public let isPadded: Bool
        /// Samples per channel.
        public let sampleCount: Int
    }

    /// Samples per channel received so far.
    public private(set) var sampleCount = 0

    private let model: DAC
    private let codebooks: Int?
    /// Signals up to this many seconds are coded whole.
    private let duration: Double
    /// How the signal is cut, once it is longer than `duration`.
    private var window: DACWindow?
    private var pending: [[Float]]
    /// Where the next window begins in `pending`.
    private var start = 0
    private var parts: [Codes] = []

    /// An encoder of `channelCount` channels with the first `codebooks` codebooks, or all.
    ///
    /// `window` in seconds; `nil` or infinity codes the signal whole, in memory that grows with it.
    /// Throws ``CodecError`` unless it is over 0. Whether the model's context leaves something of it matters only to longer signals.
    public init(model: DAC, channelCount: Int, window: Double? = 1, codebooks: Int? = nil) throws(CodecError) {
        precondition(channelCount > 0, "a signal has at least one channel")
        self.model = model
        self.codebooks = codebooks
        duration = window ?? .infinity
        if !(duration > 0) { _ = try DACWindow(model: model, duration: duration) }
        pending = [[Float]](repeating: [], count: channelCount)
    }

    /// Takes the next block, one array per channel, all equally long, at the model's sample rate.
    public func add(_ block: [[Float]]) throws(CodecError) {
        precondition(block.count == pending.count, "the encoder expects \(pending.count) channels, not \(block.count)")
        precondition(block.allSatisfy { $0.count == block[0].count }, "all channels of a block are equally long")
        for channel in block.indices { pending[channel] += block[channel] }
        sampleCount += block[0].count
        guard let window = try windowOfLongSignal() else { return }
        while parts.count * window.step < sampleCount, pending[0].count - start >= window.length {
            try encodeWindow(window)
        }
        dropUsed()
    }

    /// Codes what is left. The encoder is used up.
    public func finish() throws(CodecError) -> Result {
        guard let window = try windowOfLongSignal() else {
            let codes = try encode(pending, isPadded: true)
            return Result(codes: codes, chunkLength: codes.frames, isPadded: true, sampleCount: sampleCount)
        }
        // Windows begin inside the signal; the last ones reach into zeros.
        for channel in pending.indices { pending[channel] += [Float](repeating: 0, count: window.length) }
        while parts.count * window.step < sampleCount { try encodeWindow(window) }
        return Result(
            codes: Codes.joined(parts),
            chunkLength: parts.last?.frames ?? 0,
            isPadded: false,
            sampleCount: sampleCount
        )
    }

    /// Pulls blocks until there are no more, and tells after each how many samples per channel have come.
    public func encode(progress: (Int) -> Void = { _ in }, pulling next: () throws -> [[Float]]?) throws -> Result {
        while let block = try next() {
            try add(block)
            progress(sampleCount)
        }
        return try finish()
    }

    /// The window when the signal is longer than it; the first time, zeros go in front of the signal.
    private func windowOfLongSignal() throws(CodecError) -> DACWindow? {
        guard Double(sampleCount) / Double(model.sampleRate) > duration else { return nil }
        if let window { return window }
        let window = try DACWindow(model: model, duration: duration)
        let zeros = [Float](repeating: 0, count: window.delay)
        for channel in pending.indices { pending[channel].insert(contentsOf: zeros, at: 0) }
        self.window = window
        return window
    }

    private func encodeWindow(_ window: DACWindow) throws(CodecError) {
        let range = start..<(start + window.length)
        parts.append(try encode(pending.map { Array($0[range]) }, isPadded: false))
        start += window.step
    }

    private func encode(_ channels: [[Float]], isPadded: Bool) throws(CodecError) -> Codes {
        let audio = Tensor(channels.flatMap { $0 }, shape: [channels.count, 1, channels[0].count])
        return try model.coding(isPadded: isPadded) { () throws(CodecError) in
            try model.encode(model.preprocess(audio), codebooks: codebooks).codes
        }
    }

    private func dropUsed() {
        // The next window can begin beyond what has come, when the decoder's rates exceed the encoder's.
        let used = min(start, pending[0].count)
        guard used > pending[0].count / 2 else { return }
        for channel in pending.indices { pending[channel].removeFirst(used) }
        start -= used
    }
}

extension DAC {
    /// Runs `body` in evaluation, without gradients, with or without padding, and restores both settings.
    func coding<Value>(
        isPadded: Bool,
        _ body: () throws(CodecError) -> Value
    ) throws(CodecError) -> Value {
        let (wasPadded, wasTraining) = (usesPadding, isTraining)
        if wasTraining { setTraining(false) }
        if wasPadded != isPadded { usesPadding = isPadded }
        defer {
            if wasTraining { setTraining(true) }
            if wasPadded != isPadded { usesPadding = wasPadded }
        }
        let result = withoutGradients { () -> Result<Value, CodecError> in
            do throws(CodecError) { return .success(try body()) } catch { return .failure(error) }
        }
        return try result.get()
    }
}
