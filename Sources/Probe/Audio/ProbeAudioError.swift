/// Why audio cannot be used to measure a discriminator.
public enum ProbeAudioError: Error, Equatable, Sendable, CustomStringConvertible {
    /// There is no signal, or none has a sample.
    case noAudio
    /// A signal, counted from 0, holds NaN or infinite samples.
    case nonFinite(signal: Int, samples: Int)
    /// Nothing is louder than −80 dBFS.
    case silent
    /// So many seconds of speech without pauses were found, and so many are needed.
    case tooShort(seconds: Double, needed: Double)
    /// A sample rate that the audio cannot be brought to.
    case sampleRate(String)

    /// A sentence for the user.
    public var description: String {
        switch self {
        case .noAudio: return "there is no audio to measure with; give at least one file that holds samples"
        case .nonFinite(let signal, let samples):
            return
                "file \(signal + 1) of the given audio holds \(samples) samples that are NaN or infinite; repair or leave it out"
        case .silent: return "the given audio is silent: nothing in it is louder than −80 dBFS"
        case .tooShort(let seconds, let needed):
            func text(_ value: Double) -> String { "\((value * 10).rounded(.up) / 10)" }
            return
                "the given audio has only \(text(seconds)) s that are long and loud enough; at least \(text(needed)) s are needed"
        case .sampleRate(let reason): return reason
        }
    }
}
