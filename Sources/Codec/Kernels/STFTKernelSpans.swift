/// The samples of all chunks of some signals, each chunk's own, so that threads need not wait for each other where frames overlap.
final class SpanSet {
    private let layout: FrameLayout
    private let items: Int
    private let chunks: [Range<Int>]
    private let stride: Int
    private let storage: TensorStorage
    private let base: UnsafeMutablePointer<Float>

    /// Zeros for every chunk of every item.
    init(layout: FrameLayout, items: Int) {
        self.layout = layout
        self.items = items
        chunks = layout.chunks
        stride = chunks.map(layout.spanLength).max() ?? 0
        storage = TensorStorage(count: items * chunks.count * stride, repeating: 0)
        base = storage.mutablePointer
    }

    /// The number of chunks of all items.
    var count: Int { items * chunks.count }

    /// Which item and which frames chunk `unit` has.
    func place(_ unit: Int) -> (item: Int, frames: Range<Int>) {
        (unit / chunks.count, chunks[unit % chunks.count])
    }

    /// The samples of chunk `unit`.
    subscript(unit: Int) -> UnsafeMutablePointer<Float> { base + unit * stride }

    /// Adds all chunks of all sets to the signals, in order, so that sums do not depend on threads.
    static func add(_ sets: [SpanSet], to signals: TensorStorage) {
        guard let first = sets.first else { return }
        let target = signals.mutablePointer
        WorkerPool.run(first.items) { item in
            for set in sets {
                for (index, frames) in set.chunks.enumerated() {
                    set.layout.add(
                        UnsafePointer(set[item * set.chunks.count + index]),
                        of: frames,
                        to: target + item * set.layout.signalLength
                    )
                }
            }
        }
    }
}
