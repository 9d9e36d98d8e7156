/// Why an audio file could not be read or written; every case reads as a sentence with what to do next.
public enum AudioFileError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Nothing exists at the path.
    case missing(path: String)
    /// The path names a folder, a pipe or a device.
    case notAFile(path: String)
    /// The system refused to open, create or rename the file.
    case cannotOpen(path: String, reason: String)
    /// The file has 0 bytes.
    case empty(path: String)
    /// The header is sound, but there is not one sample.
    case noFrames(path: String)
    /// Not an audio format that libsndfile knows, or an encoding it cannot decode.
    case unsupported(path: String, reason: String)
    /// The extension of a file to write names no format.
    case noFormat(path: String)
    /// The header, or the data from `frame` on, cannot be decoded.
    case corrupt(path: String, frame: Int, reason: String)
    /// The format cannot hold such a signal: sample rate, channels, encoding or length.
    case cannotHold(path: String, format: String, reason: String)
    /// The samples could not be written: disk full, or file too large.
    case writeFailed(path: String, reason: String)

    /// The sentence.
    public var description: String {
        switch self {
        case .missing(let path): "There is no audio file \(path)."
        case .notAFile(let path): "\(path) is not a file. Name an audio file in WAV, FLAC, OGG or MP3 format."
        case .cannotOpen(let path, let reason): "The audio file \(path) cannot be opened: \(reason)."
        case .empty(let path): "The audio file \(path) is empty (0 bytes). Copy or record it again."
        case .noFrames(let path): "The audio file \(path) has a header but no samples. Copy or record it again."
        case .unsupported(let path, let reason):
            "\(path) is not audio that can be read: \(reason). Convert it to WAV, FLAC, OGG or MP3."
        case .noFormat(let path):
            "\(path) cannot be written: its extension names no format. Use .wav, .flac, .ogg or .mp3."
        case .corrupt(let path, let frame, let reason):
            "The audio file \(path) is damaged at frame \(frame): \(reason). Copy it again, or convert what can be read."
        case .cannotHold(let path, let format, let reason):
            "\(format) cannot hold this signal (\(path)): \(reason). Write WAV instead."
        case .writeFailed(let path, let reason): "The audio file \(path) could not be written: \(reason)."
        }
    }
}
