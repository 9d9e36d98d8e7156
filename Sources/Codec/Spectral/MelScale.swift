import Foundation

/// A scale of pitch: equal steps sound equally wide.
public enum MelScale: Sendable, Equatable {
    /// Linear to 1000 Hz (15 mel), logarithmic above, 27 steps to a factor of 6.4 (Slaney's Auditory Toolbox 1998; librosa's default).
    case slaney
    /// 2595·log10(1 + f/700) (O'Shaughnessy 1987; torchaudio's default).
    case htk

    /// The pitch of a frequency in Hz.
    public func mel(hertz: Double) -> Double {
        switch self {
        case .slaney: hertz < 1000 ? hertz * 3 / 200 : 15 + 27 * log(hertz / 1000) / log(6.4)
        case .htk: 2595 * log10(1 + hertz / 700)
        }
    }

    /// The frequency of a pitch, in Hz.
    public func hertz(mel: Double) -> Double {
        switch self {
        case .slaney: mel < 15 ? mel * 200 / 3 : 1000 * pow(6.4, (mel - 15) / 27)
        case .htk: 700 * (pow(10, mel / 2595) - 1)
        }
    }
}
