import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What has been done so far, one line per source, so that a run that was killed is not begun again. It also keeps a second run
/// out of the same folder.
final class PreparationJournal: Sendable {
    /// The file's name in the output folder.
    static let fileName = ".preparation.jsonl"

    private let path: String
    private let file: Mutex<FileHandle>

    /// Opens the journal of a folder, a new one if there is none. Throws ``PreparationError``.
    init(folder: String) throws(PreparationError) {
        path = folder + "/" + PreparationJournal.fileName
        let isThere = FileManager.default.fileExists(atPath: path)
        guard isThere || FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forUpdatingAtPath: path)
        else {
            throw .cannotWrite(path: path, reason: "the folder does not allow it.")
        }
        // The lock goes with the process, however that ends.
        guard flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0 else { throw .busy(output: folder) }
        file = Mutex(handle)
    }

    /// What an earlier run noted. A last line that a kill cut off is left out, and its place is written over.
    func sources() -> [PreparationManifest.Source] {
        file.withLock { file in
            guard let data = try? file.readToEnd() else { return [] }
            let end = data.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            try? file.truncate(atOffset: UInt64(end))
            let decoder = PreparationManifest.decoder
            return data[..<end].split(separator: UInt8(ascii: "\n")).compactMap { line in
                try? decoder.decode(PreparationManifest.Source.self, from: Data(line))
            }
        }
    }

    /// Notes a source as done. Throws ``PreparationError``.
    func note(_ source: PreparationManifest.Source) throws(PreparationError) {
        do {
            let line = try PreparationManifest.encoder.encode(source) + Data("\n".utf8)
            try file.withLock { file in
                try file.seekToEnd()
                try file.write(contentsOf: line)
            }
        } catch { throw .cannotWrite(path: path, reason: "\(error.localizedDescription)") }
    }

    /// Removes the journal: everything is in the manifest.
    func remove() { try? FileManager.default.removeItem(atPath: path) }
}
