import Foundation

/// What becomes of recordings when they are prepared.
public struct PreparationOptions: Codable, Hashable, Sendable {
    /// The form of the files written; both hold 16 bits.
    public enum FileFormat: String, Codable, CaseIterable, Sendable {
        /// WAV.
        case wav
        /// FLAC, lossless and about half as large.
        case flac
    }

    /// Where a speaker's name is read from.
    public enum SpeakerSource: String, Codable, CaseIterable, Sendable {
        /// The first folder below the input.
        case folder
        /// The folder that holds the file.
        case parent
        /// What precedes the first `_` or `-` of the file's name.
        case prefix
    }

    /// Hz of all files written.
    public var sampleRate = 16_000
    /// How loud each recording is made, as a whole: its segments keep their levels relative to each other.
    public var level = SpeechLevel.origin
    /// How silence at both ends is cut off; nil leaves it.
    public var trim: SilenceTrim? = SilenceTrim()
    /// Seconds of a segment; nil writes each recording as one file.
    public var segment: Double?
    /// Recordings and last segments shorter than this many seconds are dropped.
    public var minimum = 0.5
    /// The form of the files written.
    public var format = FileFormat.wav
    /// Where a speaker's name is read from.
    public var speaker = SpeakerSource.folder
    /// The share of recordings held out for validation, at least 0 and below 1.
    public var validationShare = 0.1
    /// Decides which recordings are held out.
    public var seed: UInt64 = 0

    /// The origin's: 16 kHz, RMS 0.158, silence trimmed, a tenth held out.
    public init() {}

    /// Throws ``PreparationError/options(_:)`` unless all values make sense together.
    public func validate() throws(PreparationError) {
        guard (100...768_000).contains(sampleRate) else {
            throw .options("the sample rate must be 100 to 768000 Hz, but is \(sampleRate)")
        }
        guard minimum.isFinite, minimum >= 0 else { throw .options("the minimum must be 0 or more seconds") }
        if let segment {
            guard segment.isFinite, segment * Double(sampleRate) >= 1, segment <= 1e6 else {
                throw .options("a segment must last at least one sample and at most 1000000 s, but is \(segment) s")
            }
            guard minimum <= segment else {
                throw .options("the minimum of \(minimum) s is longer than a segment of \(segment) s")
            }
        }
        guard (0..<1).contains(validationShare) else {
            throw .options("the validation share must be at least 0 and below 1, but is \(validationShare)")
        }
        if let trim, !(trim.threshold < 0 && trim.threshold.isFinite && trim.margin >= 0 && trim.margin <= 60) {
            throw .options("silence is trimmed below a threshold under 0 dB with a margin of 0 to 60 s")
        }
        switch level {
        case .rms(let value), .loudness(let value):
            guard (-70...0).contains(value) else { throw .options("the level must be -70 to 0, but is \(value)") }
        case .origin, .none: break
        }
    }

    /// Names everything that decides what a recording becomes: files written under another recipe are written again.
    var recipe: String {
        var relevant = self
        relevant.validationShare = 0
        relevant.seed = 0
        let text = (try? PreparationManifest.encoder.encode(relevant)) ?? Data()
        return SHA256.hexadecimal(SHA256.digest([UInt8](text)).prefix(8))
    }
}
