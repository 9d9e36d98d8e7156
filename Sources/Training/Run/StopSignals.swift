import Dispatch
import Foundation
import Synchronization

/// Turns SIGINT and SIGTERM into a wish to stop: a run finishes its step, writes a checkpoint and leaves with status 128 + signal (130
/// or 143). A second signal ends the process at once with that status; the run can still be resumed.
///
/// Holds for the whole process while the value lives. Writing beyond a limit of file size is from then on an error instead of the end.
public final class StopSignals: Sendable {
    private let received = Mutex<Int32?>(nil)
    /// Set once, before anything else can see them.
    private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

    /// Begins to listen; `onFirst` is called on another thread with the number of the first signal.
    public init(onFirst: @escaping @Sendable (Int32) -> Void = { _ in }) {
        signal(SIGXFSZ, SIG_IGN)
        let numbers = [SIGINT, SIGTERM]
        let queue = DispatchQueue(label: "signals")
        sources = numbers.map { DispatchSource.makeSignalSource(signal: $0, queue: queue) }
        let listening = DispatchSemaphore(value: 0)
        for (number, source) in zip(numbers, sources) {
            signal(number, SIG_IGN)
            source.setRegistrationHandler { listening.signal() }
            source.setEventHandler { [weak self] in
                guard let self else { return }
                let isFirst = received.withLock { first in
                    defer { first = first ?? number }
                    return first == nil
                }
                guard isFirst else { _exit(128 + number) }
                onFirst(number)
            }
            source.resume()
        }
        // A signal that came before would be lost.
        for _ in numbers { listening.wait() }
    }

    deinit {
        for source in sources { source.cancel() }
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }

    /// The first signal, `nil` while there was none.
    public var signalReceived: Int32? { received.withLock { $0 } }
}
