import COpenBLAS
import Foundation

/// The singular values of a matrix, and what they say about how many directions it uses.
///
/// They are the square roots of the eigenvalues of the smaller Gram matrix, in double (LAPACK's `dsyevd`). Values below
/// √(n·2.2·10⁻¹⁶) of the largest, n the smaller side, are rounding and count as 0.
public struct SingularValues: Sendable, Equatable {
    /// A row-major matrix among the values of a tensor.
    public struct Matrix {
        fileprivate let storage: TensorStorage
        fileprivate let offset: Int
        fileprivate let rows: Int, columns: Int

        /// `rows` × `columns` consecutive values of `tensor` from its `offset`-th on.
        public init(_ tensor: Tensor, offset: Int = 0, rows: Int, columns: Int) {
            precondition(
                rows >= 0 && columns >= 0 && offset >= 0 && offset + rows * columns <= tensor.count,
                "\(rows) × \(columns) values from \(offset) on are not in a tensor of \(tensor.count)"
            )
            storage = tensor.storage
            self.offset = offset
            self.rows = rows
            self.columns = columns
        }

        /// Multiplications its eigenvalues cost, roughly.
        fileprivate var work: Int {
            min(rows, columns) * min(rows, columns) * (max(rows, columns) + min(rows, columns))
        }
    }

    /// The values, largest first, as many as the smaller side of the matrix; all NaN when the matrix holds NaN or infinity.
    public let values: [Double]

    /// From values in any order, each at least 0 or NaN.
    public init(_ values: [Double]) {
        self.values = values.sorted(by: >)
    }

    /// Of a matrix `[rows, columns]`.
    public init(of matrix: Tensor) {
        precondition(matrix.rank == 2, "singular values need a matrix, but got \(matrix.shape)")
        self.init(Self.values(of: Matrix(matrix, rows: matrix.shape[0], columns: matrix.shape[1])))
    }

    /// Of many matrices, spread over ``Compute/threads`` threads; results in the order of the matrices.
    public static func of(_ matrices: [Matrix]) -> [SingularValues] {
        // The largest first, so that no thread is left with one at the end.
        let order = matrices.indices.sorted { (-matrices[$0].work, $0) < (-matrices[$1].work, $1) }
        var results = [[Double]](repeating: [], count: matrices.count)
        results.withUnsafeMutableBufferPointer { buffer in
            // Every piece writes the element of its own matrix.
            nonisolated(unsafe) let results = buffer
            WorkerPool.run(order.count) { piece in
                results[order[piece]] = values(of: matrices[order[piece]])
            }
        }
        return results.map { SingularValues($0) }
    }

    /// The spectral norm: the largest value; 0 for an empty matrix.
    public var largest: Double { values.first ?? 0 }

    /// ‖W‖²_F / σ₁², from 1 to ``values``' count; 0 for a matrix of zeros, NaN for one with NaN.
    public var stableRank: Double {
        guard largest != 0 else { return 0 }
        return values.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }
    }

    /// exp of the entropy of σᵢ/Σσ (Roy and Vetterli 2007, "The effective rank"), from 1 to ``values``' count; 0 for a matrix of
    /// zeros, NaN for one with NaN.
    public var effectiveRank: Double {
        let sum = values.reduce(0, +)
        guard sum != 0 else { return 0 }
        return exp(values.reduce(0) { $1 == 0 ? $0 : $0 - $1 / sum * log($1 / sum) })
    }

    private static func values(of matrix: Matrix) -> [Double] {
        let size = min(matrix.rows, matrix.columns)
        guard size > 0 else { return [] }
        guard let gram = gram(of: matrix), let eigenvalues = eigenvalues(of: gram, size: size) else {
            return [Double](repeating: .nan, count: size)
        }
        let threshold = (eigenvalues.last ?? 0) * Double(size) * Double.ulpOfOne
        return eigenvalues.map { $0 > threshold ? $0.squareRoot() : 0 }
    }

    /// Values of the matrix that are converted to double at once.
    private static let block = 1 << 18

    /// The upper triangle, row-major, of W·Wᵀ or WᵀW, whichever is smaller; nil when W holds NaN or infinity, with which LAPACK may
    /// not come to an end.
    private static func gram(of matrix: Matrix) -> [Double]? {
        OpenBLAS.oneThread
        let (rows, columns) = (matrix.rows, matrix.columns)
        let values = matrix.storage.pointer + matrix.offset
        let isWide = rows <= columns
        let (size, length) = (min(rows, columns), max(rows, columns))
        let step = max(1, min(length, block / size))
        var gram = [Double](repeating: 0, count: size * size)
        var part = [Double](repeating: 0, count: size * step)
        for start in stride(from: 0, to: length, by: step) {
            let count = min(step, length - start)
            var sum: Float = 0
            part.withUnsafeMutableBufferPointer { part in
                for row in 0..<(isWide ? rows : count) {
                    let source = isWide ? values + row * columns + start : values + (start + row) * columns
                    let width = isWide ? count : columns
                    for column in 0..<width {
                        part[row * width + column] = Double(source[column])
                        // NaN and infinity times 0 are NaN.
                        sum += source[column] * 0
                    }
                }
            }
            guard sum == 0 else { return nil }
            let stride = Int32(isWide ? count : columns)
            cblas_dsyrk(
                CblasRowMajor,
                CblasUpper,
                isWide ? CblasNoTrans : CblasTrans,
                Int32(size),
                Int32(count),
                1,
                part,
                stride,
                1,
                &gram,
                Int32(size)
            )
        }
        return gram
    }

    /// Eigenvalues, smallest first, of a symmetric matrix given by its upper triangle, row-major, which to Fortran is the lower
    /// one; nil when LAPACK finds none.
    private static func eigenvalues(of symmetric: [Double], size: Int) -> [Double]? {
        guard size > 1 else { return symmetric }
        var matrix = symmetric
        var eigenvalues = [Double](repeating: 0, count: size)
        var order = Int32(size), status = Int32(0), workCount = Int32(-1), integerCount = Int32(-1)
        var work = [0.0], integers = [Int32(0)]
        // The first call asks how much memory the second one needs.
        for _ in 0..<2 {
            dsyevd_(
                "N",
                "L",
                &order,
                &matrix,
                &order,
                &eigenvalues,
                &work,
                &workCount,
                &integers,
                &integerCount,
                &status,
                1,
                1
            )
            guard status == 0 else { return nil }
            if workCount < 0 {
                workCount = Int32(work[0])
                integerCount = integers[0]
                work = [Double](repeating: 0, count: Int(workCount))
                integers = [Int32](repeating: 0, count: Int(integerCount))
            }
        }
        return eigenvalues
    }
}
