import Foundation
import RunStore

/// What is watched.
enum WatchTarget: Equatable {
    /// Standard input, until it ends.
    case stream
    /// A file, or a folder with files; need not exist yet.
    case path(String)
    /// A run of the store that others write, with the files it was read from that are still there.
    case run(id: Int64, name: String, files: [String])

    /// What a word on the command line means: `-`, something that exists, a run, or a file that is still to come. The newest run
    /// without a word.
    static func resolve(_ word: String?, in store: RunStore) throws -> WatchTarget {
        if word == "-" { return .stream }
        guard let word else { return try run(store.run(matching: nil), in: store) }
        if FileManager.default.fileExists(atPath: word) { return .path(word) }
        do {
            return try run(store.run(matching: word), in: store)
        } catch let error as RunStoreError {
            switch error {
            case .noRuns, .unknownRun: return .path(word)
            default: throw error
            }
        }
    }

    private static func run(_ run: RunRecord, in store: RunStore) throws -> WatchTarget {
        let sources = try store.sources(of: run)
        // A source without a format was recorded by a trainer, not read from the file it names.
        let files = sources.filter { $0.format != nil && $0.path != "-" }.map(\.path)
        return .run(id: run.id, name: run.name, files: files.filter { FileManager.default.fileExists(atPath: $0) })
    }

    /// How messages name it.
    var label: String {
        switch self {
        case .stream: "standard input"
        case .path(let path): path
        case .run(let id, let name, _): "run \(id) (\(name))"
        }
    }
}
