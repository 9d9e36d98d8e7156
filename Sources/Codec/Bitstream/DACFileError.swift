/// Why a `.dac` file could not be read or written; every case reads as a sentence.
public enum DACFileError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file is missing, damaged, or no NumPy file with an object in it.
    case unreadable(path: String, reason: String)
    /// It holds something else than what `dac` writes.
    case notDAC(path: String, reason: String)
    /// It was written by a version whose files are not known; nil when it names none.
    case version(path: String, found: String?)
    /// Codes or metadata contradict themselves.
    case inconsistent(reason: String)
    /// The file could not be written.
    case cannotWrite(path: String, reason: String)

    /// The sentence.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path) cannot be read as a .dac file: it \(reason)."
        case .notDAC(let path, let reason): "\(path) holds no codes that can be read: \(reason)."
        case .version(let path, let found?):
            "\(path) was written by version \(found) of the .dac format; only \(DACFile.supportedVersion) can be read."
        case .version(let path, nil):
            "\(path) names no version of the .dac format; only \(DACFile.supportedVersion) can be read."
        case .inconsistent(let reason): "These codes cannot be written: \(reason)."
        case .cannotWrite(let path, let reason): "\(path) could not be written: \(reason)."
        }
    }
}
