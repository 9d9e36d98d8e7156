public import Foundation

/// Where the repository's fixtures are.
public enum FixtureLocation {
    /// `Fixtures/` at the top of the repository.
    public static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures")
}
