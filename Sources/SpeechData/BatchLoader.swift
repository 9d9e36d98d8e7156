public import Codec
import Dispatch
import Synchronization

/// Prepares the next batches on another thread, so that the training thread does not wait for files.
///
/// What it delivers is exactly ``SpeechBatches/batch(step:)``, step after step. Not Sendable: a loader belongs to one task.
public final class BatchLoader {
    /// Where batches come from.
    public let batches: SpeechBatches
    /// The step whose batch ``next()`` delivers.
    public private(set) var step: Int
    /// Seconds the caller waited in the last ``next()``.
    public private(set) var lastWait = 0.0
    /// Seconds the caller has waited in all.
    public private(set) var totalWait = 0.0

    private let depth: Int
    private let queue = DispatchQueue(label: "batches")
    /// The batches of `step` and the steps after it that were asked for.
    private var pending: [PendingBatch] = []

    /// A loader that begins with `step` and keeps `depth` batches ready.
    public init(_ batches: SpeechBatches, from step: Int = 0, depth: Int = 2) {
        precondition(step >= 0 && depth > 0, "a loader begins at step 0 or later and keeps at least one batch ready")
        self.batches = batches
        self.step = step
        self.depth = depth
        order()
    }

    deinit { abandon() }

    /// The batch of ``step``, `[B, 1, T]`; then goes on to the next step.
    ///
    /// Throws ``SpeechDataError`` when its files cannot be read; the step stays, and the next call tries again.
    public func next() throws(SpeechDataError) -> Tensor {
        order()
        let begun = ContinuousClock.now
        let result = pending.removeFirst().wait()
        lastWait = (ContinuousClock.now - begun) / .seconds(1)
        totalWait += lastWait
        switch result {
        case .success(let values):
            step += 1
            order()
            return Tensor(values, shape: [batches.batchSize, 1, batches.segmentLength])
        case .failure(let error):
            abandon()
            throw error
        }
    }

    /// Goes on with another step.
    public func seek(step: Int) {
        precondition(step >= 0, "steps are counted from 0, but got \(step)")
        guard step != self.step else { return }
        abandon()
        self.step = step
        order()
    }

    /// Gives up what was being prepared and waits until nothing is; ``next()`` starts again.
    public func stop() {
        abandon()
        queue.sync {}
    }

    /// Asks for the batches that are not yet prepared.
    private func order() {
        while pending.count < depth {
            let (batch, step, batches) = (PendingBatch(), step + pending.count, batches)
            pending.append(batch)
            queue.async { batch.prepare { () throws(SpeechDataError) in try batches.values(step: step) } }
        }
    }

    private func abandon() {
        for batch in pending { batch.abandon() }
        pending = []
    }
}

/// A batch that another thread prepares.
private final class PendingBatch: Sendable {
    private let isAbandoned = Atomic(false)
    private let result = Mutex<Result<[Float], SpeechDataError>?>(nil)
    private let isReady = DispatchSemaphore(value: 0)

    func prepare(_ values: () throws(SpeechDataError) -> [Float]) {
        guard !isAbandoned.load(ordering: .relaxed) else { return }
        let outcome = Result { () throws(SpeechDataError) in try values() }
        result.withLock { $0 = outcome }
        isReady.signal()
    }

    func abandon() { isAbandoned.store(true, ordering: .relaxed) }

    /// The batch, once it is ready; asked for once, of one that was not abandoned.
    func wait() -> Result<[Float], SpeechDataError> {
        isReady.wait()
        return result.withLock { $0 } ?? .success([])
    }
}
