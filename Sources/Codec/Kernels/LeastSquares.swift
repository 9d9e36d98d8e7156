import COpenBLAS

/// A Float64 matrix, row-major.
public struct DoubleMatrix: Sendable, Equatable {
    /// The size.
    public let rows: Int, columns: Int
    /// `rows · columns` values, row after row.
    public var values: [Double]

    /// A matrix of equal values.
    public init(rows: Int, columns: Int, repeating value: Double = 0) {
        precondition(rows >= 0 && columns >= 0, "a matrix has no negative sizes")
        self.rows = rows
        self.columns = columns
        values = [Double](repeating: value, count: rows * columns)
    }

    /// A matrix of these values, row after row.
    public init(rows: Int, columns: Int, values: [Double]) {
        precondition(values.count == rows * columns, "\(values.count) values do not fill \(rows) × \(columns)")
        self.rows = rows
        self.columns = columns
        self.values = values
    }

    /// One value.
    public subscript(row: Int, column: Int) -> Double {
        get { values[row * columns + column] }
        set { values[row * columns + column] = newValue }
    }

    /// A block of rows and columns.
    public func block(rows: Range<Int>, columns: Range<Int>) -> DoubleMatrix {
        var block: [Double] = []
        block.reserveCapacity(rows.count * columns.count)
        for row in rows {
            block += values[(row * self.columns + columns.lowerBound)..<(row * self.columns + columns.upperBound)]
        }
        return DoubleMatrix(rows: rows.count, columns: columns.count, values: block)
    }

    /// This matrix times `other`, or times its transpose. NaN reaches every result of its row and column.
    public func times(_ other: DoubleMatrix, transposed: Bool = false) -> DoubleMatrix {
        let inner = transposed ? other.columns : other.rows
        precondition(columns == inner, "\(rows) × \(columns) times \(other.rows) × \(other.columns) do not fit")
        var product = DoubleMatrix(rows: rows, columns: transposed ? other.rows : other.columns)
        guard rows > 0, product.columns > 0, inner > 0 else { return product }
        let (width, stride) = (product.columns, other.columns)
        OpenBLAS.oneThread
        values.withUnsafeBufferPointer { a in
            other.values.withUnsafeBufferPointer { b in
                product.values.withUnsafeMutableBufferPointer { c in
                    guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
                    WorkerPool.runRanges(rows, grain: max(1, 4_000_000 / (inner * width))) { range in
                        cblas_dgemm(
                            CblasRowMajor,
                            CblasNoTrans,
                            transposed ? CblasTrans : CblasNoTrans,
                            Int32(range.count),
                            Int32(width),
                            Int32(inner),
                            1,
                            a + range.lowerBound * inner,
                            Int32(inner),
                            b,
                            Int32(stride),
                            0,
                            c + range.lowerBound * width,
                            Int32(width)
                        )
                    }
                }
            }
        }
        return product
    }
}

/// Means and covariance of many variables, gathered block by block in Float64. NaN and infinity in a variable reach its own row and column.
public struct SecondMoments: Sendable {
    /// Variables.
    public let variables: Int
    /// Observations so far.
    public private(set) var count = 0
    private var sums: [Double]
    private var products: DoubleMatrix

    /// Nothing observed yet.
    public init(variables: Int) {
        self.variables = variables
        sums = [Double](repeating: 0, count: variables)
        products = DoubleMatrix(rows: variables, columns: variables)
    }

    /// Adds observations: `block` holds one variable per channel, `[1, variables, N]` or `[variables, N]`.
    public mutating func add(_ block: Tensor) {
        let length = block.shape[block.rank - 1]
        precondition(block.count == variables * length, "a block of \(block.shape) has not \(variables) variables")
        for start in stride(from: 0, to: length, by: 1024) {
            add(block, start..<min(length, start + 1024), of: length)
        }
        count += length
    }

    /// The covariance matrix, divided by the number of observations.
    public var covariance: DoubleMatrix {
        var result = products
        let scale = 1 / Double(count)
        for row in 0..<variables {
            for column in row..<variables {
                let value = (products[row, column] - sums[row] * scale * sums[column]) * scale
                result[row, column] = value
                result[column, row] = value
            }
        }
        return result
    }

    private mutating func add(_ block: Tensor, _ range: Range<Int>, of length: Int) {
        let (size, width) = (variables, range.count)
        var wide = [Double](repeating: 0, count: size * width)
        block.storage.withSpan { source in
            for row in 0..<size {
                var sum = 0.0
                for column in 0..<width {
                    let value = Double(source[row * length + range.lowerBound + column])
                    wide[row * width + column] = value
                    sum += value
                }
                sums[row] += sum
            }
        }
        let rows = 128
        OpenBLAS.oneThread
        wide.withUnsafeBufferPointer { source in
            products.values.withUnsafeMutableBufferPointer { target in
                guard let x = source.baseAddress, let c = target.baseAddress else { return }
                WorkerPool.run((size + rows - 1) / rows) { piece in
                    let first = piece * rows
                    // What lies below the diagonal's blocks is the transpose of what lies above.
                    cblas_dgemm(
                        CblasRowMajor,
                        CblasNoTrans,
                        CblasTrans,
                        Int32(min(rows, size - first)),
                        Int32(size - first),
                        Int32(width),
                        1,
                        x + first * width,
                        Int32(width),
                        x + first * width,
                        Int32(width),
                        1,
                        c + first * size + first,
                        Int32(size)
                    )
                }
            }
        }
    }
}

/// Linear least squares by normal equations.
public enum LeastSquares {
    /// The weights, one row per right-hand side, that solve w·A = b, and the ridge that was needed for it.
    public struct Solution: Sendable {
        /// `[right-hand sides, variables]`; NaN when there is no solution.
        public let weights: DoubleMatrix
        /// What was added to the diagonal, as a share of its mean; 0 where the matrix could be factored as it is.
        public let ridge: Double
    }

    /// Solves w·A = b for a covariance matrix `a` and right-hand sides as rows of `b`, by Cholesky's factors.
    ///
    /// Where variables depend on each other (a pivot below 10⁻¹² of the largest), the smallest ridge of 10⁻¹⁰, 10⁻⁸, 10⁻⁶ or 10⁻⁴ of
    /// the diagonal's mean that mends it is added. All-zero or non-finite matrices give NaN.
    public static func solve(_ a: DoubleMatrix, _ b: DoubleMatrix) -> Solution {
        precondition(a.rows == a.columns && b.columns == a.rows, "right-hand sides must be as wide as the matrix")
        let size = a.rows
        let mean = (0..<size).reduce(0) { $0 + a[$1, $1] } / Double(max(1, size))
        if size > 0, b.rows > 0, mean.isFinite, mean > 0 {
            for ridge in [0, 1e-10, 1e-8, 1e-6, 1e-4] {
                var factor = a.values
                for i in 0..<size { factor[i * size + i] += ridge * mean }
                guard factorize(&factor, size: size) else { continue }
                return Solution(weights: substitute(factor, b), ridge: ridge)
            }
        }
        return Solution(weights: DoubleMatrix(rows: b.rows, columns: b.columns, repeating: .nan), ridge: .nan)
    }

    private static func factorize(_ matrix: inout [Double], size: Int) -> Bool {
        var (order, info) = (blasint(size), blasint(0))
        OpenBLAS.oneThread
        matrix.withUnsafeMutableBufferPointer { values in
            guard let values = values.baseAddress else { return }
            var leading = order
            dpotrf_("L", &order, values, &leading, &info, 1)
        }
        guard info == 0 else { return false }
        var (smallest, largest) = (Double.infinity, 0.0)
        for i in 0..<size {
            let pivot = matrix[i * size + i]
            guard pivot.isFinite else { return false }
            smallest = min(smallest, pivot)
            largest = max(largest, pivot)
        }
        // Pivots are roots of variances.
        return smallest * smallest >= 1e-12 * largest * largest
    }

    private static func substitute(_ factor: [Double], _ b: DoubleMatrix) -> DoubleMatrix {
        var result = b
        var (order, count, info) = (blasint(b.columns), blasint(b.rows), blasint(0))
        factor.withUnsafeBufferPointer { factor in
            // Rows are LAPACK's columns.
            result.values.withUnsafeMutableBufferPointer { values in
                guard let factor = factor.baseAddress, let values = values.baseAddress else { return }
                var (first, second) = (order, order)
                dpotrs_("L", &order, &count, factor, &first, values, &second, &info, 1)
            }
        }
        return result
    }
}
