import Synchronization

/// How much of a preparation is done, by the sizes of files: a tenth for looking at them, the rest for preparing.
final class ProgressMeter: Sendable {
    private let sizes: [Int]
    private let total: Double
    private let done = Mutex(0.0)
    private let progress: @Sendable (Double) -> Void

    init(sizes: [Int], progress: @escaping @Sendable (Double) -> Void) {
        self.sizes = sizes
        self.progress = progress
        total = Double(max(1, sizes.reduce(0, +)))
    }

    /// A file's content is known.
    func looked(at index: Int) { add(0.1 * Double(sizes[index])) }

    /// A file is prepared.
    func prepared(_ index: Int) { add(0.9 * Double(sizes[index])) }

    private func add(_ bytes: Double) {
        let share = done.withLock { done in
            done += bytes
            return done / total
        }
        progress(share)
    }
}
