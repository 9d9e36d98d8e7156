import Foundation

/// The folder that prepared data is written to: nothing is written beside it, nothing of others in it is overwritten.
struct OutputFolder {
    /// Absolute, links resolved.
    let path: String

    /// Makes the folder unless it is there. Throws ``PreparationError`` when it overlaps an input or holds other files.
    init(_ path: String, inputs: [String]) throws(PreparationError) {
        let root = AudioFileTree.resolved(path)
        for input in inputs {
            let other = AudioFileTree.resolved(input)
            guard !OutputFolder.contains(other, root), !OutputFolder.contains(root, other) else {
                throw .overlapping(input: input, output: path)
            }
        }
        self.path = root
        try OutputFolder.make(root)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        let isOwn = names.isEmpty || names.contains(PreparationJournal.fileName) || OutputFolder.hasManifest(root)
        guard isOwn else { throw .notEmpty(output: path) }
    }

    /// Whether a folder holds a manifest of ours, usable or not.
    private static func hasManifest(_ folder: String) -> Bool {
        do { return try PreparationManifest.read(folder: folder) != nil } catch { return true }
    }

    /// Whether `path` is `folder` or lies in it.
    static func contains(_ folder: String, _ path: String) -> Bool {
        path == folder || path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
    }

    /// Makes the folder of a speaker. Throws ``PreparationError`` when a link would lead out of the output folder.
    func makeFolder(of name: String) throws(PreparationError) {
        let folder = path + "/" + (name.split(separator: "/").first.map(String.init) ?? name)
        try OutputFolder.make(folder)
        guard AudioFileTree.resolved(folder) == folder else {
            throw .cannotWrite(path: folder, reason: "it is a link that leads elsewhere.")
        }
    }

    /// Removes what a killed run left of files it had not finished.
    func removePartialFiles() {
        for folder in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
            let folder = path + "/" + folder
            guard AudioFileTree.resolved(folder) == folder else { continue }
            for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
                guard name.firstMatch(of: /\.(wav|flac)\.[0-9]+\.partial$/) != nil else { continue }
                try? FileManager.default.removeItem(atPath: folder + "/" + name)
            }
        }
    }

    /// Where an output of a manifest is; nil when its path would lead out of the folder.
    func location(of output: String) -> String? { OutputFolder.location(of: output, in: path) }

    /// Where an output of a manifest is, relative to any folder; nil when its path would lead out of it.
    static func location(of output: String, in folder: String) -> String? {
        let parts = output.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }), !output.contains("\0")
        else {
            return nil
        }
        return folder + "/" + output
    }

    private static func make(_ folder: String) throws(PreparationError) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch { throw .cannotWrite(path: folder, reason: "\(error.localizedDescription)") }
    }
}
