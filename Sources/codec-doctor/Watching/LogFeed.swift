import Foundation
import RunStore
import Synchronization
import TrainingMetrics

/// Brings what is new in the watched logs into the store, on a thread of its own: a busy store never stops the screen.
final class LogFeed: Sendable {
    /// What happened since it was last asked for.
    struct News: Sendable {
        /// Runs that have new samples, the latest last.
        var runs: [Int64] = []
        var notes: [String] = []
        /// Whether nothing will follow.
        var hasEnded = false
        /// Why nothing will follow, when that is an error.
        var failure: String?
    }

    private struct State {
        var news = News()
        var isStopping = false
        var hasCaughtUp = false
    }

    private let state = Mutex(State())
    private let target: WatchTarget
    private let intake: LogIntake
    private let pump: StreamPump?
    private static let folderPause = 2.0

    init(_ target: WatchTarget, intake: LogIntake, isTee: Bool) throws {
        (self.target, self.intake) = (target, intake)
        pump = target == .stream ? try StreamPump(isTee: isTee) : nil
    }

    /// Begins.
    func start() {
        pump?.start()
        Thread.detachNewThread { [self] in
            switch target {
            case .stream: readStream()
            case .path(let path): follow([path])
            case .run(let id, _, let files):
                note(runs: [id])
                follow(files)
            }
        }
    }

    /// Ends after one more look; a stream may go on for so many seconds to end by itself.
    func stop(within seconds: Double) {
        pump?.stop(within: seconds)
        state.withLock { $0.isStopping = true }
    }

    /// Takes what happened since the last call.
    func take() -> News {
        state.withLock { state in
            defer {
                state.news.runs = []
                state.news.notes = []
            }
            return state.news
        }
    }

    /// Whether every log was looked at once.
    var hasCaughtUp: Bool { state.withLock { $0.hasCaughtUp } }
    /// Whether standard output went away while it was passed the stream.
    var hasLostOutput: Bool { pump?.hasLostOutput ?? false }

    /// Whether standard input is what is watched.
    var isStream: Bool { target == .stream }
    /// How messages name what is watched.
    var label: String { target.label }

    private var isStopping: Bool { state.withLock { $0.isStopping } }

    private func note(runs: [Int64] = [], _ notes: [String] = []) {
        state.withLock { state in
            state.news.runs = state.news.runs.filter { !runs.contains($0) } + runs
            state.news.notes += notes
        }
    }

    private func end(_ failure: String? = nil) {
        state.withLock { state in
            state.news.hasEnded = true
            state.news.failure = failure
            state.hasCaughtUp = true
        }
    }

    private func readStream() {
        while true {
            do {
                let report = try intake.ingest(.standardInput) { self.note(runs: $0.runs) }
                note(runs: report.runs.map(\.id))
                return end()
            } catch {
                return end("\(error)")
            }
        }
    }

    /// Looks at files, and at those that appear in folders, until it is stopped.
    private func follow(_ paths: [String]) {
        var followed: [any Followed] = []
        var lastSearch = -Double.infinity
        var isBusyTold = false
        while true {
            let isLast = isStopping
            let now = ProcessInfo.processInfo.systemUptime
            if now - lastSearch >= Self.folderPause || isLast {
                lastSearch = now
                let (files, groups) = Self.inputs(paths)
                for file in files where !followed.contains(where: { $0.path == file.path }) {
                    followed.append(FollowedFile(path: file.path, isFound: file.isFound, intake: intake))
                }
                for group in groups {
                    let known = followed.firstIndex { $0.path == group.path }
                    if let known, var old = followed[known] as? FollowedGroup {
                        old.update(group)
                        followed[known] = old
                    } else if known == nil {
                        followed.append(FollowedGroup(group, intake: intake))
                    }
                }
            }
            for index in followed.indices {
                do {
                    let look = try followed[index].look { self.note(runs: $0) }
                    note(runs: look.runs, look.notes)
                    isBusyTold = false
                } catch let error as RunStoreError {
                    guard case .locked = error else { return end("\(error)") }
                    if !isBusyTold { note(["the store is busy; trying again"]) }
                    isBusyTold = true
                } catch {
                    note(["\(error)"])
                }
            }
            state.withLock { $0.hasCaughtUp = true }
            if isLast { return end() }
            Thread.sleep(forTimeInterval: 0.2)
        }
    }

    /// What paths stand for now; a path that is not there stands for itself.
    private static func inputs(_ paths: [String]) -> (files: [(path: String, isFound: Bool)], groups: [SourceGroup]) {
        var (files, groups): ([(path: String, isFound: Bool)], [SourceGroup]) = ([], [])
        for path in paths {
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            let found = exists && isFolder.boolValue ? FolderSurvey(folder: path).found.map(\.group) : []
            if !isFolder.boolValue {
                let group = SourceGroup(file: path)
                if FollowedGroup.isNeeded(group), exists { groups.append(group) } else { files.append((path, false)) }
            }
            for group in found {
                if FollowedGroup.isNeeded(group) {
                    groups.append(group)
                } else {
                    files += group.sources.map { ($0.path, true) }
                }
            }
        }
        return (files, groups)
    }
}
