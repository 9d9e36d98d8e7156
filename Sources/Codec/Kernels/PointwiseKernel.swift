import CKernels

/// Loops over storages, value by value, spread over threads when they are long.
enum PointwiseKernel {
    /// Elements one thread should have at least.
    static let grain = 32_768

    /// `a + b` of equal sizes.
    static func sum(_ a: TensorStorage, _ b: TensorStorage) -> TensorStorage {
        precondition(a.count == b.count)
        let result = TensorStorage(count: a.count)
        let (x, y, out) = (a.pointer, b.pointer, result.mutablePointer)
        WorkerPool.runRanges(a.count, grain: grain) { range in
            ck_add(x + range.lowerBound, y + range.lowerBound, out + range.lowerBound, range.count)
        }
        return result
    }

    /// Adds `a` to `target`, of equal sizes.
    static func accumulate(_ a: TensorStorage, into target: TensorStorage) {
        precondition(a.count == target.count)
        let (x, out) = (a.pointer, target.mutablePointer)
        WorkerPool.runRanges(a.count, grain: grain) { range in
            ck_accumulate(x + range.lowerBound, out + range.lowerBound, range.count)
        }
    }

    /// Replaces every value of `target` by the function's.
    static func apply(_ function: PointwiseFunction, to target: TensorStorage) {
        let values = target.mutablePointer
        WorkerPool.runRanges(target.count, grain: grain) { range in
            function.value(values + range.lowerBound, values + range.lowerBound, range.count)
        }
    }

    /// `loop` over every value of `a`.
    static func map(
        _ a: TensorStorage,
        _ loop: (UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
    ) -> TensorStorage {
        let result = TensorStorage(count: a.count)
        let (x, out) = (a.pointer, result.mutablePointer)
        WorkerPool.runRanges(a.count, grain: grain) { range in
            loop(x + range.lowerBound, out + range.lowerBound, range.count)
        }
        return result
    }

    /// `loop` over pairs of values.
    static func map(
        _ a: TensorStorage,
        _ b: TensorStorage,
        _ loop: (UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
    ) -> TensorStorage {
        precondition(a.count == b.count)
        let result = TensorStorage(count: a.count)
        let (x, y, out) = (a.pointer, b.pointer, result.mutablePointer)
        WorkerPool.runRanges(a.count, grain: grain) { range in
            loop(x + range.lowerBound, y + range.lowerBound, out + range.lowerBound, range.count)
        }
        return result
    }
}
