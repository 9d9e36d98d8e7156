import CKernels

/// DAC's codebook lookup: both sides scaled to length 1, then the smallest squared distance, the first on ties.
///
/// Silence gives encodings of exactly 0 in a fresh model, and then only the rounding of ‖c‖² decides. So every sum here is taken
/// in the order PyTorch 2 takes it on x86-64 (`vector_norm` and `sum`, AVX2 and later), which was found by comparing bits.
enum NearestCodeKernel {
    /// The nearest row of `codebook` `[N, D]` for every frame of `encodings` `[B, D, T]`; row-major `[B, T]`.
    ///
    /// NaN in an encoding gives index 0, in a codebook row that row.
    static func nearest(encodings: Tensor, codebook: Tensor) -> [Int32] {
        let (batch, dimension, frames) = (encodings.shape[0], encodings.shape[1], encodings.shape[2])
        let count = codebook.shape[0]
        precondition(count > 0 && dimension > 0 && codebook.shape[1] == dimension)
        var result = [Int32](repeating: 0, count: batch * frames)
        guard !result.isEmpty else { return result }

        // A batch of one is a transposed view for PyTorch, reduced along its long side.
        let isStrided = batch == 1 && frames > 1 && dimension > 1
        let columns = TensorStorage(count: dimension * count)
        let columnSquares = TensorStorage(count: count)
        codebook.storage.withSpan { values in
            columns.withMutableSpan { columns in
                columnSquares.withMutableSpan { squares in
                    var row = [Float](repeating: 0, count: dimension)
                    for n in 0..<count {
                        for d in 0..<dimension { row[d] = values[n * dimension + d] }
                        normalize(&row, norm: TorchSum.rowNorm(row))
                        squares[n] = TorchSum.row(row.map { $0 * $0 })
                        for d in 0..<dimension { columns[d * count + n] = row[d] }
                    }
                }
            }
        }
        let rows = TensorStorage(count: batch * frames * dimension)
        let rowSquares = TensorStorage(count: batch * frames)
        encodings.storage.withSpan { values in
            rows.withMutableSpan { rows in
                rowSquares.withMutableSpan { squares in
                    var row = [Float](repeating: 0, count: dimension)
                    for index in 0..<(batch * frames) {
                        let (item, frame) = (index / frames, index % frames)
                        for d in 0..<dimension { row[d] = values[(item * dimension + d) * frames + frame] }
                        normalize(&row, norm: isStrided ? TorchSum.columnNorm(row) : TorchSum.rowNorm(row))
                        let terms = row.map { $0 * $0 }
                        squares[index] =
                            !isStrided
                            ? TorchSum.row(terms)
                            : frame < frames / 32 * 32 ? TorchSum.column(terms) : TorchSum.interleaved(terms[...])
                        for d in 0..<dimension { rows[index * dimension + d] = row[d] }
                    }
                }
            }
        }
        let (e, e2, c, c2) = (rows.pointer, rowSquares.pointer, columns.pointer, columnSquares.pointer)
        result.withUnsafeMutableBufferPointer { buffer in
            // Threads write disjoint ranges of the buffer, which outlives them.
            nonisolated(unsafe) let buffer = buffer
            WorkerPool.runRanges(batch * frames, grain: max(1, 1 << 17 / (dimension * count))) { range in
                guard let out = buffer.baseAddress else { return }
                let distances = TensorStorage(count: count)
                ck_nearest_code(
                    e + range.lowerBound * dimension,
                    e2 + range.lowerBound,
                    c,
                    c2,
                    distances.mutablePointer,
                    out + range.lowerBound,
                    range.count,
                    dimension,
                    count
                )
            }
        }
        return result
    }

    /// Divides by max(norm, 1e-12); a NaN norm stays NaN.
    private static func normalize(_ row: inout [Float], norm: Float) {
        let divisor = norm < 1e-12 ? 1e-12 : norm
        for d in row.indices { row[d] /= divisor }
    }
}

/// Sums of short rows in the orders in which PyTorch's CPU kernels take them.
enum TorchSum {
    /// ‖row‖ of a contiguous row: eight lanes added one after the other, then the rest; of that, fours unfused and the last ones fused.
    static func rowNorm(_ row: [Float]) -> Float {
        let whole = row.count / 8 * 8
        var sum: Float = 0
        if whole > 0 {
            for lane in 0..<8 {
                var square: Float = 0
                for index in stride(from: lane, to: whole, by: 8) { square += row[index] * row[index] }
                sum += square
            }
        }
        let fours = whole + (row.count - whole) / 4 * 4
        for index in whole..<fours { sum += row[index] * row[index] }
        for index in fours..<row.count { sum.addProduct(row[index], row[index]) }
        return sum.squareRoot()
    }

    /// ‖column‖ of a strided column: in order.
    static func columnNorm(_ column: [Float]) -> Float {
        var sum: Float = 0
        for value in column { sum += value * value }
        return sum.squareRoot()
    }

    /// Σ of a contiguous row: the rest beyond whole groups of eight first, then eight lanes.
    static func row(_ terms: [Float]) -> Float {
        guard terms.count >= 8 else { return interleaved(terms[...]) }
        let whole = terms.count / 8 * 8
        var sum: Float = 0
        for index in whole..<terms.count { sum += terms[index] }
        for lane in 0..<8 {
            let lanes = stride(from: lane, to: whole, by: 8).map { terms[$0] }
            sum += interleaved(lanes[...])
        }
        return sum
    }

    /// Σ with four accumulators; what does not fill them goes to the first.
    static func interleaved(_ terms: ArraySlice<Float>) -> Float {
        var sums = SIMD4<Float>.zero
        let whole = terms.startIndex + terms.count / 4 * 4
        for index in stride(from: terms.startIndex, to: whole, by: 4) {
            sums += SIMD4(terms[index], terms[index + 1], terms[index + 2], terms[index + 3])
        }
        for index in whole..<terms.endIndex { sums.x += terms[index] }
        return sums.x + sums.y + sums.z + sums.w
    }

    /// Σ of a strided column: blocks of sixteen, whose sums are added before the rest.
    static func column(_ terms: [Float]) -> Float {
        var (blocks, sum): (Float, Float) = (0, 0)
        for (index, term) in terms.enumerated() {
            sum += term
            if index % 16 == 15 {
                blocks += sum
                sum = 0
            }
        }
        return sum + blocks
    }
}
