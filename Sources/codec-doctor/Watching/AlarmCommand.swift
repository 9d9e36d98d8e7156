import Foundation
import HealthReport
import HealthRules

/// Runs the user's command when a finding comes or gets worse: at most one at a time, and one in a while. Findings that come in
/// between are counted and told with the next call; what a log holds reaches the command only through its environment.
final class AlarmCommand {
    private struct Waiting {
        let finding: Finding
        let status: WatchStatus
        let change: String
    }

    private let words: [String]
    private let severity: Severity
    private let pause: Double
    private let isPreview: (RuleID) -> Bool
    private var waiting: [Waiting] = []
    private var lastStart = -Double.infinity
    private var process: Process?

    /// A command, cut into words, for findings of a severity or worse; `pause` is the seconds from one start to the next.
    init(words: [String], severity: Severity, pause: Double) {
        (self.words, self.severity, self.pause) = (words, severity, pause)
        let preview = Set(RuleRegistry.all.map(\.description).filter(\.isPreview).map(\.id))
        isPreview = { preview.contains($0) }
    }

    /// Takes a change; good news and findings that are too mild are passed over.
    func take(_ change: FindingTracker.Change, _ status: WatchStatus) {
        guard change.isBad, change.finding.severity >= severity, !isPreview(change.finding.rule) else { return }
        waiting.append(Waiting(finding: change.finding, status: status, change: change.word))
    }

    /// Starts the command when it is time, and reports how the last one ended.
    /// - Returns: what to tell, sentences.
    func step(now: Double) -> [String] {
        var notes: [String] = []
        if let process {
            guard !process.isRunning else { return [] }
            self.process = nil
            if process.terminationReason == .uncaughtSignal {
                notes.append("the --exec command was ended by signal \(process.terminationStatus)")
            } else if process.terminationStatus != 0 {
                notes.append("the --exec command failed with status \(process.terminationStatus)")
            }
        }
        guard !waiting.isEmpty, now - lastStart >= pause else { return notes }
        lastStart = now
        // The most severe, of equals the first.
        let worst = waiting.map(\.finding.severity).max()
        guard let told = waiting.first(where: { $0.finding.severity == worst }) else { return notes }
        let others = waiting.count - 1
        waiting = []
        do {
            process = try start(told, others: others)
            notes.append("started the --exec command for \(told.finding.rule)")
        } catch {
            notes.append("the --exec command '\(words[0])' cannot be started: \(error.localizedDescription)")
        }
        return notes
    }

    /// Waits for a command that is running, not longer than so many seconds.
    func finish(within seconds: Double, now: () -> Double) -> [String] {
        let deadline = now() + seconds
        var notes = step(now: now())
        while let process, process.isRunning, now() < deadline { Thread.sleep(forTimeInterval: 0.05) }
        if let process, process.isRunning {
            notes.append("the --exec command is still running; it is left alone")
        } else {
            notes += step(now: lastStart)
        }
        return notes
    }

    private func start(_ told: Waiting, others: Int) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: try Self.program(words[0]))
        process.arguments = Array(words.dropFirst())
        process.environment = Console.environment.merging(Self.environment(told, others: others)) { _, new in new }
        process.standardInput = FileHandle.nullDevice
        // Standard output may carry the log or JSON.
        process.standardOutput = FileHandle.standardError
        process.standardError = FileHandle.standardError
        try process.run()
        return process
    }

    private static func environment(_ told: Waiting, others: Int) -> [String: String] {
        let (finding, status) = (told.finding, told.status)
        let values: [(String, String)] = [
            ("RULE", finding.rule.rawValue), ("NAME", finding.name), ("SUBJECT", finding.subject),
            ("SEVERITY", finding.severity.rawValue), ("CONFIDENCE", finding.confidence.rawValue),
            ("CHANGE", told.change), ("MESSAGE", finding.message), ("RUN", status.runName),
            ("RUN_ID", String(status.runID)), ("STEP", String(finding.episode.firstPosition)),
            ("LAST_STEP", status.position.map { String($0) } ?? ""),
            ("EPOCH", finding.episode.firstEpoch.map { NumberText.position($0) } ?? ""),
            ("VERDICT", status.verdict.rawValue), ("OTHERS", String(others)),
        ]
        return Dictionary(
            values.map { ("CODEC_DOCTOR_" + $0.0, TerminalText.escaped($0.1)) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The file of a program: a path as it is, a name looked for in `PATH`.
    static func program(_ name: String) throws -> String {
        if name.contains("/") { return name }
        let folders = (Console.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
        for folder in folders {
            let path = "\(folder)/\(name)"
            if FileManager.default.isExecutableFile(atPath: path) { return path }
        }
        throw AlarmCommandError.notFound(name)
    }
}

/// A command that cannot be run.
enum AlarmCommandError: Error, LocalizedError, CustomStringConvertible {
    /// No folder of `PATH` has it.
    case notFound(String)

    var description: String {
        switch self {
        case .notFound(let name): "there is no program '\(name)' in PATH"
        }
    }
    var errorDescription: String? { description }
}
