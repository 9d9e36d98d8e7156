import Foundation
import Yams

/// A YAML file read with care: its size, and what its anchors can grow into, are bounded before anything is made of it.
enum ConfigurationDocument {
    /// Bytes; a described discriminator needs a few thousand.
    static let largestFile = 1 << 20

    /// The text of a file.
    static func text(ofFile path: String) throws(DiscriminatorConfigurationError) -> String {
        func failure(_ problem: String) -> DiscriminatorConfigurationError {
            DiscriminatorConfigurationError(file: path, place: "", line: nil, problem: problem)
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw failure("there is no such file")
        }
        guard !isFolder.boolValue else { throw failure("it is a folder; give a YAML file") }
        // A pipe would wait for somebody to write.
        let type = try? FileManager.default.attributesOfItem(
            atPath: URL(filePath: path).resolvingSymlinksInPath().path
        )[.type]
        guard type as? FileAttributeType == .typeRegular else { throw failure("is no regular file") }
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw failure("cannot be read; check its permissions")
        }
        defer { try? file.close() }
        guard let data = try? file.read(upToCount: largestFile + 1) else { throw failure("cannot be read") }
        guard data.count <= largestFile else {
            throw failure("is larger than \(largestFile) bytes; it is no description of a discriminator")
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw failure("is not UTF-8 text; for weights use --checkpoint")
        }
        return text
    }

    /// The root of a text.
    static func root(of yaml: String, file: String) throws(DiscriminatorConfigurationError) -> ConfigurationEntry {
        func failure(_ line: Int?, _ problem: String) -> DiscriminatorConfigurationError {
            DiscriminatorConfigurationError(file: file, place: "", line: line, problem: problem)
        }
        // Keys are hashed as a whole, and an alias in a key may stand for exponentially much: keys are words only.
        for (index, line) in yaml.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let bare = line.prefix { $0 != "#" }
            let isComplexKey =
                bare.contains(/(\*[^\s,\[\]{}]+|[\]\}])\s*:(\s|$)/) || bare.contains(/(^|[\s\[{,\-])\?(\s|$)/)
            if isComplexKey { throw failure(index + 1, "keys must be plain words") }
        }
        let node: Node?
        do {
            node = try Yams.compose(yaml: yaml)
        } catch {
            throw failure(nil, "is not YAML: \(error)")
        }
        guard let node else { throw failure(nil, "is empty") }
        return ConfigurationEntry(file: file, place: "", node: node)
    }
}
