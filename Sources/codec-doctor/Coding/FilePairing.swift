import Codec
import Foundation

/// Which files to compare: one pair, or those of two folders that have the same relative path, extensions aside.
struct FilePairing {
    /// Two files and what to call them.
    struct Pair {
        let name: String
        let reference: String
        let degraded: String
    }

    /// Why nothing can be paired.
    enum Problem: Error, CustomStringConvertible {
        /// A file against a folder.
        case mixed(file: String, folder: String)
        /// No file in one folder has a counterpart in the other.
        case nothing(String, String)

        var description: String {
            switch self {
            case .mixed(let file, let folder): "\(file) is a file and \(folder) a folder; give two files or two folders"
            case .nothing(let a, let b): "no audio file in \(a) has one of the same name in \(b)"
            }
        }
    }

    /// The pairs, sorted by name.
    let pairs: [Pair]
    /// Files without a counterpart, sorted.
    let unpaired: [String]
    /// Files of one folder that differ only in their extension: which is meant cannot be told.
    let ambiguous: [(String, String)]
    /// Whether folders were given.
    let isFolders: Bool

    init(reference: String, degraded: String) throws {
        let kinds = (AudioFolder.isFolder(reference), AudioFolder.isFolder(degraded))
        isFolders = kinds.0 && kinds.1
        guard kinds.0 == kinds.1 else {
            throw Problem.mixed(file: kinds.0 ? degraded : reference, folder: kinds.0 ? reference : degraded)
        }
        guard isFolders else {
            pairs = [Pair(name: URL(filePath: degraded).lastPathComponent, reference: reference, degraded: degraded)]
            unpaired = []
            ambiguous = []
            return
        }
        var twins: [(String, String)] = []
        let originals = FilePairing.audioFiles(in: reference, twins: &twins)
        let decoded = FilePairing.audioFiles(in: degraded, twins: &twins)
        ambiguous = twins
        let names = Set(originals.keys).union(decoded.keys).sorted()
        pairs = names.compactMap { name in
            guard let original = originals[name], let other = decoded[name] else { return nil }
            return Pair(name: name, reference: original, degraded: other)
        }
        unpaired = names.compactMap { name in
            originals[name] != nil && decoded[name] != nil ? nil : originals[name] ?? decoded[name]
        }
        guard !pairs.isEmpty || !twins.isEmpty else { throw Problem.nothing(reference, degraded) }
    }

    /// Paths by relative path without extension.
    private static func audioFiles(in folder: String, twins: inout [(String, String)]) -> [String: String] {
        var files: [String: String] = [:]
        for path in AudioFolder.files(in: folder) {
            let name = String(path.dropLast(URL(filePath: path).pathExtension.count + 1))
            let full = URL(filePath: folder).appending(path: path).path(percentEncoded: false)
            if let other = files[name] { twins.append((other, full)) }
            files[name] = full
        }
        for twin in twins {
            for name in files.filter({ $0.value == twin.1 }).keys { files[name] = nil }
        }
        return files
    }
}
