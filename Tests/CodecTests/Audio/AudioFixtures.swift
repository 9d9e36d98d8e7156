import Foundation

/// Where the shipped audio fixtures are.
enum AudioFixtures {
    /// The path of a file of `Fixtures/audio`.
    static func path(_ name: String, file: String = #filePath) -> String {
        URL(fileURLWithPath: file).resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Fixtures/audio/\(name)").path
    }
}
