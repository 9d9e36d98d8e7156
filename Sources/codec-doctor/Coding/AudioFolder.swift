import Foundation

/// The audio files of a folder.
enum AudioFolder {
    private static let extensions: Set = ["wav", "flac", "ogg", "oga", "mp3"]

    /// Whether a path is a folder.
    static func isFolder(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
    }

    /// Paths relative to the folder, sorted, those of subfolders too.
    static func files(in folder: String) -> [String] {
        let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return paths.sorted().filter { extensions.contains(URL(filePath: $0).pathExtension.lowercased()) }
    }
}
