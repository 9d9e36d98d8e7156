import Foundation
import RunStore

/// Finds the logs that paths stand for.
enum LogFiles {
    /// Endings of files worth trying in a folder. A path that is named is tried whatever it is called.
    private static let endings: Set<String> = [
        "log", "txt", "out", "csv", "tsv", "jsonl", "ndjson", "md",
    ]

    /// An input, and whether it was only found in a folder (so that a file without metrics is no error).
    struct Input: Equatable {
        let input: IngestInput
        let isFound: Bool
        /// How messages name it.
        var label: String {
            switch input {
            case .file(let path): path
            case .standardInput: "standard input"
            }
        }
    }

    /// Inputs in the order of the paths; files of a folder by path, hidden ones left out, links not followed.
    static func inputs(_ paths: [String]) throws -> [Input] {
        try paths.flatMap { path -> [Input] in
            if path == "-" { return [Input(input: .standardInput, isFound: false)] }
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
                return [Input(input: .file(path: path), isFound: false)]
            }
            let found = files(in: path)
            guard !found.isEmpty else { throw LogFilesError.noLogs(folder: path, endings: endings.sorted()) }
            return found.map { Input(input: .file(path: $0), isFound: true) }
        }
    }

    private static func files(in folder: String) -> [String] {
        let root = URL(filePath: folder)
        let keys: [URLResourceKey] = [.isRegularFileKey]
        guard
            let walk = FileManager.default.enumerator(
                at: root,
                includingPropertiesForKeys: keys,
                options: [.skipsHiddenFiles]
            )
        else { return [] }
        var paths: [String] = []
        for case let file as URL in walk where endings.contains(file.pathExtension.lowercased()) {
            guard (try? file.resourceValues(forKeys: Set(keys)))?.isRegularFile == true else { continue }
            paths.append(file.path(percentEncoded: false))
        }
        return paths.sorted()
    }
}

/// A folder that holds no log.
enum LogFilesError: Error, CustomStringConvertible {
    /// No file with a known ending.
    case noLogs(folder: String, endings: [String])

    var description: String {
        switch self {
        case .noLogs(let folder, let endings):
            "the folder \(folder) holds no log: looked for files ending in \(endings.joined(separator: ", ")); "
                + "name a file to read it whatever it is called"
        }
    }
}
