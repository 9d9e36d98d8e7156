import Foundation

/// Whether a file can be written where it is wanted; asked before long work instead of after it.
enum OutputFolder {
    /// Why not.
    enum Problem: Error, CustomStringConvertible {
        /// The folder is not there.
        case missing(path: String, folder: String)
        /// The path is a folder itself.
        case isFolder(path: String)

        var description: String {
            switch self {
            case .missing(let path, let folder): "\(path) cannot be written: there is no folder \(folder)"
            case .isFolder(let path): "\(path) cannot be written: it is a folder"
            }
        }
    }

    /// Throws unless the path's folder exists and the path is no folder.
    static func check(_ path: String) throws {
        var isDirectory: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue {
            throw Problem.isFolder(path: path)
        }
        let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw Problem.missing(path: path, folder: folder)
        }
    }
}
