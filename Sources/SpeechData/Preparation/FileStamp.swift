import Foundation

/// By what a file is known again.
public struct FileStamp: Codable, Hashable, Sendable {
    /// Its size.
    public let bytes: Int
    /// When it was last written, seconds since 1970.
    public let modified: Double
    /// SHA-256 of its bytes, hexadecimal, as `sha256sum` prints it.
    public let sha256: String

    init(bytes: Int, modified: Double, sha256: String) {
        self.bytes = bytes
        self.modified = modified
        self.sha256 = sha256
    }

    /// The stamp of a file; nil when it cannot be read.
    init?(_ path: String) {
        guard let attributes = FileStamp.attributes(path), let digest = SHA256.digest(ofFile: path) else { return nil }
        self.init(bytes: attributes.bytes, modified: attributes.modified, sha256: digest)
    }

    /// The stamp of the same content as it is now; nil when the content has changed or is gone.
    ///
    /// Equal size and time are taken for equal content; where only the time differs, the bytes decide.
    func confirmed(at path: String) -> FileStamp? {
        guard let attributes = FileStamp.attributes(path), attributes.bytes == bytes else { return nil }
        if attributes.modified == modified { return self }
        guard SHA256.digest(ofFile: path) == sha256 else { return nil }
        return FileStamp(bytes: bytes, modified: attributes.modified, sha256: sha256)
    }

    /// Size and time of a file, links followed.
    static func attributes(_ path: String) -> (bytes: Int, modified: Double)? {
        let resolved = AudioFileTree.resolved(path)
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: resolved),
            let bytes = attributes[.size] as? NSNumber, let modified = attributes[.modificationDate] as? Date
        else { return nil }
        return (bytes.intValue, modified.timeIntervalSince1970)
    }
}
