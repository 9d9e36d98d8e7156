import Foundation
import RunStore

/// A folder of its own for a test, removed with the value.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Path of a file in the folder.
    func path(_ name: String) -> String { url.appending(path: name).path(percentEncoded: false) }

    /// Writes a file, or appends to it.
    @discardableResult
    func write(_ text: String, to name: String, appending: Bool = false) throws -> String {
        let path = path(name)
        if appending, let handle = FileHandle(forWritingAtPath: path) {
            try handle.seekToEnd()
            try handle.write(contentsOf: Data(text.utf8))
            try handle.close()
        } else {
            try Data(text.utf8).write(to: URL(filePath: path))
        }
        return path
    }

    /// Opens a store in the folder.
    func store(_ name: String = "runs.sqlite") throws -> RunStore { try RunStore(path: path(name)) }
}
