import Foundation
import Synchronization

/// A short queue between the thread that reads a log and the one that stores it: the reader waits while it is full.
final class BatchQueue<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let room: DispatchSemaphore
    private let filled = DispatchSemaphore(value: 0)

    init(capacity: Int) { room = DispatchSemaphore(value: capacity) }

    /// Hands an element over, waiting for room.
    /// - Returns: whether somebody still wants it.
    func push(_ element: Element) -> Bool {
        room.wait()
        let isWanted = state.withLock { state in
            if !state.isClosed { state.elements.append(element) }
            return !state.isClosed
        }
        // Whoever else waits for room must learn of the end, too.
        if isWanted { filled.signal() } else { room.signal() }
        return isWanted
    }

    /// Takes the oldest element, waiting for it.
    func pop() -> Element {
        filled.wait()
        let element = state.withLock { $0.elements.removeFirst() }
        room.signal()
        return element
    }

    /// Nothing will be taken any more: a waiting or later `push` returns `false`.
    func close() {
        state.withLock { $0.isClosed = true }
        room.signal()
    }
}
