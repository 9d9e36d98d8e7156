/// Codes audio files and decodes them again, with any codec, in constant memory when there is a window.
///
/// DAC is used as the `dac` package does (loudness, overlapping windows, `.dac` metadata); other codecs window by window.
public struct AudioFileCoder {
    /// The codec.
    public let codec: any NeuralCodec
    /// Seconds coded at a time; infinity codes a file whole. DAC's own is 1 s, for other codecs 10 s.
    public var window: Double
    /// How many codebooks to use; all of them when nil.
    public var codebooks: Int?

    /// Samples that an integer format cannot hold.
    public struct UnrepresentableSamples: Hashable, Sendable {
        /// Samples beyond full scale, written as full scale.
        public let clipped: Int
        /// Samples that were NaN, written as 0.
        public let nan: Int
    }

    /// A coder with the codec's usual window and all codebooks.
    public init(_ codec: any NeuralCodec) {
        self.codec = codec
        window = codec is DAC ? 1 : WindowedCoding.duration
    }

    /// Codes the file at `path`. `progress` hears the share done, 0…1.
    ///
    /// Throws ``AudioFileError``, ``ResamplerError`` or ``CodecError``.
    public func encode(_ path: String, progress: (Double) -> Void = { _ in }) throws -> DACFile {
        guard let dac = codec as? DAC else { return try encodeWindows(path, progress: progress) }
        let reader = try AudioFileReader(path)
        let duration = reader.declaredDuration ?? .infinity
        return try dac.compress(
            sampleRate: reader.sampleRate,
            channelCount: reader.channelCount,
            window: window < 1e7 ? window : nil,
            codebooks: codebooks,
            progress: { step in
                // Measuring the loudness is a small part of the work.
                switch step {
                case .measured(let seconds): progress(min(1, 0.02 * seconds / duration))
                case .encoded(let seconds): progress(min(1, 0.02 + 0.98 * seconds / duration))
                case .decoded: break
                }
            },
            open: {
                let reader = try AudioFileReader(path)
                return { try reader.readBlock()?.channels }
            }
        )
    }

    /// Decodes codes into an audio file at `path`, whose extension names the format. `progress` hears the share done, 0…1.
    ///
    /// Throws ``CodecError``, ``AudioFileError`` or ``ResamplerError``.
    /// Returns how many samples the format could not hold as they were.
    @discardableResult
    public func decode(
        _ file: DACFile,
        to path: String,
        format: AudioFileFormat? = nil,
        progress: (Double) -> Void = { _ in }
    ) throws -> UnrepresentableSamples {
        let codes = file.codes
        guard codes.batch * codec.channels == file.channelCount else {
            throw CodecError.audioShape(found: [codes.batch, codec.channels], channels: file.channelCount)
        }
        let writer = try AudioFileWriter(
            path,
            sampleRate: file.sampleRate,
            channelCount: file.channelCount,
            format: format
        )
        func write(_ block: [[Float]]) throws {
            guard !block[0].isEmpty else { return }
            try writer.write(AudioSignal(channels: block, sampleRate: file.sampleRate))
        }
        if let dac = codec as? DAC {
            try dac.decompress(file) { step in
                if case .decoded(let frames, let all) = step { progress(Double(frames) / Double(max(1, all))) }
            } write: {
                try write($0)
            }
        } else {
            try decodeWindows(file, codes, progress: progress, write: write)
        }
        try writer.finish()
        return UnrepresentableSamples(clipped: writer.clippedSampleCount, nan: writer.nanSampleCount)
    }

    private func encodeWindows(_ path: String, progress: (Double) -> Void) throws -> DACFile {
        let stream = try AudioStream(path, sampleRate: codec.sampleRate)
        guard stream.channelCount % codec.channels == 0 else {
            throw CodecError.audioShape(found: [1, stream.channelCount], channels: codec.channels)
        }
        var read = 0
        let (codes, chunkLength) = try WindowedCoding(codec, window: window).encode(codebooks: codebooks) { samples in
            if let total = stream.declaredFrameCount, total > 0 { progress(min(1, Double(read) / Double(total))) }
            let block = try stream.read(samples)
            read += block?.frameCount ?? 0
            return block?.channels
        }
        progress(1)
        return DACFile(
            codes: codes,
            chunkLength: chunkLength,
            originalLength: stream.fileFrameCount,
            inputLoudness: [.nan],
            channelCount: stream.channelCount,
            sampleRate: stream.fileSampleRate,
            isPadded: true
        )
    }

    private func decodeWindows(
        _ file: DACFile,
        _ codes: Codes,
        progress: (Double) -> Void,
        write: ([[Float]]) throws -> Void
    ) throws {
        let resampler = try Resampler(from: codec.sampleRate, to: file.sampleRate, channelCount: file.channelCount)
        let decodable = Resampler.outputFrameCount(
            codes.frames * codec.hopLength,
            from: codec.sampleRate,
            to: file.sampleRate
        )
        guard file.originalLength <= decodable else {
            throw CodecError.originalLength(claimed: file.originalLength, decoded: decodable)
        }
        var missing = file.originalLength
        func pass(_ block: [[Float]]) throws {
            let kept = min(missing, block[0].count)
            try write(block.map { Array($0[..<kept]) })
            missing -= kept
        }
        try WindowedCoding(codec, window: .infinity).decode(codes, chunkLength: file.chunkLength) { block, frames in
            try pass(resampler.process(block))
            progress(Double(frames) / Double(codes.frames))
        }
        try pass(resampler.finish())
    }
}
