import CKernels

/// The four operations of arithmetic between tensors of compatible shapes.
enum Arithmetic {
    case add, subtract, multiply, divide
}

/// Arithmetic with NumPy's broadcasting: sizes are aligned at the last dimension and a size of 1 stands for any.
enum BroadcastKernel {
    /// The shape both shapes broadcast to, or `nil`.
    static func shape(_ a: [Int], _ b: [Int]) -> [Int]? {
        let rank = max(a.count, b.count)
        var result = [Int](repeating: 1, count: rank)
        for i in 0..<rank {
            let sizeA = i < rank - a.count ? 1 : a[i - (rank - a.count)]
            let sizeB = i < rank - b.count ? 1 : b[i - (rank - b.count)]
            guard sizeA == sizeB || sizeA == 1 || sizeB == 1 else { return nil }
            result[i] = sizeA == 1 ? sizeB : sizeA
        }
        return result
    }

    /// Strides that read a row-major array of `shape` as if it had the shape `wider`: 0 where a size of 1 is repeated.
    static func strides(of shape: [Int], in wider: [Int]) -> [Int] {
        var strides = [Int](repeating: 0, count: wider.count)
        var stride = 1
        for i in shape.indices.reversed() {
            strides[i + wider.count - shape.count] = shape[i] == 1 ? 0 : stride
            stride *= shape[i]
        }
        return strides
    }

    /// `a ∘ b`, of the shape both broadcast to.
    static func combine(
        _ operation: Arithmetic,
        _ a: TensorStorage,
        _ shapeA: [Int],
        _ b: TensorStorage,
        _ shapeB: [Int],
        shape: [Int]
    ) -> TensorStorage {
        let nest = LoopNest(shape: shape, strides(of: shapeA, in: shape), strides(of: shapeB, in: shape))
        let result = TensorStorage(count: shape.reduce(1, *))
        let (x, y, out) = (a.pointer, b.pointer, result.mutablePointer)
        nest.run(grain: PointwiseKernel.grain) { offsetA, offsetB, offset, count in
            row(
                operation,
                x + offsetA,
                nest.inner.strideA == 0,
                y + offsetB,
                nest.inner.strideB == 0,
                out + offset,
                count
            )
        }
        return result
    }

    private static func row(
        _ operation: Arithmetic,
        _ x: UnsafePointer<Float>,
        _ xIsOne: Bool,
        _ y: UnsafePointer<Float>,
        _ yIsOne: Bool,
        _ out: UnsafeMutablePointer<Float>,
        _ count: Int
    ) {
        switch (operation, xIsOne, yIsOne) {
        case (.add, _, true): ck_add_number(x, y[0], out, count)
        case (.add, true, false): ck_add_number(y, x[0], out, count)
        case (.add, false, false): ck_add(x, y, out, count)
        case (.subtract, _, true): ck_subtract_number(x, y[0], out, count)
        case (.subtract, true, false): ck_subtract_from_number(x[0], y, out, count)
        case (.subtract, false, false): ck_subtract(x, y, out, count)
        case (.multiply, _, true): ck_multiply_number(x, y[0], out, count)
        case (.multiply, true, false): ck_multiply_number(y, x[0], out, count)
        case (.multiply, false, false): ck_multiply(x, y, out, count)
        case (.divide, _, true): ck_divide_number(x, y[0], out, count)
        case (.divide, true, false): ck_divide_number_by(x[0], y, out, count)
        case (.divide, false, false): ck_divide(x, y, out, count)
        }
    }
}
