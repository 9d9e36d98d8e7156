import Codec
import Dispatch
import Synchronization

/// Does independent work on ``Compute/threads`` threads.
enum ParallelWork {
    /// The results of `work` for `0..<count`, in order. After an error no more is begun; the error of the lowest index is thrown.
    static func map<Value: Sendable>(_ count: Int, _ work: @Sendable (Int) throws -> Value) throws -> [Value] {
        let next = Atomic<Int>(0)
        let results = Mutex<[Result<Value, any Error>?]>([Result<Value, any Error>?](repeating: nil, count: count))
        let hasFailed = Atomic(false)
        DispatchQueue.concurrentPerform(iterations: max(1, min(Compute.threads, count))) { _ in
            while !hasFailed.load(ordering: .relaxed) {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < count else { break }
                let result = Result { try work(index) }
                if case .failure = result { hasFailed.store(true, ordering: .relaxed) }
                results.withLock { $0[index] = result }
            }
        }
        return try results.withLock { $0 }.compactMap { try $0?.get() }
    }
}
