/// Why the store could not do what was asked; every case reads as a sentence with what to do next.
public enum RunStoreError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file or its folder cannot be created, read or opened.
    case cannotOpen(path: String, reason: String)
    /// The path names a folder.
    case isFolder(path: String)
    /// The file is not SQLite, or another program's database.
    case notAStore(path: String)
    /// The file or its folder may not be written.
    case readOnly(path: String)
    /// A later version of codec-doctor changed the schema.
    case newerSchema(path: String)
    /// No room left on the disk.
    case diskFull(path: String)
    /// Another process kept the store locked for that many seconds.
    case locked(path: String, seconds: Int)
    /// SQLite found the file damaged.
    case corrupted(path: String, detail: String)
    /// SQLite refused for another reason.
    case failed(path: String, detail: String)
    /// The store holds no run.
    case noRuns(path: String)
    /// No run answers to the reference; `known` lists those that exist, newest first.
    case unknownRun(reference: String, known: [String])
    /// Several runs answer to the reference.
    case ambiguousRun(reference: String, matches: [String])
    /// The run was forgotten while a trainer was recording it.
    case runRemoved(name: String)

    /// The sentence.
    public var description: String {
        switch self {
        case .cannotOpen(let path, let reason):
            "The store \(path) cannot be opened: \(reason). Choose another file with --store."
        case .isFolder(let path):
            "The store \(path) is a folder. Name a file in it, such as \(path)/runs.sqlite."
        case .notAStore(let path):
            "\(path) is not a codec-doctor store. Choose another file with --store; a new one is created where none is."
        case .readOnly(let path):
            "The store \(path) cannot be written. Allow writing to the file and its folder, or copy it elsewhere."
        case .newerSchema(let path):
            "The store \(path) was written by a newer codec-doctor. Update codec-doctor, or choose another --store."
        case .diskFull(let path):
            "The disk of the store \(path) is full. What was stored before is safe; free some space and try again."
        case .locked(let path, let seconds):
            "The store \(path) was locked by another process for more than \(seconds) s. Wait for it, then try again."
        case .corrupted(let path, let detail):
            "The store \(path) is damaged (\(detail)). Move it away and ingest the logs again."
        case .failed(let path, let detail):
            "The store \(path) failed: \(detail)."
        case .noRuns(let path):
            "The store \(path) holds no run. Begin with: codec-doctor ingest log.txt"
        case .unknownRun(let reference, let known):
            "There is no run '\(reference)'. \(Self.listed(known))"
        case .ambiguousRun(let reference, let matches):
            "'\(reference)' is the beginning of several runs. \(Self.listed(matches))"
        case .runRemoved(let name):
            "The run '\(name)' was removed from the store while it was being recorded. Resuming the training puts it back."
        }
    }

    private static func listed(_ runs: [String]) -> String {
        let shown = runs.prefix(20).joined(separator: ", ")
        return runs.count > 20 ? "Runs: \(shown) and \(runs.count - 20) more." : "Runs: \(shown)."
    }
}
