import Foundation
import RunStore
import TrainingMetrics

/// A log that is looked at again and again: it may not be there yet, grow, be cut off, be replaced, or be moved aside by a log
/// rotation while its trainer goes on in a new file.
///
/// Files are asked for their size five times a second; unlike notifications this also works on network file systems, and costs
/// nothing that can be measured.
struct FollowedFile: Followed {
    /// What a look found.
    struct Look {
        /// Runs that have new samples.
        var runs: [Int64] = []
        /// What happened to the file, for people.
        var notes: [String] = []
    }

    /// What a file looks like from outside.
    private struct Appearance: Equatable {
        let device: UInt64
        let inode: UInt64
        let size: Int64
        let changed: Double

        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else { return nil }
            (device, inode, size) = (UInt64(status.st_dev), UInt64(status.st_ino), Int64(status.st_size))
            changed = Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9
        }

        func isSameFile(as other: Appearance) -> Bool { device == other.device && inode == other.inode }
    }

    let path: String
    /// Whether it was only found in a folder: then it need not be a log.
    let isFound: Bool
    private let intake: LogIntake
    private var seen: Appearance?
    /// The run the file's samples go to.
    private var run: RunRecord?
    private var isMissed = false
    private var lastProblem: String?

    init(path: String, isFound: Bool, intake: LogIntake) {
        (self.path, self.isFound, self.intake) = (path, isFound, intake)
    }

    /// Whether anything of it is in the store.
    var isKnown: Bool { run != nil }

    /// Stores what is new; `progress` gets the runs it goes to while a long log is still being read.
    /// - Throws: `RunStoreError` when the store refuses; the same is tried again at the next look.
    mutating func look(progress: ([Int64]) -> Void = { _ in }) throws -> Look {
        var look = Look()
        guard let now = Appearance(path) else {
            if !isMissed {
                isMissed = true
                look.notes.append(seen == nil ? "waiting for \(path)" : "\(path) is gone; waiting for it to come back")
            }
            if let seen, run != nil { try finish(seen, &look, progress) }
            return look
        }
        guard now != seen else { return look }
        var joins: RunRecord?
        if let seen, let run, !now.isSameFile(as: seen) || now.size < seen.size {
            let moved = !now.isSameFile(as: seen)
            if moved { try finish(seen, &look, progress) }
            switch try Continuation(of: run, in: path, format: intake.format, store: intake.store) {
            case .undecided: return look
            case .continues:
                joins = run
                look.notes.append("\(path) was \(moved ? "replaced" : "cut off") and goes on behind what was read")
            case .begins:
                look.notes.append("\(path) was \(moved ? "replaced" : "cut off") and begins anew: a new run")
            }
        }
        isMissed = false
        try ingest(path, joining: joins, &look, progress)
        seen = now
        return look
    }

    /// Reads the end of a file that was moved aside, if it is still in the same folder.
    private mutating func finish(_ old: Appearance, _ look: inout Look, _ progress: ([Int64]) -> Void) throws {
        let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names.sorted() {
            let place = "\(folder)\(folder.hasSuffix("/") ? "" : "/")\(name)"
            guard let found = Appearance(place), found.isSameFile(as: old), found.size > old.size else { continue }
            try ingest(place, joining: run, &look, progress)
            seen = found
            return
        }
    }

    private mutating func ingest(
        _ place: String,
        joining: RunRecord?,
        _ look: inout Look,
        _ progress: ([Int64]) -> Void
    ) throws {
        do {
            let report = try intake.ingest(.file(path: place), as: joining?.name, joins: joining != nil) {
                progress($0.runs)
            }
            if report.newSamples > 0 || run == nil { look.runs += report.runs.map(\.id) }
            run = report.runs.last ?? run
            lastProblem = nil
        } catch let error as IngestError {
            // A log that has just begun holds no metric yet, and a moment later it does.
            let problem = "\(error)"
            if problem != lastProblem, !isFound, seen?.size ?? 0 > 0 { look.notes.append(problem) }
            lastProblem = problem
        }
    }
}
