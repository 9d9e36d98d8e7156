import Foundation

/// How loud recordings are made.
public enum SpeechLevel: Hashable, Sendable {
    /// As the origin does: RMS 0.158 (−16 dBFS); a peak that then exceeds 1 is scaled to 0.95.
    case origin
    /// An RMS in dBFS, with the origin's rule for peaks.
    case rms(Double)
    /// Integrated loudness in LUFS (ITU-R BS.1770-4), with the origin's rule for peaks.
    case loudness(Double)
    /// Unchanged.
    case none

    /// The level a text names: `origin`, `none`, `rms:-16` or `lufs:-23`; nil for any other text.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let value = parts.count == 2 ? Double(parts[1]) : nil
        switch (parts.first.map(String.init), value) {
        case ("origin", nil) where parts.count == 1: self = .origin
        case ("none", nil) where parts.count == 1: self = .none
        case ("rms", .some(let value)): self = .rms(value)
        case ("lufs", .some(let value)): self = .loudness(value)
        default: return nil
        }
    }

    /// The text that names it.
    public var text: String {
        switch self {
        case .origin: "origin"
        case .rms(let value): "rms:\(value)"
        case .loudness(let value): "lufs:\(value)"
        case .none: "none"
        }
    }

    /// Below this RMS nothing is scaled: there is nothing to hear.
    static let silence = 1e-8

    /// The factor for a recording of this RMS and peak (full scale 1) and, where it matters, this loudness in LUFS.
    ///
    /// 1 for silence. NaN in, NaN out.
    func gain(rms: Double, peak: Double, loudness: Double = .nan) -> Double {
        let wanted: Double
        switch self {
        case .none: return 1
        case _ where rms <= SpeechLevel.silence: return 1
        case .origin: wanted = 0.158 / rms
        case .rms(let decibels): wanted = pow(10, decibels / 20) / rms
        case .loudness(let target): wanted = pow(10, (target - loudness) / 20)
        }
        return peak * wanted > 1 ? 0.95 / peak : wanted
    }

    /// Samples brought to this RMS; a level of loudness is not known here and leaves them alone.
    public func applied(to samples: [Float]) -> [Float] {
        var (energy, peak) = (0.0, 0.0)
        for sample in samples {
            energy += Double(sample) * Double(sample)
            if !(abs(Double(sample)) <= peak) { peak = abs(Double(sample)) }
        }
        let factor = Float(gain(rms: (energy / Double(max(1, samples.count))).squareRoot(), peak: peak))
        return factor == 1 ? samples : samples.map { $0 * factor }
    }
}

extension SpeechLevel: Codable {
    /// Reads its ``text``.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let level = SpeechLevel(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) names no level")
        }
        self = level
    }

    /// Writes its ``text``.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
