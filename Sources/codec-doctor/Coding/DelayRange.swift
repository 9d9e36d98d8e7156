import Codec
import HealthReport

/// How far delays are looked for.
enum DelayRange {
    /// A sum per delay and channel is kept, in Float64; more than this many would take gigabytes.
    private static let most = 2_000_000

    /// A range too wide for this file.
    struct TooWide: Error, CustomStringConvertible {
        let milliseconds: Double
        let possible: Double

        var description: String {
            "--maximum-delay \(NumberText.short(milliseconds)) is too wide for this sample rate and number of channels; "
                + "use \(NumberText.short(possible)) ms or less"
        }
    }

    /// The range in samples of the file. Throws when it would take too much memory.
    static func samples(_ milliseconds: Double, in reader: AudioFileReader) throws -> Int {
        let samples = milliseconds / 1000 * Double(reader.sampleRate)
        let possible = Double(most) / Double(reader.channelCount)
        guard samples <= possible || milliseconds <= 100 else {
            throw TooWide(milliseconds: milliseconds, possible: possible / Double(reader.sampleRate) * 1000)
        }
        return Int(samples)
    }
}
