import Dispatch
import Foundation
import Synchronization

/// How many threads the codec's operations use.
///
/// There is one level of threads: an operation spreads its own work over them, and OpenBLAS runs with one thread inside.
/// Results do not depend on timing; with another number of threads, sums may be split elsewhere.
public enum Compute {
    private static let chosenThreads = Atomic<Int>(0)
    // Asking the system takes some 30 µs, more than a small operation.
    private static let coreCount = ProcessInfo.processInfo.activeProcessorCount

    /// The number of threads, at least 1; the machine's cores unless set.
    public static var threads: Int {
        get {
            let chosen = chosenThreads.load(ordering: .relaxed)
            return chosen > 0 ? chosen : coreCount
        }
        set { chosenThreads.store(max(1, newValue), ordering: .relaxed) }
    }
}

/// Spreads independent pieces of one operation over ``Compute/threads`` threads and waits for them.
enum WorkerPool {
    /// The threads an operation that begins here may use: one inside a piece.
    static var threads: Int { isInsidePiece ? 1 : Compute.threads }

    /// The results of large independent tasks, each with tensors of its own, in order.
    ///
    /// With at least two tasks for every thread, threads take one task after another, whose operations run on that thread. Else one
    /// task follows another, and their operations use all threads; so they do while an ``ActivationRecorder`` listens.
    static func tasks<Result>(_ count: Int, _ body: (Int) -> Result) -> [Result] {
        guard threads > 1, count >= 2 * threads, ActivationRecorder.current == nil else { return (0..<count).map(body) }
        let (isRecording, level) = (GradientMode.isRecording, ConvolutionKernel.level)
        var results = [Result?](repeating: nil, count: count)
        results.withUnsafeMutableBufferPointer { buffer in
            // Every task writes its own element.
            nonisolated(unsafe) let buffer = buffer
            run(count) { index in
                buffer[index] = GradientMode.$isRecording.withValue(isRecording) {
                    ConvolutionKernel.$level.withValue(level) { body(index) }
                }
            }
        }
        return results.compactMap { $0 }
    }

    /// Calls `body` once with every index in `0..<count`, in no particular order. Pieces must not write the same memory.
    /// Runs on the calling thread when there is one piece or one thread, or when called from inside a piece.
    static func run(_ count: Int, _ body: (Int) -> Void) {
        let threads = min(threads, count)
        guard threads > 1 else {
            for index in 0..<count { body(index) }
            return
        }
        let next = Atomic<Int>(0)
        withoutActuallyEscaping(body) { escapable in
            // Pieces are independent by contract, and this call waits for all of them.
            nonisolated(unsafe) let body = escapable
            DispatchQueue.concurrentPerform(iterations: threads) { _ in
                $isInsidePiece.withValue(true) {
                    while true {
                        let index = next.add(1, ordering: .relaxed).oldValue
                        if index >= count { break }
                        body(index)
                    }
                }
            }
        }
    }

    /// Cuts `0..<count` into one contiguous range per thread, each at least `grain` long, and calls `body` with each.
    static func runRanges(_ count: Int, grain: Int, _ body: (Range<Int>) -> Void) {
        let pieces = max(1, min(threads, count / max(1, grain)))
        let size = (count + pieces - 1) / max(1, pieces)
        run(pieces) { piece in
            let start = piece * size
            let end = min(count, start + size)
            if start < end { body(start..<end) }
        }
    }

    @TaskLocal private static var isInsidePiece = false
}
