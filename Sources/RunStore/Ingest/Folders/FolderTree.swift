import Foundation

/// The files and folders below a folder, by name. Hidden ones are left out, links are not followed.
struct FolderTree: Sendable {
    /// A regular file.
    struct File: Sendable {
        let name: String
        let path: String
        let modified: Date
    }

    /// Most levels that are looked at.
    private static let deepest = 24

    let name: String
    let path: String
    /// Names of the folders between the root and this one, joined by `/`; empty for the root.
    let relativePath: String
    let files: [File]
    let folders: [FolderTree]
    /// How many links it holds.
    let linkCount: Int

    /// Looks at a folder; one that cannot be read is empty.
    init(path: String, relativePath: String = "", depth: Int = 0) {
        let url = URL(filePath: path).standardizedFileURL
        let keys: Set<URLResourceKey> = [.isRegularFileKey, .isDirectoryKey, .isSymbolicLinkKey]
        let entries = try? FileManager.default.contentsOfDirectory(
            at: url,
            includingPropertiesForKeys: Array(keys),
            options: [.skipsHiddenFiles]
        )
        var files: [File] = []
        var folders: [FolderTree] = []
        var linkCount = 0
        for entry in (entries ?? []).sorted(by: { $0.lastPathComponent < $1.lastPathComponent }) {
            guard let values = try? entry.resourceValues(forKeys: keys) else { continue }
            let name = entry.lastPathComponent
            var path = entry.path(percentEncoded: false)
            if path.hasSuffix("/") { path.removeLast() }
            if values.isSymbolicLink == true {
                linkCount += 1
            } else if values.isRegularFile == true {
                let modified = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
                files.append(File(name: name, path: path, modified: modified ?? .distantPast))
            } else if values.isDirectory == true, depth < Self.deepest {
                let relative = relativePath.isEmpty ? name : "\(relativePath)/\(name)"
                folders.append(FolderTree(path: path, relativePath: relative, depth: depth + 1))
            }
        }
        name = url.lastPathComponent
        self.path = path
        self.relativePath = relativePath
        self.files = files
        self.folders = folders
        self.linkCount = linkCount
    }

    /// The file of that name.
    func file(_ name: String) -> File? { files.first { $0.name == name } }

    /// The folder of that name.
    func folder(_ name: String) -> FolderTree? { folders.first { $0.name == name } }
}
