import Codec
import Foundation

/// Where a run keeps everything, taken by one process at a time.
///
/// `configuration.json`; `log.txt` for people; `metrics.jsonl`, every measurement; `checkpoints/step-00000500.safetensors`, all that is
/// needed to go on; `best.safetensors` and `codec.safetensors`, the codec alone at its best validation and at the end;
/// `samples/epoch-0005/NAME.wav`, what it decoded of held-out audio, beside `samples/reference/NAME.wav`.
public final class RunFolder {
    /// What is wanted of a folder.
    public enum Intent: Sendable {
        /// A new run: the folder must be missing or empty.
        case start
        /// To go on with the run in it; one that was interrupted before its first file is started.
        case resume
    }

    /// Absolute path.
    public let path: String
    /// By which a store knows the run, wherever its folder is moved.
    public let identity: String
    /// Whether no run was in it before.
    public let isNew: Bool

    /// Holds the identity, and the lock on the folder.
    private let marker: AppendedFile

    /// Takes a folder, making it when it is missing.
    ///
    /// Throws ``TrainingRunError``: `folderTaken`, `folderForeign`, `folderInUse` or `folderNotWritable`.
    public init(_ path: String, intent: Intent) throws(TrainingRunError) {
        let url = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL
        let folder = Self.withoutSlash(url.path(percentEncoded: false))
        self.path = folder
        let files = FileManager.default
        let names: [String]
        do {
            try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
            names = try files.contentsOfDirectory(atPath: folder)
        } catch {
            throw .folderNotWritable(path: folder, reason: Self.reason(error))
        }
        guard names.isEmpty || names.contains(Self.markerName) else { throw .folderForeign(path: folder) }
        do {
            marker = try AppendedFile(path: "\(folder)/\(Self.markerName)")
            guard try marker.lock() else { throw TrainingRunError.folderInUse(path: folder) }
            isNew = !names.contains("configuration.json")
            if intent == .start, !isNew { throw TrainingRunError.folderTaken(path: folder) }
            identity = try Self.identity(in: marker)
        } catch let error as FileFailure {
            throw .folderNotWritable(path: folder, reason: error.reason)
        } catch let error as TrainingRunError {
            throw error
        } catch {
            throw .folderNotWritable(path: folder, reason: "\(error)")
        }
    }

    /// `configuration.json`.
    public var configurationPath: String { "\(path)/configuration.json" }
    /// `log.txt`.
    public var logPath: String { "\(path)/log.txt" }
    /// `metrics.jsonl`.
    public var metricsPath: String { "\(path)/metrics.jsonl" }
    /// `checkpoints`.
    public var checkpointsPath: String { "\(path)/checkpoints" }
    /// `samples`.
    public var samplesPath: String { "\(path)/samples" }
    /// The codec alone at its best validation; `codec-doctor encode --checkpoint` reads it.
    public var bestPath: String { "\(path)/best.safetensors" }
    /// The codec alone at the end.
    public var codecPath: String { "\(path)/codec.safetensors" }

    /// The configuration the run in a folder was started with, without taking the folder; `nil` when there is none.
    ///
    /// Throws ``TrainingRunError/unreadable(path:reason:)``.
    public static func configuration(in path: String) throws(TrainingRunError) -> TrainingConfiguration? {
        let file = "\(withoutSlash(path))/configuration.json"
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        do {
            return try JSONDecoder().decode(TrainingConfiguration.self, from: Data(contentsOf: URL(filePath: file)))
        } catch {
            throw .unreadable(path: file, reason: "it is not a configuration of this version (\(reason(error)))")
        }
    }

    /// Writes `configuration.json`, which makes the folder a run's.
    func write(_ configuration: TrainingConfiguration) throws(TrainingRunError) {
        do {
            let file = try AtomicFile(path: configurationPath)
            try file.append(Array(ConfigurationDifference.text(of: configuration).utf8))
            try file.finish()
        } catch let error as FileFailure {
            throw TrainingRunError(error, at: configurationPath, resumesFrom: 0)
        } catch {
            throw .cannotWrite(path: configurationPath, reason: Self.reason(error), resumesFrom: 0)
        }
    }

    /// Makes a folder inside it.
    func makeFolder(_ path: String) throws(TrainingRunError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw .folderNotWritable(path: path, reason: Self.reason(error))
        }
    }

    /// Removes what a killed process left half written.
    func removeTemporaryFiles() {
        for folder in [path, checkpointsPath] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            for name in names where name.hasSuffix(".tmp") {
                try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
            }
        }
    }

    /// What the system says, without the words around it.
    static func reason(_ error: any Error) -> String {
        let error = error as NSError
        let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError
        return (cause ?? error).localizedDescription
    }

    private static let markerName = ".run"

    /// The identity in the marker; a new one where there is none or only a part of one.
    private static func identity(in marker: AppendedFile) throws(FileFailure) -> String {
        let text = (try? String(contentsOfFile: marker.path, encoding: .utf8)) ?? ""
        if let known = UUID(uuidString: text) { return known.uuidString }
        let identity = UUID().uuidString
        try marker.cut(to: 0)
        try marker.append(identity)
        try marker.synchronize()
        return identity
    }

    private static func withoutSlash(_ path: String) -> String {
        path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }
}
