public import Codec

extension ProbeAudio {
    /// Samples of a segment unless told: half a second at 16 kHz, more than the receptive field of most discriminators.
    public static let defaultSegmentLength = 8192

    /// The root mean square of real segments, −16 dBFS.
    public static let level: Float = 0.158

    /// Cuts signals into segments, splits them and makes the imitations. Equal seeds give equal audio.
    ///
    /// Channels are averaged and rates changed to `sampleRate` Hz. Pauses (26 dB below the signal's level, or below −80 dBFS) are left out. Of
    /// four or more files every fourth is held out, of fewer the last quarter of each.
    ///
    /// Throws ``ProbeAudioError`` when there is too little to measure with; six segments' length without pauses is enough in one file.
    public static func make(
        from signals: [AudioSignal],
        sampleRate: Int,
        segmentLength: Int = defaultSegmentLength,
        seed: UInt64
    ) throws(ProbeAudioError) -> ProbeAudio {
        precondition(segmentLength > 0, "a segment has at least one sample, not \(segmentLength)")
        guard signals.contains(where: { $0.frameCount > 0 }) else { throw .noAudio }
        var files: [[Segment]] = []
        var hasSound = false
        for (index, signal) in signals.enumerated() where signal.frameCount > 0 {
            if signal.nonFiniteCount > 0 { throw .nonFinite(signal: index, samples: signal.nonFiniteCount) }
            if signal.rmsLevel > -80 { hasSound = true }
            let mono: AudioSignal
            do { mono = try signal.mono.resampled(to: sampleRate) } catch { throw .sampleRate("\(error)") }
            files.append(segments(of: mono.channels[0], length: segmentLength))
        }
        guard hasSound else { throw .silent }
        let split = split(files.filter { !$0.isEmpty })
        guard split.training.count >= fewest.training, split.heldOut.count >= fewest.heldOut else {
            let length = Double(segmentLength) / Double(sampleRate)
            let found = files.reduce(0.0) { $0 + ($1.isEmpty ? 0 : Double($1.count + 1) / 2 * length) }
            let needed = 6 * length
            throw .tooShort(seconds: min(found, needed - 0.1), needed: needed)
        }
        var random = RandomSource(seed: seed)
        let codec = UntrainedCodec(using: &random)
        let training = imitated(spread(split.training, most.training), with: codec, sampleRate, using: &random)
        let heldOut = imitated(spread(split.heldOut, most.heldOut), with: codec, sampleRate, using: &random)
        return ProbeAudio(
            sampleRate: sampleRate,
            segmentLength: segmentLength,
            training: training,
            heldOut: heldOut,
            noise: heldOut.real.map { _ in (0..<segmentLength).map { _ in level * random.normal() } }
        )
    }

    private struct Segment {
        let start: Int
        let samples: [Float]
    }

    private static let fewest = (training: 4, heldOut: 2)
    private static let most = (training: 64, heldOut: 16)

    /// Segments that are not pauses, half overlapping, at the common level.
    private static func segments(of samples: [Float], length: Int) -> [Segment] {
        let floor = max(1e-4, 0.05 * rootMeanSquare(samples))
        return stride(from: 0, through: samples.count - length, by: max(1, length / 2)).compactMap { start in
            let segment = Array(samples[start..<(start + length)])
            guard rootMeanSquare(segment) >= floor else { return nil }
            return Segment(start: start, samples: leveled(segment, to: level))
        }
    }

    /// Scaled to a root mean square, then to a peak of 0.95 where it would exceed full scale, as the origin's data.
    static func leveled(_ samples: [Float], to level: Float) -> [Float] {
        let own = rootMeanSquare(samples)
        guard own > 0 else { return samples }
        let scaled = samples.map { $0 * (level / own) }
        let peak = scaled.reduce(Float(0)) { max($0, abs($1)) }
        return peak > 1 ? scaled.map { $0 * (0.95 / peak) } : scaled
    }

    static func rootMeanSquare(_ samples: [Float]) -> Float {
        guard !samples.isEmpty else { return 0 }
        let energy = samples.reduce(0.0) { $0 + Double($1) * Double($1) }
        return Float((energy / Double(samples.count)).squareRoot())
    }

    private static func split(_ files: [[Segment]]) -> (training: [[Float]], heldOut: [[Float]]) {
        var (training, heldOut): ([Segment], [Segment]) = ([], [])
        if files.count >= 4 {
            for (index, file) in files.enumerated() {
                if index % 4 == 3 { heldOut += file } else { training += file }
            }
        } else {
            for file in files {
                guard let last = file.last else { continue }
                let end = last.start + last.samples.count
                let border = end - max(last.samples.count, (end - (file.first?.start ?? 0)) / 4)
                training += file.filter { $0.start + $0.samples.count <= border }
                heldOut += file.filter { $0.start >= border }
            }
        }
        return (training.map(\.samples), heldOut.map(\.samples))
    }

    /// At most `count` of them, evenly spread.
    private static func spread(_ segments: [[Float]], _ count: Int) -> [[Float]] {
        guard segments.count > count else { return segments }
        return (0..<count).map { segments[$0 * segments.count / count] }
    }

    private static func imitated(
        _ real: [[Float]],
        with codec: UntrainedCodec,
        _ sampleRate: Int,
        using random: inout RandomSource
    ) -> Split {
        Split(
            real: real,
            decoded: codec.decoded(real),
            degraded: SpeechDegradation.degraded(real, using: &random)
        )
    }
}
