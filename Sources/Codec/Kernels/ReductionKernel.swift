import CKernels

/// Sums and maxima along dimensions. Sums are accumulated in double precision, in pieces that do not depend on the number of threads.
enum ReductionKernel {
    /// A piece of a long sum.
    private static let piece = 65_536

    /// `[outer, reduced, inner]` summed to `[outer, inner]`.
    static func sum(_ a: TensorStorage, outer: Int, reduced: Int, inner: Int) -> TensorStorage {
        let result = TensorStorage(count: outer * inner)
        guard outer * inner > 0 else { return result }
        let (x, out) = (a.pointer, result.mutablePointer)
        if inner == 1 {
            for (row, sum) in rowSums(rows: outer, length: reduced, { ck_sum(x + $0, $1) }).enumerated() {
                out[row] = Float(sum)
            }
        } else if outer == 1 {
            WorkerPool.runRanges(inner, grain: max(16, PointwiseKernel.grain / max(1, reduced))) { range in
                ck_sum_rows(x + range.lowerBound, reduced, inner, out + range.lowerBound, range.count)
            }
        } else {
            WorkerPool.runRanges(outer, grain: max(1, PointwiseKernel.grain / max(1, reduced * inner))) { range in
                for o in range { ck_sum_rows(x + o * reduced * inner, reduced, inner, out + o * inner, inner) }
            }
        }
        return result
    }

    /// Σ a².
    static func sumOfSquares(_ a: TensorStorage) -> Double {
        let x = a.pointer
        return rowSums(rows: 1, length: a.count) { ck_dot(x + $0, x + $0, $1) }[0]
    }

    /// Σ a·b.
    static func dot(_ a: TensorStorage, _ b: TensorStorage) -> Double {
        precondition(a.count == b.count)
        let (x, y) = (a.pointer, b.pointer)
        return rowSums(rows: 1, length: a.count) { ck_dot(x + $0, y + $0, $1) }[0]
    }

    /// One sum per row of `length` elements; `part(start, count)` sums a stretch.
    static func rowSums(rows: Int, length: Int, _ part: (Int, Int) -> Double) -> [Double] {
        let pieces = max(1, (length + piece - 1) / piece)
        var sums = [Double](repeating: 0, count: rows * pieces)
        sums.withUnsafeMutableBufferPointer { buffer in
            guard let sums = buffer.baseAddress else { return }
            let grain = max(1, PointwiseKernel.grain / max(1, min(piece, length)))
            WorkerPool.runRanges(rows * pieces, grain: grain) { range in
                for index in range {
                    let (row, part_) = index.quotientAndRemainder(dividingBy: pieces)
                    let start = part_ * piece
                    sums[index] = part(row * length + start, min(piece, length - start))
                }
            }
        }
        guard pieces > 1 else { return sums }
        return (0..<rows).map { row in sums[(row * pieces)..<((row + 1) * pieces)].reduce(0, +) }
    }

    /// Where the largest value along the middle dimension is: `[outer, reduced, inner]` → `[outer, inner]`.
    static func argumentMaximum(_ a: TensorStorage, outer: Int, reduced: Int, inner: Int) -> [Int] {
        var result = [Int](repeating: 0, count: outer * inner)
        let x = a.pointer
        result.withUnsafeMutableBufferPointer { buffer in
            guard let out = buffer.baseAddress else { return }
            WorkerPool.runRanges(outer * inner, grain: max(1, PointwiseKernel.grain / max(1, reduced))) { range in
                for index in range {
                    let (o, i) = index.quotientAndRemainder(dividingBy: inner)
                    out[index] = ck_argument_maximum(x + o * reduced * inner + i, reduced, inner)
                }
            }
        }
        return result
    }
}
