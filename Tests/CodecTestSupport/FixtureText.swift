import Foundation

/// Text files of `Fixtures`.
public enum FixtureText {
    /// The lines of `Fixtures/<path>` that are not empty; none when it cannot be read.
    public static func lines(_ path: String) -> [String] {
        // This file is Tests/CodecTestSupport/FixtureText.swift; Tests may be a symbolic link.
        let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let text = try? String(contentsOf: root.appending(path: "Fixtures/\(path)"), encoding: .utf8)
        return text?.split(separator: "\n").map(String.init) ?? []
    }
}
