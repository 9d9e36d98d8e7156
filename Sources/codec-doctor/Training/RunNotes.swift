import Foundation

/// What the command line adds to a run's configuration; kept in its folder, so that `--resume` needs nothing but the folder.
struct RunNotes: Codable, Equatable {
    /// Name of the preset the run was made of.
    var preset: String
    /// Absolute path of the speech; `nil` for the shipped speech.
    var dataDirectory: String?

    private static func path(in folder: String) -> String { "\(folder)/train.json" }

    /// The notes in a folder; `nil` when there are none.
    static func read(from folder: String) throws -> RunNotes? {
        guard let data = FileManager.default.contents(atPath: path(in: folder)) else { return nil }
        do {
            return try JSONDecoder().decode(RunNotes.self, from: data)
        } catch {
            throw RunNotesError(path: path(in: folder))
        }
    }

    /// Writes them, whole or not at all.
    func write(to folder: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(self).write(to: URL(filePath: Self.path(in: folder)), options: .atomic)
    }
}

/// Notes that cannot be read.
struct RunNotesError: Error, CustomStringConvertible {
    let path: String
    var description: String {
        "\(path) is broken: it should say on which data the run was started. Put it back, or start a new run in another folder."
    }
}
