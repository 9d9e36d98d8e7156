/// The codes of one segment, and what its samples were divided by.
public struct EnCodecSegment: Sendable, Equatable, Codable {
    /// The chosen rows.
    public let codes: Codes
    /// One factor per item, or `nil` when the model keeps the level.
    public let scales: [Float]?

    /// A segment.
    public init(codes: Codes, scales: [Float]?) {
        self.codes = codes
        self.scales = scales
    }
}

extension EnCodec {
    /// Codes audio `[B, channels, T]` segment by segment; one segment for models without.
    ///
    /// Throws ``CodecError`` when the shape is another or the audio empty.
    public func segments(of audio: Tensor, codebooks: Int? = nil) throws(CodecError) -> [EnCodecSegment] {
        try check(audio, codebooks: codebooks, shortest: 1)
        return withoutGradients {
            segmentRanges(length: audio.shape[2]).map { range in
                let (level, scale) = levelled(audio.sliced(dimension: 2, range: range))
                return EnCodecSegment(
                    codes: quantizer.encode(encoder(level), codebooks: codebooks),
                    scales: scale?.values
                )
            }
        }
    }

    /// Audio `[B, channels, T]` of segments in time order, up to a frame longer than what was coded.
    ///
    /// Throws ``CodecError`` when there is no segment, or codes are not of this model.
    public func decode(_ segments: [EnCodecSegment]) throws(CodecError) -> Tensor {
        guard let first = segments.first else { throw .emptyCodes }
        guard configuration.segment != nil || segments.count == 1 else {
            throw .configuration("this model codes everything at once, but there are \(segments.count) segments")
        }
        var parts: [Tensor] = []
        for segment in segments {
            let batch = segment.codes.batch
            guard batch == first.codes.batch, segment.scales.map({ $0.count == batch }) ?? true else {
                throw .configuration("segments of one signal need equal batches, and one scale per item or none")
            }
            let part = try decode(segment.codes)
            parts.append(segment.scales.map { part * Tensor($0, shape: [batch, 1, 1]) } ?? part)
        }
        return joined(parts)
    }
}
