/// Something with samples that is looked at again and again while it grows.
protocol Followed: Sendable {
    /// Its file or folder.
    var path: String { get }
    /// Stores what is new; `progress` gets the runs it goes to while a long log is still being read.
    /// - Throws: `RunStoreError` when the store refuses; the same is tried again at the next look.
    mutating func look(progress: ([Int64]) -> Void) throws -> FollowedFile.Look
}
