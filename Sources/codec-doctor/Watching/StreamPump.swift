import Foundation
import Synchronization

/// Takes standard input over: everything that comes is passed on to standard output first, byte for byte and at once where that is
/// wanted, then to a pipe that stands in for standard input.
///
/// When standard output goes away the bytes are still stored: whoever writes them must not be killed by us before they are. When
/// reading the pipe falls a megabyte behind, the writer is made to wait, and nothing is lost.
final class StreamPump: Sendable {
    private struct State {
        /// When to end though more may come; `nil` for never.
        var deadline: ContinuousClock.Instant?
        var hasLostOutput = false
    }

    private let state = Mutex(State())
    private let input: Int32
    private let output: Int32?
    private let pipe: Int32

    /// Puts the pump between standard input and its readers.
    init(isTee: Bool) throws {
        let original = dup(STDIN_FILENO)
        guard original >= 0, let ends = DescriptorPipe.make() else { throw StreamPumpError.noDescriptor }
        _ = fcntl(original, F_SETFD, FD_CLOEXEC)
        dup2(ends.reading, STDIN_FILENO)
        close(ends.reading)
        (input, pipe) = (original, ends.writing)
        output = isTee ? STDOUT_FILENO : nil
    }

    /// Begins to pass bytes on.
    func start() { Thread.detachNewThread { self.run() } }

    /// Ends the stream behind what is there now, or with its own end when that comes within so many seconds.
    func stop(within seconds: Double) { state.withLock { $0.deadline = .now + .seconds(seconds) } }

    /// Whether standard output went away.
    var hasLostOutput: Bool { state.withLock { $0.hasLostOutput } }

    private func run() {
        var isPassing = output != nil
        while true {
            let isOver = state.withLock { $0.deadline.map { $0 <= .now } ?? false }
            switch DescriptorPipe.read(input, waiting: isOver ? 0 : 100) {
            case .nothingYet:
                if isOver { return end() }
            case .end:
                return end()
            case .bytes(let bytes):
                if isPassing, let output, !DescriptorPipe.write(bytes, to: output) {
                    isPassing = false
                    state.withLock { $0.hasLostOutput = true }
                }
                guard DescriptorPipe.write(bytes, to: pipe) else { return end() }
            }
        }
    }

    private func end() { close(pipe) }
}

/// Standard input that cannot be taken over.
enum StreamPumpError: Error, CustomStringConvertible {
    /// No descriptor is left.
    case noDescriptor

    var description: String { "standard input cannot be read: it is closed, or too many files are open" }
}
