import Foundation

/// The audio files below a folder.
struct AudioFileTree {
    /// Extensions of files that are looked at, in any case: what libsndfile reads.
    static let extensions: Set = [
        "wav", "wave", "w64", "rf64", "flac", "ogg", "oga", "opus", "mp3", "aif", "aiff", "aifc", "au", "snd", "caf",
    ]

    /// Paths relative to the folder, in the order of their bytes.
    private(set) var files: [String] = []
    /// Folders that cannot be read, and files that cannot be told from others: path and reason.
    private(set) var problems: [(path: String, reason: String)] = []

    /// Folders already visited, links resolved: a link to a folder above ends nothing in a circle.
    private var visited: Set<String> = []

    /// Lists the folder, its subfolders and what links in it point to. Names that begin with a dot are left out.
    init(_ folder: String) throws(SpeechDataError) {
        try AudioFileTree.check(folder)
        visit(folder, prefix: "")
        files.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        problems.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// Throws unless the path is a folder.
    static func check(_ folder: String) throws(SpeechDataError) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else {
            throw .missing(path: folder)
        }
        guard isFolder.boolValue else { throw .notAFolder(path: folder) }
    }

    private mutating func visit(_ folder: String, prefix: String) {
        guard visited.insert(AudioFileTree.resolved(folder)).inserted else { return }
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: folder) } catch {
            problems.append((prefix, "the folder cannot be read"))
            return
        }
        var seen: Set<String> = []
        for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) where !name.hasPrefix(".") {
            let (path, relative) = (folder + "/" + name, prefix.isEmpty ? name : prefix + "/" + name)
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            let isAudio = AudioFileTree.extensions.contains((name as NSString).pathExtension.lowercased())
            guard exists && isFolder.boolValue || isAudio else { continue }
            if !exists {
                let reason =
                    name.unicodeScalars.contains("\u{FFFD}")
                    ? "its name is not valid UTF-8" : "it is a link to nothing"
                problems.append((relative, reason))
            } else if !seen.insert(name).inserted {
                // Swift, like file systems that normalise, takes é and e + ´ for the same text.
                problems.append((relative, "another file has the same name in another Unicode form"))
            } else if isFolder.boolValue {
                visit(path, prefix: relative)
            } else {
                files.append(relative)
            }
        }
    }

    /// The absolute path with links resolved, without a slash at the end; what is not there yet is taken as written.
    static func resolved(_ path: String) -> String {
        let url = URL(filePath: path).standardizedFileURL
        let plain = trimmed(url.path(percentEncoded: false))
        if plain != "/", !FileManager.default.fileExists(atPath: plain) {
            let parent = resolved(trimmed(url.deletingLastPathComponent().path(percentEncoded: false)))
            return (parent == "/" ? "" : parent) + "/" + url.lastPathComponent
        }
        return trimmed(url.resolvingSymlinksInPath().path(percentEncoded: false))
    }

    private static func trimmed(_ path: String) -> String {
        path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }
}
