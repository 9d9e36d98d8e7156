import Codec
import Foundation

/// Speech to measure with, from a file or from the files of a folder; only as much of it as a probe uses.
enum SpeechFiles {
    /// Seconds read in all, and of one file.
    static let mostSeconds = 300.0, mostSecondsPerFile = 60.0

    /// Why there is none.
    enum Problem: Error, CustomStringConvertible {
        /// No file of a folder could be used.
        case nothing(folder: String)

        var description: String {
            switch self {
            case .nothing(let folder): "no audio file in \(folder) can be used; WAV, FLAC, OGG and MP3 are read"
            }
        }
    }

    /// The signals. A file of a folder that cannot be read is told on standard error and left out.
    static func read(_ path: String) throws -> [AudioSignal] {
        guard AudioFolder.isFolder(path) else { return [try read(file: path)] }
        var signals: [AudioSignal] = []
        var seconds = 0.0
        for name in AudioFolder.files(in: path) where seconds < mostSeconds {
            let file = URL(filePath: path).appending(path: name).path(percentEncoded: false)
            do {
                let signal = try read(file: file)
                seconds += signal.duration
                signals.append(signal)
            } catch {
                Console.error("codec-doctor: left out: \(error)")
            }
        }
        guard !signals.isEmpty else { throw Problem.nothing(folder: path) }
        return signals
    }

    private static func read(file: String) throws -> AudioSignal {
        let rate = try AudioFileReader(file).sampleRate
        return try AudioFile.read(file, count: Int(mostSecondsPerFile * Double(rate)))
    }
}
