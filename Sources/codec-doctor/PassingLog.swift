import Foundation
import RunStore
import TrainingMetrics

/// A log read into a store of its own, which goes away again: to look at it without keeping it.
struct PassingLog {
    /// The store; it holds one run.
    let store: RunStore
    private let folder: URL

    /// Reads a log; `nil` when there is nothing at that path.
    /// - Throws: when it is no log, or holds several runs.
    init?(_ path: String, _ overrides: [RoleOverride]) throws {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        folder = FileManager.default.temporaryDirectory.appending(path: "codec-doctor-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        do {
            store = try RunStore(path: folder.appending(path: "runs.sqlite").path(percentEncoded: false))
            let interpreter = MetricInterpreter(overrides: overrides)
            for input in try LogFiles.inputs([path]) {
                let progress = ProgressLine(label: input.label)
                let options = IngestOptions { interpreter.interpret($0) }
                switch input.source {
                case .standardInput: _ = try store.ingest(.standardInput, options: options) { progress.show($0) }
                case .group(let group): _ = try store.ingest(group, options: options) { progress.show($0) }
                }
                progress.clear()
            }
            let names = try store.runs().map(\.name)
            guard names.count == 1 else { throw PassingLogError(path: path, runs: names) }
        } catch {
            try? FileManager.default.removeItem(at: folder)
            throw error
        }
    }

    /// Removes what was read.
    func remove() { try? FileManager.default.removeItem(at: folder) }
}

/// A log that is not one run.
struct PassingLogError: Error, CustomStringConvertible {
    let path: String
    let runs: [String]
    var description: String {
        let shown = runs.sorted().prefix(12).joined(separator: ", ") + (runs.count > 12 ? ", …" : "")
        return "\(path) holds \(runs.count) runs (\(shown)); ingest it and name one of them"
    }
}
