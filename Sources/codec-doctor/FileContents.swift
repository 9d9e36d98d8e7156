import Foundation

/// Reads whole small files: configurations and baselines.
enum FileContents {
    /// The bytes of a file, a pipe or a device; `nil` when it cannot be read.
    static func read(_ path: String) -> Data? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        do { return try file.readToEnd() ?? Data() } catch { return nil }
    }
}
