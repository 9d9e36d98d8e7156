import Foundation
import RunStore

/// Files of a folder that are one run together, or need a reader of their own (event files, MLflow's metrics), looked at again and again.
/// A file that appears later joins their run.
struct FollowedGroup: Followed {
    /// The group's folder or file.
    var path: String { group.path }
    private var group: SourceGroup
    private let intake: LogIntake
    private var sizes: [String: Int64] = [:]
    private var lastProblem: String?

    init(_ group: SourceGroup, intake: LogIntake) { (self.group, self.intake) = (group, intake) }

    /// Whether a group found in a folder is followed as a whole rather than file by file.
    static func isNeeded(_ group: SourceGroup) -> Bool {
        group.sources.count != 1 || group.name != nil || group.sources.contains { $0.reader != nil }
    }

    /// What the folder holds of it now.
    mutating func update(_ found: SourceGroup) { group = found }

    /// Stores what is new; `progress` gets the runs it goes to.
    /// - Throws: `RunStoreError` when the store refuses; the same is tried again at the next look.
    mutating func look(progress: ([Int64]) -> Void) throws -> FollowedFile.Look {
        var look = FollowedFile.Look()
        let now = Dictionary(
            group.sources.map {
                ($0.path, (try? FileManager.default.attributesOfItem(atPath: $0.path)[.size] as? Int64) ?? 0)
            },
            uniquingKeysWith: { first, _ in first }
        )
        guard now != sizes else { return look }
        do {
            let report = try intake.ingest(group) { progress($0.runs) }
            if report.newSamples > 0 || sizes.isEmpty { look.runs = report.runs.map(\.id) }
            lastProblem = nil
        } catch let error as IngestError {
            let problem = "\(error)"
            if problem != lastProblem, !sizes.isEmpty { look.notes.append(problem) }
            lastProblem = problem
        }
        sizes = now
        return look
    }
}
