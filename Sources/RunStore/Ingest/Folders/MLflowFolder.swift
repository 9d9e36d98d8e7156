import Foundation
import TrainingMetrics

/// A run in MLflow's file store: a folder with `meta.yaml` and `metrics/`, a file per metric, beside `params/` and `tags/`.
struct MLflowFolder {
    /// Most parameters that are read.
    private static let mostParameters = 1000

    let group: SourceGroup
    let files: [FolderTree.File]
    /// Whether the user has deleted the run; MLflow keeps its files until `mlflow gc`.
    let isDeleted: Bool

    /// The run of a folder, `nil` when it is none.
    init?(_ folder: FolderTree) {
        guard folder.file("meta.yaml") != nil, let metrics = folder.folder("metrics") else { return nil }
        let about = Self.settings("\(folder.path)/meta.yaml")
        isDeleted = about["lifecycle_stage"] == "deleted"
        let parent = URL(filePath: folder.path).standardizedFileURL.deletingLastPathComponent()
        let experiment = Self.settings(parent.appending(path: "meta.yaml").path(percentEncoded: false))
        let tag = folder.folder("tags")?.file("mlflow.runName").flatMap { Self.text($0.path) }
        let name = [tag, about["run_name"]].compactMap { $0 }.first { !$0.isEmpty } ?? folder.name
        let named = Self.named(metrics)
        files = named.map(\.file)
        group = SourceGroup(
            path: folder.path,
            name: experiment["name"].map { "\($0)/\(name)" } ?? name,
            sources: named.map { .init(path: $0.file.path, reader: MLflowMetricReader(name: $0.name)) },
            facts: folder.folder("params").map { Self.facts(in: $0) } ?? []
        )
    }

    /// The name of the metric a file holds, from its place below the `metrics` of a run; `nil` when it is in no run.
    static func metricName(ofFile path: String) -> String? {
        let url = URL(filePath: path).standardizedFileURL
        let parts = url.pathComponents
        guard let place = parts.dropLast().lastIndex(of: "metrics") else { return nil }
        let run = parts[..<place].dropFirst().joined(separator: "/")
        guard FileManager.default.fileExists(atPath: "/\(run)/meta.yaml") else { return nil }
        return parts[(place + 1)...].joined(separator: "/")
    }

    /// Files below a folder with their paths in it: a name with a `/` is a folder and a file.
    private static func named(_ folder: FolderTree, prefix: String = "") -> [(name: String, file: FolderTree.File)] {
        folder.files.map { (prefix + $0.name, $0) }
            + folder.folders.flatMap { named($0, prefix: "\(prefix)\($0.name)/") }
    }

    private static func facts(in folder: FolderTree) -> [LoggedFact] {
        named(folder).prefix(mostParameters).compactMap { name, file in
            text(file.path).map { LoggedFact(key: name, value: String($0.prefix(200)), line: 0) }
        }
    }

    /// The beginning of a file, without white space around it.
    private static func text(_ path: String) -> String? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        guard let bytes = try? file.read(upToCount: 4096) else { return nil }
        return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The top level of a `meta.yaml`: lines `key: value`, values perhaps in quotes.
    private static func settings(_ path: String) -> [String: String] {
        var settings: [String: String] = [:]
        for line in (text(path) ?? "").split(separator: "\n") {
            guard let colon = line.firstRange(of: ": ") else { continue }
            var value = line[colon.upperBound...].trimmingCharacters(in: .whitespaces)
            if value.count >= 2, let quote = value.first, quote == "'" || quote == "\"", value.last == quote {
                value = String(value.dropFirst().dropLast())
            }
            settings[String(line[..<colon.lowerBound])] = value
        }
        return settings
    }
}
