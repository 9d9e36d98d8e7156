import Foundation

/// How far a long coding has come.
public enum DACProgress: Sendable, Equatable {
    /// Seconds of the signal whose loudness has been measured.
    case measured(seconds: Double)
    /// Seconds of the signal that have been coded.
    case encoded(seconds: Double)
    /// Frames that have been decoded, of all.
    case decoded(frames: Int, of: Int)
}

extension DAC {
    /// Codes a signal as the `dac` package's `compress` does: resampled to the model's rate, scaled to `loudness`, its peaks limited
    /// to 1, cut into windows of `window` seconds, every channel on its own.
    ///
    /// `window` `nil` codes the signal whole, with padding; `loudness` in LUFS, `nil` keeps the level. A signal of no samples, or one
    /// too short for the model, throws ``CodecError``. NaN in the signal makes its loudness and so the whole signal NaN.
    public func compress(
        _ signal: AudioSignal,
        window: Double? = 1,
        loudness: Double? = -16,
        codebooks: Int? = nil
    ) throws -> DACFile {
        try compress(
            sampleRate: signal.sampleRate,
            channelCount: signal.channelCount,
            window: window,
            loudness: loudness,
            codebooks: codebooks
        ) {
            var position = 0
            return {
                guard position < signal.frameCount else { return nil }
                let end = min(signal.frameCount, position + 65_536)
                defer { position = end }
                return signal.channels.map { Array($0[position..<end]) }
            }
        }
    }

    /// Codes a signal that is read twice, once for its loudness and once for its codes, in constant memory when there is a window.
    ///
    /// `open` begins reading and returns what gives the next block, one array per channel, and `nil` at the end.
    public func compress(
        sampleRate: Int,
        channelCount: Int,
        window: Double? = 1,
        loudness: Double? = -16,
        codebooks: Int? = nil,
        progress: (DACProgress) -> Void = { _ in },
        open: () throws -> () throws -> [[Float]]?
    ) throws -> DACFile {
        try Self.checkRatio(sampleRate, self.sampleRate)
        let encoder = try DACChunkedEncoder(
            model: self,
            channelCount: channelCount,
            window: window,
            codebooks: codebooks
        )
        var meter = DACLevelMeter(sampleRate: self.sampleRate, channelCount: channelCount)
        let length = try resampled(from: sampleRate, channelCount: channelCount, open) { block, seconds in
            meter.add(block)
            progress(.measured(seconds: seconds))
        }
        let level = meter.level(target: loudness)
        try resampled(from: sampleRate, channelCount: channelCount, open) { block, seconds in
            try encoder.add(level.applied(to: block))
            progress(.encoded(seconds: seconds))
        }
        let result = try encoder.finish()
        return DACFile(
            codes: result.codes,
            chunkLength: result.chunkLength,
            originalLength: length,
            inputLoudness: [level.loudness],
            channelCount: channelCount,
            sampleRate: sampleRate,
            isPadded: result.isPadded
        )
    }

    /// Decodes a `.dac` file as the `dac` package's `decompress` does: chunk by chunk, scaled to the original loudness, resampled to
    /// the original rate and cut to the original length.
    ///
    /// Where the decoder returns less than that (odd strides), zeros follow; the package fails there.
    /// Throws ``CodecError`` when the file does not fit the model.
    public func decompress(_ file: DACFile) throws -> AudioSignal {
        var channels = [[Float]](repeating: [], count: file.codes.batch)
        try decompress(file) { block in
            for channel in block.indices { channels[channel] += block[channel] }
        }
        return AudioSignal(channels: channels, sampleRate: file.sampleRate)
    }

    /// Decodes a `.dac` file in constant memory and hands over the samples block by block, one array per channel.
    ///
    /// The loudness is known only at the end, so what has been decoded is kept until then, in a temporary file if it is long.
    public func decompress(
        _ file: DACFile,
        progress: (DACProgress) -> Void = { _ in },
        write: ([[Float]]) throws -> Void
    ) throws {
        let codes = file.codes
        try Self.checkRatio(sampleRate, file.sampleRate)
        let decoder = try DACChunkedDecoder(
            model: self,
            codes: codes,
            chunkLength: file.chunkLength,
            isPadded: file.isPadded
        )
        try checkLength(of: file, decoded: decoder.sampleCount)
        let spool = SampleSpool(channelCount: codes.batch)
        var meters = (0..<codes.batch).map { _ in LoudnessMeter(sampleRate: sampleRate, channelCount: 1) }
        while let block = try decoder.next() {
            for channel in block.indices { meters[channel].add([block[channel]]) }
            try spool.add(block)
            progress(.decoded(frames: decoder.decodedFrames, of: codes.frames))
        }
        let levels = meters.enumerated().map { channel, meter in
            let wanted = file.inputLoudness[file.inputLoudness.count > 1 ? channel / file.channelCount : 0]
            return DACLevel(loudness: meter.integratedLoudness, peaks: [0], target: Double(wanted))
        }
        var resampler = SincResampler(from: sampleRate, to: file.sampleRate, channelCount: codes.batch)
        var missing = file.originalLength
        func pass(_ block: [[Float]]) throws {
            let kept = min(missing, block[0].count)
            if kept > 0 { try write(block.map { Array($0[..<kept]) }) }
            missing -= kept
        }
        try spool.read { block in
            try pass(resampler.process(zip(levels, block).flatMap { $0.applied(to: [$1]) }))
        }
        try pass(resampler.finish())
        if missing > 0 {
            try write([[Float]](repeating: [Float](repeating: 0, count: missing), count: codes.batch))
        }
    }

    /// Reads a signal to its end at the model's rate and returns its own length.
    @discardableResult
    private func resampled(
        from rate: Int,
        channelCount: Int,
        _ open: () throws -> () throws -> [[Float]]?,
        _ body: ([[Float]], _ seconds: Double) throws -> Void
    ) throws -> Int {
        let next = try open()
        var resampler = SincResampler(from: rate, to: sampleRate, channelCount: channelCount)
        var length = 0
        while let block = try next() {
            length += block[0].count
            let seconds = Double(length) / Double(rate)
            let converted = resampler.process(block)
            if !converted[0].isEmpty { try body(converted, seconds) }
        }
        let rest = resampler.finish()
        if !rest[0].isEmpty { try body(rest, Double(length) / Double(rate)) }
        return length
    }

    /// Rates further apart make signals that are thousands of times longer than what was given.
    private static func checkRatio(_ from: Int, _ to: Int) throws(ResamplerError) {
        let (low, high) = (min(from, to), max(from, to))
        guard low > 0, high / low <= Resampler.largestRatio else { throw .rates(from: from, to: to) }
    }

    /// A file may claim a longer signal than its codes hold by what the decoder loses, and not by more.
    private func checkLength(of file: DACFile, decoded: Int) throws(CodecError) {
        let rate = Double(file.sampleRate) / Double(sampleRate)
        guard Double(file.originalLength) <= Double(decoded + hopLength) * rate + 1 else {
            throw .originalLength(claimed: file.originalLength, decoded: Int(Double(decoded) * rate))
        }
    }
}
