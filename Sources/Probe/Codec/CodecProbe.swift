public import Codec
public import TrainingMetrics

/// Measures what a codec passes on: how many bits, through how many directions and entries, and what comes back.
public enum CodecProbe {
    /// Seconds of audio that are coded at most, and of one piece of it.
    static let longest = 20.0, piece = 5.0
    /// With less correlation at the best delay there is no common signal to find a delay by.
    private static let leastCorrelation = 0.1

    /// Codes and decodes up to 20 s of `audio`, resampled to the codec's rate and mixed to its channels, in pieces of 5 s.
    ///
    /// `name` is for people, `weights` says whether there is any training to judge. `seed` only labels the report: nothing is drawn.
    /// The model is not changed. NaN in audio or weights gives NaN in what depends on it, and the answer says so.
    /// Throws ``CodecProbeError`` when there is no audio or it is too short, ``ResamplerError`` for rates that are too far apart, and
    /// ``CodecError`` when the codec refuses.
    public static func report(
        of codec: any NeuralCodec,
        name: String,
        weights: ProbeEvidence.Weights,
        audio: [AudioSignal],
        seed: UInt64
    ) throws -> CodecProbeReport {
        let pieces = try CodecProbeAudio.pieces(of: audio, for: codec)
        guard pieces.contains(where: { $0.values.contains { $0 != 0 } }) else { throw CodecProbeError.silent }
        var usage = CodebookUsage(stages: codec.codebookCount, codebookSize: max(1, codec.codebookSize))
        var latents: [Tensor] = []
        var (inputs, outputs, direct): ([[Float]], [[Float]], [[Float]]) = ([], [], [])
        for piece in pieces {
            let codes = try codec.codes(of: piece, codebooks: nil)
            usage.add(codes)
            let latent = try codec.latents(of: piece)
            latents.append(latent.transposed(0, 1).reshaped([latent.shape[1], latent.shape[0] * latent.shape[2]]))
            let length = piece.shape[2]
            inputs.append(piece.values)
            outputs.append(CodecProbeAudio.fitted(try codec.decodedAgain(piece), to: length))
            direct.append(CodecProbeAudio.fitted(try codec.decode(latents: latent), to: length))
        }
        func comparison(_ degraded: [[Float]]) throws -> SignalComparison {
            try SignalComparison(
                reference: CodecProbeAudio.signal(inputs, of: codec),
                degraded: CodecProbeAudio.signal(degraded, of: codec)
            )
        }
        let coded = try comparison(outputs)
        let signals = (CodecProbeAudio.signal(inputs, of: codec), CodecProbeAudio.signal(outputs, of: codec))
        let frames = latents.reduce(0) { $0 + $1.shape[1] }
        let stages = usage.stages.map {
            CodecProbeReport.Stage(usage: $0.usedShare, perplexity: $0.perplexity, bits: $0.entropy)
        }
        var report = CodecProbeReport(
            name: name,
            weights: weights,
            parameterCount: codec.parameterCount,
            nominalBitRate: codec.bitRate(),
            usedBitRate: stages.reduce(0) { $0 + $1.bits } * codec.frameRate,
            latentEffectiveRank: LatentRank.effectiveRank(of: .concatenated(latents, dimension: 1)),
            latentChannels: latents.first?.shape[0] ?? 0,
            stages: stages,
            correlation: coded.alignedCorrelation,
            snr: coded.alignedSNR,
            amplitudeRatio: CodecProbeAudio.amplitudeRatio(signals.0, signals.1, delay: coded.delay ?? 0),
            delay: abs(coded.alignedCorrelation) < leastCorrelation ? nil : coded.delay,
            correlationWithoutQuantizer: try comparison(direct).alignedCorrelation,
            layers: try CodecGains.layers(of: codec, on: pieces[0])
        )
        report.codebookSize = codec.codebookSize
        report.frames = frames
        report.sampleRate = codec.sampleRate
        report.seconds = Double(inputs.reduce(0) { $0 + $1.count }) / Double(codec.sampleRate * codec.channels)
        report.chanceCorrelation = try comparison(Array(CodecProbeAudio.turned(outputs))).alignedCorrelation
        report.nonFiniteSamples = audio.reduce(0) { $0 + $1.nonFiniteCount }
        report.nonFiniteTensors = codec.nonFiniteTensors
        report.answer = CodecProbeAnswer(report).sentences
        return report
    }
}

/// Why a codec could not be probed.
public enum CodecProbeError: Error, Equatable, Sendable, CustomStringConvertible {
    /// No audio was given.
    case noAudio
    /// Every sample is 0.
    case silent
    /// All audio together is shorter than one piece the codec can code, in samples at the codec's rate.
    case tooShort(samples: Int, needed: Int)

    /// The sentence.
    public var description: String {
        switch self {
        case .noAudio: "there is no audio to probe the codec with; give at least one file"
        case .silent: "the audio is silent, so nothing can be said of what the codec passes on; give speech or music"
        case .tooShort(let samples, let needed):
            "the longest audio has \(samples) samples at the codec's rate, but at least \(needed) are needed; give longer audio"
        }
    }
}
