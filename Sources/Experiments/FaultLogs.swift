import Foundation
import Training

/// What becomes of the logs of the matrix' runs.
public enum FaultLogs: Sendable, Hashable {
    /// They are judged and forgotten.
    case none
    /// They are kept in this folder, a `NAME-SEED.jsonl` each, which `codec-doctor ingest` reads.
    case kept(String)
    /// Nothing is trained: the logs kept in this folder are judged again, with the rules of today.
    case judged(String)

    /// A run's log: read, or made and kept.
    ///
    /// Throws ``FaultLogError`` when the log cannot be read or written, and what `train` throws.
    func log(name: String, seed: UInt64, train: () throws -> FaultRun.Log) throws -> FaultRun.Log {
        switch self {
        case .none: return try train()
        case .kept(let folder):
            let log = try train()
            let path = Self.path(folder, name, seed)
            do {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                try Data(log.text.jsonLines.utf8).write(to: URL(filePath: path), options: .atomic)
            } catch {
                throw FaultLogError(path: path, problem: "cannot be written: \(error.localizedDescription)")
            }
            return log
        case .judged(let folder):
            let path = Self.path(folder, name, seed)
            guard let data = FileManager.default.contents(atPath: path) else {
                throw FaultLogError(path: path, problem: "is not there; keep logs of a run of the matrix first")
            }
            guard let text = MeasuredLog(jsonLines: String(decoding: data, as: UTF8.self)) else {
                throw FaultLogError(path: path, problem: "is no log of a run of the matrix")
            }
            return FaultRun.Log(text: text, seconds: 0)
        }
    }

    private static func path(_ folder: String, _ name: String, _ seed: UInt64) -> String {
        "\(folder)/\(name)-\(seed).jsonl"
    }
}

/// A log of the matrix that cannot be used.
public struct FaultLogError: Error, CustomStringConvertible {
    /// The log's file.
    public let path: String
    /// What is wrong with it, the rest of a sentence.
    public let problem: String
    /// The sentence.
    public var description: String { "\(path) \(problem)" }
}
