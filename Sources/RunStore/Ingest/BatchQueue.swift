import Foundation
import Synchronization

/// A short queue between the thread that reads a log and the one that stores it: the reader waits while it is full.
final class BatchQueue: Sendable {
    private struct State {
        var events: [SourceReader.Event] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    // Both begin at 0: a semaphore that ends below where it began traps when it is released.
    private let room = DispatchSemaphore(value: 0)
    private let filled = DispatchSemaphore(value: 0)

    init(capacity: Int) { for _ in 0..<capacity { room.signal() } }

    /// Hands an event over, waiting for room.
    /// - Returns: whether somebody still wants it.
    func push(_ event: SourceReader.Event) -> Bool {
        room.wait()
        let isWanted = state.withLock { state in
            if !state.isClosed { state.events.append(event) }
            return !state.isClosed
        }
        // Whoever else waits for room must learn of the end, too.
        if isWanted { filled.signal() } else { room.signal() }
        return isWanted
    }

    /// Takes the oldest event, waiting for it.
    func pop() -> SourceReader.Event {
        filled.wait()
        let event = state.withLock { $0.events.removeFirst() }
        room.signal()
        return event
    }

    /// Nothing will be taken any more: a waiting or later `push` returns `false`.
    func close() {
        state.withLock { $0.isClosed = true }
        room.signal()
    }
}
