import Foundation
import TrainingMetrics

/// A folder of TensorBoard event files as a run.
///
/// Its files are parts of one run in the order of the time in their names (`events.out.tfevents.TIME.HOST.PID.NUMBER`).
/// A folder below is a run of its own, but for two that torch makes: `SummaryWriter.add_scalars` keeps each series in a
/// folder `TAG_SERIES`, and `add_hparams` its values in a folder named by the time.
struct EventFolder {
    let group: SourceGroup
    let files: [FolderTree.File]
    /// Folders that are no part of the run.
    let otherFolders: [FolderTree]

    init(_ folder: FolderTree, events: [FolderTree.File]) {
        var files = Self.sorted(events)
        var sources = files.map { SourceGroup.Source(path: $0.path, reader: EventFileReader()) }
        var others: [FolderTree] = []
        for below in folder.folders {
            guard let series = Self.series(below) else {
                others.append(below)
                continue
            }
            let parts = Self.sorted(below.files)
            files += parts
            sources += parts.map { SourceGroup.Source(path: $0.path, reader: EventFileReader(series: series)) }
        }
        self.files = files
        otherFolders = others
        let name = folder.relativePath.isEmpty ? folder.name : folder.relativePath
        group = SourceGroup(path: folder.path, name: name, sources: sources)
    }

    /// Whether a file is an event file, by its name; the profiler's empty ones are not.
    static func isEventFile(_ name: String) -> Bool {
        name.contains("tfevents.") && !name.hasSuffix(".profile-empty")
    }

    /// By the time in the name, then by the name.
    private static func sorted(_ files: [FolderTree.File]) -> [FolderTree.File] {
        func time(_ file: FolderTree.File) -> Int {
            guard let range = file.name.range(of: "tfevents.") else { return 0 }
            return Int(file.name[range.upperBound...].prefix { $0.isNumber }) ?? 0
        }
        return files.sorted { (time($0), $0.name) < (time($1), $1.name) }
    }

    /// The series a folder below holds, empty when its tags stay as they are; `nil` when it is a run of its own.
    private static func series(_ folder: FolderTree) -> String? {
        guard folder.folders.isEmpty, !folder.files.isEmpty, folder.files.allSatisfy({ isEventFile($0.name) }) else {
            return nil
        }
        let parts = folder.name.split(separator: ".", omittingEmptySubsequences: false)
        let isTime = parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isNumber) }
        if isTime, parts[0].count >= 9 { return "" }
        guard let tag = onlyTag(of: folder.files[0].path) else { return nil }
        let prefix = tag.replacing("/", with: "_") + "_"
        guard folder.name.hasPrefix(prefix), folder.name.count > prefix.count else { return nil }
        return String(folder.name.dropFirst(prefix.count))
    }

    /// The tag of a file's first scalars when they all have the same.
    private static func onlyTag(of path: String) -> String? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        guard let head = try? file.read(upToCount: LogFormatDetector.headLength) else { return nil }
        var reader = EventFileReader()
        var buffer = EventBuffer(keptRejections: 0)
        _ = reader.consume([UInt8](head).span, into: &buffer)
        return buffer.keys.count == 1 ? buffer.keys[0].name : nil
    }
}
