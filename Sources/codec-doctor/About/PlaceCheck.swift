import Foundation

/// Whether the folders the program writes to can be written and have room.
enum PlaceCheck {
    private static let leastFree = 200_000_000

    /// The store's folder, or the nearest one above it that exists, and the folder for temporary files.
    static func items(storePath: String) -> [SelfCheck.Item] {
        var folder = URL(filePath: storePath).deletingLastPathComponent()
        while !FileManager.default.fileExists(atPath: folder.path(percentEncoded: false)),
            folder.pathComponents.count > 1
        {
            folder.deleteLastPathComponent()
        }
        return [
            item("store folder", folder.path(percentEncoded: false), advice: "choose another store with --store"),
            item("temporary", FileManager.default.temporaryDirectory.path(percentEncoded: false), advice: "set TMPDIR"),
        ]
    }

    private static func item(_ name: String, _ path: String, advice: String) -> SelfCheck.Item {
        let probe = "\(path)/.codec-doctor-\(UUID().uuidString)"
        guard FileManager.default.createFile(atPath: probe, contents: Data([0])) else {
            return SelfCheck.Item(name, .failed, "\(path) cannot be written; allow it, or \(advice)")
        }
        try? FileManager.default.removeItem(atPath: probe)
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: path)
        guard let free = (attributes?[.systemFreeSize] as? NSNumber)?.intValue else {
            return SelfCheck.Item(name, .ok, "\(path) can be written")
        }
        let room = "\(free / 1_000_000) MB free"
        return free < leastFree
            ? SelfCheck.Item(name, .warning, "\(path) can be written, but only \(room); a full disk loses logs")
            : SelfCheck.Item(name, .ok, "\(path) can be written, \(room)")
    }
}
