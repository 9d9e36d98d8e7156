import Foundation
import TrainingMetrics

/// What a folder holds: runs of experiment trackers, event files, text logs, and how many files are none of these.
public struct FolderSurvey: Sendable {
    /// A kind of run in a folder.
    public enum Kind: String, Sendable, CaseIterable {
        /// Event files of one folder.
        case tensorboard = "TensorBoard run"
        /// The run file of W&B.
        case wandb = "W&B run"
        /// A run of MLflow's file store.
        case mlflow = "MLflow run"
        /// MLflow's database.
        case mlflowDatabase = "MLflow database"
        /// A file that may be a log in text form; known when it has been read.
        case text = "possible text log"
    }

    /// A run.
    public struct Found: Sendable {
        /// What it is.
        public let kind: Kind
        /// Its files.
        public let group: SourceGroup
        /// When one of them was last written to.
        let modified: Date
    }

    /// Endings of text files worth trying.
    public static let endings: Set<String> = [
        "csv", "json", "jsonl", "log", "md", "ndjson", "out", "tsv", "txt",
    ]
    /// Names of files worth trying whatever they end in.
    public static let names: Set<String> = ["solver.log.0"]

    /// The folder.
    public let path: String
    /// The runs, the one last written to last, so that it becomes the newest of the store.
    public private(set) var found: [Found] = []
    /// How many files were left alone, by ending (with its dot, in lower case), the most frequent first.
    public private(set) var unknown: [(ending: String, count: Int)] = []

    private var counts: [String: Int] = [:]

    /// Looks through a folder and all folders below it.
    public init(folder path: String) {
        self.path = path
        search(FolderTree(path: path))
        found.sort { ($0.modified, $0.group.path) < ($1.modified, $1.group.path) }
        unknown = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }

    /// How many of each kind were found, in the order of the kinds: `2 TensorBoard runs, 1 possible text log`.
    public var summary: String {
        Kind.allCases.compactMap { kind in
            let count = found.count { $0.kind == kind }
            return count == 0 ? nil : "\(count) \(kind.rawValue)\(count == 1 ? "" : "s")"
        }.joined(separator: ", ")
    }

    /// How many files were left alone: `3 other files (2 .pt, 1 .wav)`; empty when none was.
    public var unknownSummary: String {
        let total = unknown.reduce(0) { $0 + $1.count }
        guard total > 0 else { return "" }
        var parts = unknown.prefix(5).map { "\($0.count) \($0.ending)" }
        if unknown.count > 5 { parts.append("…") }
        return "\(total) other file\(total == 1 ? "" : "s") (\(parts.joined(separator: ", ")))"
    }

    private mutating func search(_ folder: FolderTree) {
        if folder.linkCount > 0 { counts["links", default: 0] += folder.linkCount }
        if let run = MLflowFolder(folder) {
            if run.isDeleted {
                counts["of deleted MLflow runs", default: 0] += run.files.count
            } else if !run.files.isEmpty {
                add(.mlflow, run.group, run.files)
            }
            return
        }
        let runs = folder.files.filter { $0.name.hasSuffix(".wandb") }
        if !runs.isEmpty {
            // What stands beside a run file (settings, console output, requirements) belongs to the same run.
            for file in runs { add(.wandb, SourceGroup(file: file.path), [file]) }
            return
        }
        var below = folder.folders
        let events = folder.files.filter { EventFolder.isEventFile($0.name) }
        if !events.isEmpty {
            let run = EventFolder(folder, events: events)
            add(.tensorboard, run.group, run.files)
            below = run.otherFolders
        }
        for file in folder.files where !EventFolder.isEventFile(file.name) {
            let ending = file.name.split(separator: ".").dropFirst().last.map { $0.lowercased() } ?? ""
            if Self.endings.contains(ending) || Self.names.contains(file.name.lowercased()) {
                add(.text, SourceGroup(path: file.path, sources: [.init(path: file.path)]), [file])
            } else if ["db", "sqlite", "sqlite3"].contains(ending), MLflowDatabase.isOne(file.path) {
                add(.mlflowDatabase, SourceGroup(path: file.path, sources: [.init(path: file.path)]), [file])
            } else {
                leave(file)
            }
        }
        for folder in below { search(folder) }
    }

    private mutating func add(_ kind: Kind, _ group: SourceGroup, _ files: [FolderTree.File]) {
        found.append(Found(kind: kind, group: group, modified: files.map(\.modified).max() ?? .distantPast))
    }

    private mutating func leave(_ file: FolderTree.File) {
        let ending = file.name.split(separator: ".").dropFirst().last.map { ".\($0.lowercased())" }
        counts[ending ?? "without ending", default: 0] += 1
    }
}
