/// Why speech to train on cannot be had; every case reads as a sentence with what to do next.
public enum SpeechDataError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Nothing exists at the path, or no longer.
    case missing(path: String)
    /// The path is a file where a folder is needed.
    case notAFolder(path: String)
    /// A file is not what it was when the data set was opened: samples and Hz found, and what was expected.
    case changed(path: String, found: String, expected: String)
    /// A file cannot be decoded; the reason is a sentence.
    case unreadable(path: String, reason: String)
    /// Files of a folder have other sample rates than wanted; the first of them is named.
    case sampleRate(folder: String, example: String, found: Int, wanted: Int, count: Int)
    /// No file of a folder can be used; the first reason, if there was a file at all.
    case nothing(folder: String, reason: String?)
    /// A prepared folder's manifest cannot be used.
    case manifest(path: String, reason: String)

    /// The sentence.
    public var description: String {
        switch self {
        case .missing(let path): "There is no \(path), or no longer. Restore it, or give another path."
        case .notAFolder(let path): "\(path) is not a folder. Name the folder that holds the recordings."
        case .changed(let path, let found, let expected):
            "\(path) has changed since the data was opened: it has \(found) instead of \(expected). "
                + "Restore it, or start again with the data as it is now."
        case .unreadable(let path, let reason): "\(path) cannot be used: \(reason)"
        case .sampleRate(let folder, let example, let found, let wanted, let count):
            "\(count) files in \(folder) do not have \(wanted) Hz; \(example) has \(found) Hz. "
                + "Run 'codec-doctor prepare \(folder) --output FOLDER --sample-rate \(wanted)' and train on FOLDER."
        case .nothing(let folder, let reason):
            "No audio file in \(folder) can be used. "
                + (reason.map { "The first reason: \($0)" }
                    ?? "WAV, FLAC, OGG, Opus and MP3 are read, also in subfolders.")
        case .manifest(let path, let reason):
            "\(path) cannot be used: \(reason). Run 'codec-doctor prepare' again to write it anew."
        }
    }
}
