import COpenBLAS

/// The row of a table with the smallest Euclidean distance to each of many vectors.
enum NearestRowKernel {
    /// Vectors one piece of work handles; bounds the memory for products.
    private static let block = 512

    /// For each of the vectors `[N, width]`, the first nearest row of `table` `[K, width]`; K at least 1.
    ///
    /// Distances are ‖x‖² − 2x·e + ‖e‖² in float32 and that order, as PyTorch implementations compute them, so that rounding
    /// makes ties where it does there. A distance that is NaN counts as the smallest, as in PyTorch's `max` of negatives.
    static func search(_ vectors: TensorStorage, in table: TensorStorage, width: Int) -> [Int] {
        let (count, rows) = (vectors.count / max(1, width), table.count / max(1, width))
        guard count > 0, width > 0 else { return [Int](repeating: 0, count: count) }
        let (x, e) = (vectors.pointer, table.pointer)
        let rowSquares = TensorStorage(count: rows)
        let squares = rowSquares.mutablePointer
        for row in 0..<rows { squares[row] = squaredNorm(e + row * width, width) }
        _ = OpenBLAS.oneThread
        return [Int](unsafeUninitializedCapacity: count) { result, initialized in
            // Pieces write disjoint ranges of the result.
            nonisolated(unsafe) let result = result
            WorkerPool.run((count + block - 1) / block) { piece in
                let start = piece * block
                let size = min(block, count - start)
                let products = TensorStorage(count: size * rows)
                let dot = products.mutablePointer
                cblas_sgemm(
                    CblasRowMajor,
                    CblasNoTrans,
                    CblasTrans,
                    Int32(size),
                    Int32(rows),
                    Int32(width),
                    2,
                    x + start * width,
                    Int32(width),
                    e,
                    Int32(width),
                    0,
                    dot,
                    Int32(rows)
                )
                for item in 0..<size {
                    let square = squaredNorm(x + (start + item) * width, width)
                    result[start + item] = smallest(dot + item * rows, square, squares, rows)
                }
            }
            initialized = count
        }
    }

    private static func squaredNorm(_ values: UnsafePointer<Float>, _ count: Int) -> Float {
        var sums = SIMD8<Float>(repeating: 0)
        var index = 0
        while index + 8 <= count {
            let lane = UnsafeRawPointer(values + index).loadUnaligned(as: SIMD8<Float>.self)
            sums += lane * lane
            index += 8
        }
        var total = sums.sum()
        while index < count {
            total += values[index] * values[index]
            index += 1
        }
        return total
    }

    /// The first index of the smallest `square − dot + squares`; the first NaN wins.
    private static func smallest(
        _ dot: UnsafePointer<Float>,
        _ square: Float,
        _ squares: UnsafePointer<Float>,
        _ count: Int
    ) -> Int {
        var lanes = SIMD8<Float>(repeating: .infinity)
        var positions = SIMD8<Int32>(repeating: Int32.max)
        var current = SIMD8<Int32>(0, 1, 2, 3, 4, 5, 6, 7)
        var index = 0
        var hasNaN = false
        while index + 8 <= count {
            let product = UnsafeRawPointer(dot + index).loadUnaligned(as: SIMD8<Float>.self)
            let rowSquare = UnsafeRawPointer(squares + index).loadUnaligned(as: SIMD8<Float>.self)
            let distance = (square - product) + rowSquare
            hasNaN = hasNaN || any(distance .!= distance)
            let closer = distance .< lanes
            lanes.replace(with: distance, where: closer)
            positions.replace(with: current, where: closer)
            current &+= 8
            index += 8
        }
        var (best, position) = (Float.infinity, Int.max)
        for lane in 0..<8 where lanes[lane] < best || (lanes[lane] == best && Int(positions[lane]) < position) {
            (best, position) = (lanes[lane], Int(positions[lane]))
        }
        while index < count {
            let distance = (square - dot[index]) + squares[index]
            hasNaN = hasNaN || distance.isNaN
            if distance < best { (best, position) = (distance, index) }
            index += 1
        }
        guard !hasNaN else { return (0..<count).first { ((square - dot[$0]) + squares[$0]).isNaN } ?? 0 }
        return position < count ? position : 0
    }
}
