/// In which form an audio file is written.
public enum AudioFileFormat: Hashable, Sendable, CustomStringConvertible {
    /// WAV with this sample encoding.
    case wav(SampleEncoding = .pcm16)
    /// FLAC, lossless, with 8, 16 or 24 bits.
    case flac(SampleEncoding = .pcm16)
    /// Ogg Vorbis, lossy.
    case ogg
    /// MPEG layer III, lossy; 8 to 48 kHz, at most 2 channels.
    case mp3

    /// How one sample is stored.
    public enum SampleEncoding: String, CaseIterable, Hashable, Sendable {
        /// 8-bit integers.
        case pcm8
        /// 16-bit integers.
        case pcm16
        /// 24-bit integers.
        case pcm24
        /// 32-bit integers.
        case pcm32
        /// 32-bit floating point: every value survives, also beyond ±1, NaN and infinity.
        case float32
    }

    /// The format that a path's extension names (`wav`, `flac`, `ogg`, `mp3`, in any case), with 16 bits or, for WAV
    /// only, the given encoding; nil for other extensions.
    public init?(path: String, encoding: SampleEncoding = .pcm16) {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: ".") else { return nil }
        switch name[name.index(after: dot)...].lowercased() {
        case "wav", "wave": self = .wav(encoding)
        case "flac": self = .flac(encoding == .float32 ? .pcm24 : encoding)
        case "ogg", "oga": self = .ogg
        case "mp3": self = .mp3
        default: return nil
        }
    }

    /// For people: "WAV (pcm16)".
    public var description: String {
        switch self {
        case .wav(let encoding): "WAV (\(encoding.rawValue))"
        case .flac(let encoding): "FLAC (\(encoding.rawValue))"
        case .ogg: "Ogg Vorbis"
        case .mp3: "MP3"
        }
    }

    /// The bits of an integer encoding; nil where samples are stored as floating point or transformed.
    var integerBits: Int? {
        switch self {
        case .wav(let encoding), .flac(let encoding): encoding.bits
        case .ogg, .mp3: nil
        }
    }

    /// Whether values beyond ±1, NaN and infinity can be stored.
    var holdsAnyValue: Bool { self == .wav(.float32) }
}

extension AudioFileFormat.SampleEncoding {
    /// The bits of an integer; nil for floating point.
    var bits: Int? {
        switch self {
        case .pcm8: 8
        case .pcm16: 16
        case .pcm24: 24
        case .pcm32: 32
        case .float32: nil
        }
    }
}
