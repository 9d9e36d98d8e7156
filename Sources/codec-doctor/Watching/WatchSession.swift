import ArgumentParser
import Foundation
import HealthRules
import RunStore

/// Watches until an end condition: takes what the feed brings, checks runs, tells what changed, runs the user's command.
final class WatchSession {
    /// What ends it, and what it does besides telling.
    struct Settings {
        var isOnce = false
        var untilError = false
        /// Seconds until it ends, `nil` for no limit.
        var seconds: Double?
        /// Seconds between heartbeats, 0 for none.
        var heartbeat = 60.0
        var failOn = FailureLevel.error
        /// Samples kept in memory for all runs together, about 40 bytes each.
        var keptSamples = 1 << 18
    }

    /// Seconds a stream may still take to end after Ctrl-C.
    private static let endingSeconds = 5.0

    private let settings: Settings
    private let judge: FollowedRun.Judge
    private let feed: LogFeed
    private let output: WatchOutput
    private let alarm: AlarmCommand?
    private var stop: TrainingStop?
    private var runs: [FollowedRun] = []
    private let begun = WatchSession.now
    private var lastHeartbeat = WatchSession.now
    private var hasSeenError = false
    private var hasToldLostOutput = false

    init(
        _ settings: Settings,
        judge: FollowedRun.Judge,
        feed: LogFeed,
        output: WatchOutput,
        alarm: AlarmCommand?,
        stop: TrainingStop?
    ) {
        (self.settings, self.judge, self.feed, self.output) = (settings, judge, feed, output)
        (self.alarm, self.stop) = (alarm, stop)
    }

    /// Seconds since 1970.
    private static var now: Double { Date().timeIntervalSince1970 }

    /// Watches.
    /// - Throws: `ExitStatus.findings` when the last check calls for it, `ExitStatus.couldNotRun` when nothing could be watched.
    func run() throws {
        feed.start()
        var reason = ""
        while true {
            let news = feed.take()
            let now = Self.now
            for note in news.notes { output.tell(.note(note)) }
            for run in news.runs { try follow(run, now: now) }
            let isComplete = news.hasEnded || settings.isOnce && feed.hasCaughtUp
            if !isComplete || !settings.isOnce { try check(now: now) }
            act(now: now)
            if let end = ending(news, isComplete: isComplete, now: now) {
                reason = end
                break
            }
            output.draw(runs.compactMap { $0.status(now: now) }, now: now)
            Thread.sleep(forTimeInterval: 0.1)
        }
        try finish(reason)
    }

    /// Why it ends now, `nil` to go on.
    private func ending(_ news: LogFeed.News, isComplete: Bool, now: Double) -> String? {
        if let signal = Interruption.signal { return signal == SIGINT ? "interrupted" : "asked to end" }
        if news.hasEnded { return news.failure == nil ? "the input has ended" : "the input failed" }
        if isComplete { return "looked once" }
        if settings.untilError, hasSeenError { return "an error was found" }
        if let seconds = settings.seconds, now - begun >= seconds { return "\(DurationText.clock(seconds)) are over" }
        if stop?.hasEnded == true { return "the training process has ended" }
        if output.isLost, !isStream { return "nobody reads the output any more" }
        return nil
    }

    private var isStream: Bool { feed.isStream }

    /// Begins to follow a run; the store may not have it any more.
    private func follow(_ id: Int64, now: Double) throws {
        guard !runs.contains(where: { $0.id == id }), let record = try judge.store.run(id: id) else { return }
        let share = settings.keptSamples / (runs.count + 1)
        for index in runs.indices { runs[index].limit(to: share) }
        runs.append(try FollowedRun(record, judge: judge, sampleLimit: share, now: now))
        output.tell(.run(id: id, name: record.name))
    }

    /// Checks every run for which it is time and tells what changed.
    private func check(now: Double, isForced: Bool = false, isEnded: Bool = false) throws {
        var gone: [Int64] = []
        for index in runs.indices {
            do {
                let changes = try runs[index].update(now: now, isForced: isForced, isEnded: isEnded)
                guard let changes, let status = runs[index].status(now: now) else { continue }
                for change in changes {
                    output.tell(.finding(change, status))
                    if !runs[index].wasKnown(change.finding) { alarm?.take(change, status) }
                }
                if !changes.isEmpty, !isForced { save(runs[index]) }
                if status.verdict == .failing { hasSeenError = true }
            } catch let error as RunStoreError {
                switch error {
                case .locked: continue
                case .unknownRun:
                    output.tell(.note("run \(runs[index].id) was removed from the store"))
                    gone.append(runs[index].id)
                default: throw error
                }
            }
        }
        runs.removeAll { gone.contains($0.id) }
    }

    /// Keeps what was found in the store; when that is busy, the next time.
    private func save(_ run: FollowedRun) {
        do {
            try run.saveFindings()
        } catch {
            output.tell(.note("the findings of run \(run.id) could not be kept: \(error)"))
        }
    }

    /// The user's command, the training process, heartbeats.
    private func act(now: Double) {
        for note in alarm?.step(now: now) ?? [] { output.tell(.note(note)) }
        for note in stop?.step(runs, now: now) ?? [] { output.tell(.note(note)) }
        if feed.hasLostOutput, !hasToldLostOutput {
            hasToldLostOutput = true
            output.tell(.note("nobody reads standard output any more; the log is still stored"))
        }
        guard settings.heartbeat > 0, now - lastHeartbeat >= settings.heartbeat, output.manner != .screen else {
            return
        }
        lastHeartbeat = now
        for run in runs where run.isLive || runs.count == 1 {
            if let status = run.status(now: now) { output.tell(.heartbeat(status)) }
        }
    }

    /// A last look at the logs, a last check, the summary and the exit status.
    private func finish(_ reason: String) throws {
        // Whoever is ended by the same Ctrl-C may have last words.
        let patience = Interruption.signal != nil ? Self.endingSeconds : 0
        feed.stop(within: patience)
        let deadline = Self.now + patience + Self.endingSeconds
        var news = feed.take()
        while !news.hasEnded, Self.now < deadline {
            Thread.sleep(forTimeInterval: 0.02)
            let more = feed.take()
            news.runs += more.runs
            news.notes += more.notes
            (news.hasEnded, news.failure) = (more.hasEnded, more.failure)
        }
        let now = Self.now
        for note in news.notes { output.tell(.note(note)) }
        for run in news.runs { try follow(run, now: now) }
        let isEnded = settings.isOnce || isStream && Interruption.signal == nil
        try check(now: now, isForced: true, isEnded: isEnded)
        for run in runs { save(run) }
        for note in alarm?.finish(within: Self.endingSeconds, now: { Self.now }) ?? [] { output.tell(.note(note)) }
        let statuses = runs.compactMap { $0.status(now: now) }
        output.draw(statuses, now: now, isLast: true)
        output.tell(.summary(statuses, seconds: now - begun, reason: reason))
        if let failure = news.failure {
            Console.error("codec-doctor: \(failure)")
            throw ExitStatus.couldNotRun
        }
        guard !statuses.isEmpty else {
            Console.error("codec-doctor: nothing was measured in \(feed.label)")
            throw ExitStatus.couldNotRun
        }
        if runs.contains(where: { $0.fails(at: settings.failOn) }) { throw ExitStatus.findings }
    }
}
