import Foundation
import Synchronization

/// Hands out aligned blocks of floats and keeps those given back for the next request.
///
/// Fresh memory costs a page fault per 4 KiB, more than the arithmetic done on it, so blocks are reused: by size class,
/// four classes to a power of two, and up to twice the wanted size when the own class is empty.
/// Large blocks ask for huge pages. Blocks kept are counted and can be given back to the system with ``trim()``.
public enum BufferPool {
    struct Block: @unchecked Sendable {
        let base: UnsafeMutablePointer<Float>
        let capacity: Int
    }

    private struct State {
        var free: [Int: [Block]] = [:]
        var liveBytes = 0
        var cachedBytes = 0
        var peakBytes = 0
        var newBlocks = 0
    }

    private static let state = Mutex(State())

    /// Bytes handed out, bytes kept for reuse, and the largest sum of both so far.
    public static var usage: (live: Int, cached: Int, peak: Int) {
        state.withLock { ($0.liveBytes, $0.cachedBytes, $0.peakBytes) }
    }

    /// How many blocks were asked of the system so far, because none that was kept fitted.
    public static var newBlocks: Int { state.withLock { $0.newBlocks } }

    /// Gives every kept block back to the system.
    public static func trim() {
        let blocks = state.withLock { state in
            let blocks = state.free.values.flatMap { $0 }
            state.free = [:]
            state.cachedBytes = 0
            return blocks
        }
        for block in blocks { free(block.base) }
    }

    static func take(count: Int) -> Block {
        let sizeClass = sizeClass(holding: max(count, 64))
        let reused = state.withLock { state -> Block? in
            for candidate in sizeClass...(sizeClass + 4) {
                guard let block = state.free[candidate]?.popLast() else { continue }
                state.cachedBytes -= block.capacity * 4
                state.liveBytes += block.capacity * 4
                return block
            }
            return nil
        }
        if let reused { return reused }
        let capacity = capacity(ofClass: sizeClass)
        let bytes = capacity * MemoryLayout<Float>.stride
        let isLarge = bytes >= 4 << 20
        var memory: UnsafeMutableRawPointer?
        guard posix_memalign(&memory, isLarge ? 2 << 20 : 64, bytes) == 0, let memory else {
            fatalError("out of memory: \(bytes) bytes for a tensor of \(count) elements")
        }
        if isLarge { madvise(memory, bytes, 14) }  // MADV_HUGEPAGE
        state.withLock { state in
            state.newBlocks += 1
            state.liveBytes += bytes
            state.peakBytes = max(state.peakBytes, state.liveBytes + state.cachedBytes)
        }
        return Block(base: memory.bindMemory(to: Float.self, capacity: capacity), capacity: capacity)
    }

    static func giveBack(_ block: Block) {
        state.withLock { state in
            state.free[sizeClass(holding: block.capacity), default: []].append(block)
            state.liveBytes -= block.capacity * 4
            state.cachedBytes += block.capacity * 4
        }
    }

    /// The smallest class whose capacity is at least `count`: class 4e + q holds 2^e · (4 + q) / 4 floats.
    private static func sizeClass(holding count: Int) -> Int {
        let exponent = Int.bitWidth - 1 - count.leadingZeroBitCount
        let base = 1 << exponent
        let quarter = (4 * (count - base) + base - 1) / base
        return 4 * exponent + quarter
    }

    private static func capacity(ofClass sizeClass: Int) -> Int {
        let base = 1 << (sizeClass / 4)
        return base + base / 4 * (sizeClass % 4)
    }
}
