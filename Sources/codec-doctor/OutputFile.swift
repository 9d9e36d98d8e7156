import Foundation

/// Result files.
enum OutputFile {
    /// Writes a text into a file, all of it or nothing: readers see the file before or after, never half of it. What is no regular file
    /// (a link, a pipe, a device) is written through, not replaced.
    static func write(_ text: String, to path: String) throws {
        do {
            guard isReplaceable(path) else {
                guard let file = FileHandle(forWritingAtPath: path) else { throw CocoaError(.fileWriteNoPermission) }
                defer { try? file.close() }
                // A pipe or a device has no length.
                try? file.truncate(atOffset: 0)
                return try file.write(contentsOf: Data(text.utf8))
            }
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw OutputFileError(path: path, reason: error.localizedDescription)
        }
    }

    /// Whether there is nothing at a path, or a regular file.
    private static func isReplaceable(_ path: String) -> Bool {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return true }
        return attributes[.type] as? FileAttributeType == .typeRegular
    }
}

/// A result that could not be written.
struct OutputFileError: Error, CustomStringConvertible {
    let path: String
    let reason: String
    var description: String { "the result cannot be written to \(path): \(reason)" }
}
