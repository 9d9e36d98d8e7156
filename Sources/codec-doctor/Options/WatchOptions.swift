import ArgumentParser
import HealthRules
import TrainingMetrics

/// How watched logs are read.
struct WatchReadingOptions: ParsableArguments {
    @Option(
        help: "Read as this format instead of detecting it.",
        completion: Completions.formats,
        transform: Self.format
    )
    var inputFormat: LogFormat?

    @Option(help: ArgumentHelp("Name of the run, for a log that is new to the store.", valueName: "name"))
    var name: String?

    @Option(
        help: ArgumentHelp(
            "Samples kept in memory, 40 bytes each; a longer run is judged by an even part of its records.",
            valueName: "count"
        )
    )
    var keep = 1 << 18

    @Flag(
        help:
            "Pass standard input on to standard output, unchanged and at once; what watch says goes to standard error."
    )
    var tee = false

    mutating func validate() throws {
        guard keep >= 1024 else { throw ValidationError("--keep: at least 1024 samples") }
    }

    private static func format(_ text: String) throws -> LogFormat {
        guard let format = LogFormat(rawValue: text) else {
            let known = LogFormat.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("there is no format '\(text)'; formats: \(known)")
        }
        return format
    }
}

/// When watching ends.
struct WatchEndOptions: ParsableArguments {
    @Flag(help: "Read what is there, check it, and end.")
    var once = false

    @Flag(help: "End as soon as there is an error.")
    var untilError = false

    @Option(name: .customLong("for"), help: ArgumentHelp("End after so many seconds.", valueName: "seconds"))
    var seconds: Double?

    mutating func validate() throws {
        if let seconds, !(seconds > 0 && seconds.isFinite) { throw ValidationError("--for: more than 0 seconds") }
    }

    /// The settings of a session.
    func settings(heartbeat: Double, failOn: FailureLevel, keptSamples: Int) -> WatchSession.Settings {
        WatchSession.Settings(
            isOnce: once,
            untilError: untilError,
            seconds: seconds,
            heartbeat: heartbeat,
            failOn: failOn,
            keptSamples: keptSamples
        )
    }
}

/// What is done when something is found.
struct WatchActionOptions: ParsableArguments {
    /// From which severity on a command is run.
    enum Level: String, CaseIterable, ExpressibleByArgument {
        case warning, error

        var severity: Severity { self == .error ? .error : .warning }
    }

    @Option(
        help: ArgumentHelp(
            "Run this command on a new finding; the finding is in CODEC_DOCTOR_RULE, _SEVERITY, _MESSAGE, _RUN, _STEP and others.",
            discussion: "Cut into words as a shell does, and run without one.",
            valueName: "command"
        )
    )
    var exec: String?

    @Option(help: "From which severity on: warning or error.")
    var execOn: Level = .error

    @Option(help: ArgumentHelp("Seconds from one start of the command to the next at least.", valueName: "seconds"))
    var execEvery = 60.0

    @Option(
        help: ArgumentHelp(
            "End this process (SIGTERM) on an error that is certain enough, see docs/watch.md.",
            valueName: "pid"
        )
    )
    var stopPid: Int32?

    @Option(help: ArgumentHelp("Seconds the process has to end by itself.", valueName: "seconds"))
    var grace = 60.0

    @Flag(help: "Kill the process (SIGKILL) when it has not ended after that.")
    var kill = false

    mutating func validate() throws {
        guard grace >= 0, grace.isFinite else { throw ValidationError("--grace: 0 or more seconds") }
        guard execEvery >= 0, execEvery.isFinite else { throw ValidationError("--exec-every: 0 or more seconds") }
        if kill, stopPid == nil { throw ValidationError("--kill goes with --stop-pid") }
        if let exec {
            do { _ = try ShellWords.split(exec) } catch { throw ValidationError("--exec: \(error)") }
        }
    }

    /// The command to run, `nil` for none.
    func alarm() throws -> AlarmCommand? {
        try exec.map {
            let words = try ShellWords.split($0)
            _ = try AlarmCommand.program(words[0])
            return AlarmCommand(words: words, severity: execOn.severity, pause: execEvery)
        }
    }

    /// The process to end, `nil` for none.
    func trainingStop() throws -> TrainingStop? {
        try stopPid.map { TrainingStop(try WatchedProcess(pid: $0), grace: grace, kills: kill) }
    }
}
