import Foundation
import HealthReport
import Synchronization
import Training
import TrainingMetrics

/// Shows a run on standard error as it happens: a screen that is drawn anew on a terminal, lines now and then elsewhere.
final class TrainingDisplay: MetricSink, Sendable {
    /// Where and how to show it.
    enum Manner: Sendable {
        /// Drawn over itself.
        case terminal(TrainingScreen)
        /// Lines.
        case lines
        /// Not at all.
        case quiet
    }

    private struct State: Sendable {
        var progress: RunProgress
        var lastShown: ContinuousClock.Instant?
        var drawnLines = 0
    }

    private let manner: Manner
    private let begun = ContinuousClock.now
    /// Guarded, because a signal is noted from a thread of its own.
    private let state: Mutex<State>

    /// Seconds between lines that nothing but time calls for.
    private static let quietSeconds = 20

    init(_ progress: RunProgress, manner: Manner) {
        self.manner = manner
        state = Mutex(State(progress: progress))
    }

    /// The manner that fits standard error.
    static func manner(isQuiet: Bool) -> Manner {
        if isQuiet { return .quiet }
        guard Console.isErrorTerminal, Console.environment["TERM"] != "dumb" else { return .lines }
        return .terminal(TrainingScreen(style: Console.errorStyle, width: Console.errorWidth))
    }

    func record(_ measured: MeasuredStep) {
        state.withLock { state in
            state.progress.elapsed = (ContinuousClock.now - begun) / .seconds(1)
            state.progress.take(measured)
            switch manner {
            case .quiet: break
            case .terminal(let screen):
                if measured.split != .train || Self.isTime(after: .milliseconds(100), state) { draw(screen, &state) }
            case .lines:
                if measured.split != .train {
                    TrainingScreen.plainValidation(state.progress).map(Console.error)
                } else if Self.isTime(after: .seconds(Self.quietSeconds), state) {
                    state.lastShown = .now
                    Console.error(TrainingScreen.plain(state.progress))
                }
            }
        }
    }

    func flush() {}

    /// Takes what the run itself tells; numbers come as records.
    func take(_ event: TrainingEvent) {
        switch event {
        case .began(let step, _):
            state.withLock { $0.progress.resume(at: step) }
            if step > 0 { note("going on behind step \(step)") }
        case .message(let text): note(text)
        case .validated(_, let notes): for text in notes { note(text) }
        case .stepped, .checked, .saved: break
        }
    }

    /// Shows what a check said; elsewhere than on a terminal only when it says something new.
    func show(_ diagnosis: RunningDiagnosis) {
        state.withLock { state in
            let isNew = state.progress.diagnosis.map { $0.gist != diagnosis.gist } ?? true
            state.progress.diagnosis = diagnosis
            switch manner {
            case .quiet: break
            case .terminal(let screen): draw(screen, &state)
            case .lines: if isNew { TrainingScreen.plainDiagnosis(state.progress).map(Console.error) }
            }
        }
    }

    /// Says something once, above the screen; may be called from any thread.
    func note(_ text: String) {
        if case .quiet = manner { return }
        state.withLock { state in
            send(Self.start(state))
            state.drawnLines = 0
            Console.error(text)
        }
    }

    /// Draws the last state and leaves it on the terminal.
    func finish() {
        guard case .terminal(let screen) = manner else { return }
        state.withLock { state in
            guard state.drawnLines > 0 else { return }
            draw(screen, &state)
            state.drawnLines = 0
        }
    }

    private static func isTime(after pause: Duration, _ state: State) -> Bool {
        state.lastShown.map { ContinuousClock.now - $0 >= pause } ?? true
    }

    private func draw(_ screen: TrainingScreen, _ state: inout State) {
        let lines = screen.lines(state.progress)
        send(Self.start(state) + lines.joined(separator: "\n") + "\n")
        state.lastShown = .now
        state.drawnLines = lines.count
    }

    /// To the first line drawn before, everything behind it cleared; nothing when none was drawn.
    private static func start(_ state: State) -> String {
        state.drawnLines > 0 ? "\u{1B}[\(state.drawnLines)A\r\u{1B}[J" : ""
    }

    private func send(_ text: String) {
        if !text.isEmpty { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
    }
}
