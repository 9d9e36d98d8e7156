import Foundation
import Synchronization

/// Turns SIGINT and SIGTERM into a wish to end: the first is noted, the second ends the process at once with status 128 + signal.
/// A reader that goes away makes writing fail instead of ending the process. Programs started meanwhile get the usual signals.
enum Interruption {
    // A signal handler can capture nothing and take no lock: the number of the first signal has to be a global atomic.
    private static let received = Atomic<Int32>(0)

    /// Begins to listen; holds until the process ends.
    static func listen() {
        let note: @convention(c) (Int32) -> Void = { number in
            let isFirst = Interruption.received.compareExchange(expected: 0, desired: number, ordering: .relaxed)
                .exchanged
            if !isFirst { _exit(128 + number) }
        }
        for number in [SIGINT, SIGTERM] { Foundation.signal(number, note) }
        // A handler, unlike SIG_IGN, is not inherited by programs that are started.
        Foundation.signal(SIGPIPE) { _ in }
    }

    /// The first signal, `nil` while there was none.
    static var signal: Int32? {
        let number = received.load(ordering: .relaxed)
        return number == 0 ? nil : number
    }
}
