import Foundation
import HealthRules

/// Ends the training process: asks first, waits, and only then, where that was allowed, kills.
struct TrainingStop {
    private enum Stage: Equatable {
        case watching
        case asked(at: Double)
        case gaveUp
        case ended
    }

    private let process: WatchedProcess
    private let grace: Double
    private let kills: Bool
    private let decision = StopDecision()
    private var stage = Stage.watching
    /// The finding the process was ended for.
    private(set) var reason: Finding?

    init(_ process: WatchedProcess, grace: Double, kills: Bool) {
        (self.process, self.grace, self.kills) = (process, grace, kills)
    }

    /// Whether the process is gone, by itself or by us.
    var hasEnded: Bool { stage == .ended }

    /// Looks at the process and at the runs.
    /// - Returns: what to tell, sentences.
    mutating func step(_ runs: [FollowedRun], now: Double) -> [String] {
        guard stage != .ended else { return [] }
        guard process.isRunning else {
            let wasAsked = stage != .watching
            stage = .ended
            return ["process \(process.pid) has ended" + (wasAsked ? "" : " by itself")]
        }
        switch stage {
        case .watching:
            let decision = decision
            let reasons = runs.lazy.compactMap { run in run.stopReason(decision).map { (run, $0) } }
            guard let (run, finding) = reasons.first else { return [] }
            reason = finding
            let why = "\(finding.rule) \(finding.name) in run \(run.id) (\(run.name))"
            guard process.send(SIGTERM) else { return ["process \(process.pid) could not be asked to end for \(why)"] }
            stage = .asked(at: now)
            return ["asked process \(process.pid) to end (SIGTERM) for \(why): \(finding.message)"]
        case .asked(let time) where now - time >= grace:
            stage = .gaveUp
            guard kills else {
                return [
                    "process \(process.pid) has not ended \(Int(grace)) s after SIGTERM; it is left alone without --kill"
                ]
            }
            return [
                process.send(SIGKILL)
                    ? "killed process \(process.pid) (SIGKILL), which had not ended \(Int(grace)) s after SIGTERM"
                    : "process \(process.pid) could not be killed"
            ]
        case .asked, .gaveUp, .ended: return []
        }
    }
}
