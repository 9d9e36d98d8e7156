import CKernels

/// Planes cut into tiles of rows, and the linear maps between a tile's rows and points (`ck_rows_to_points`).
struct RowTiles {
    let items: Int
    let points: Int
    let threads: Int
    private let tiles: ck_row_tiles
    private let coefficients: UnsafePointer<Float>

    /// Tiles of `width` rows, `period` apart, in `planes` planes per item. `coefficients` are `[points][width]` and stay alive.
    init(
        items: Int,
        planes: Int,
        plane: (rows: Int, columns: Int),
        padding: Int = 0,
        tiles: Int,
        period: Int64,
        width: Int64,
        points: Int,
        coefficients: UnsafePointer<Float>,
        threads: Int
    ) {
        self.items = items
        self.points = points
        self.threads = threads
        self.coefficients = coefficients
        self.tiles = ck_row_tiles(
            planes: Int64(planes),
            rows: Int64(plane.rows),
            columns: Int64(plane.columns),
            padding: Int64(padding),
            tiles: Int64(tiles),
            period: period,
            width: width
        )
    }

    /// `[items, planes, rows, columns]` to `[items, points, planes, tiles, columns]`.
    func toPoints(_ rows: TensorStorage) -> TensorStorage {
        precondition(rows.count == items * itemRows)
        let result = TensorStorage(count: items * itemValues)
        let (source, target) = (rows.pointer, result.mutablePointer)
        forEachPart { item, begin, end, scratch in
            withUnsafePointer(to: tiles) {
                ck_rows_to_points(
                    $0,
                    coefficients,
                    Int64(points),
                    source + item * itemRows,
                    target + item * itemValues,
                    Int64(itemValues / points),
                    begin,
                    end,
                    scratch
                )
            }
        }
        return result
    }

    /// The transpose of ``toPoints(_:)``, plus a number per plane.
    func toRows(_ values: TensorStorage, bias: TensorStorage? = nil) -> TensorStorage {
        precondition(values.count == items * itemValues)
        let result = TensorStorage(count: items * itemRows)
        let (source, start, target) = (values.pointer, bias?.pointer, result.mutablePointer)
        forEachPart { item, begin, end, scratch in
            withUnsafePointer(to: tiles) {
                ck_points_to_rows(
                    $0,
                    coefficients,
                    Int64(points),
                    source + item * itemValues,
                    Int64(itemValues / points),
                    start,
                    target + item * itemRows,
                    begin,
                    end,
                    scratch
                )
            }
        }
        return result
    }

    private var itemRows: Int { Int(tiles.planes * tiles.rows * tiles.columns) }
    private var itemValues: Int { points * Int(tiles.planes * tiles.tiles * tiles.columns) }

    private func forEachPart(_ body: (Int, Int64, Int64, UnsafeMutablePointer<Float>) -> Void) {
        let parts = min(Int(tiles.planes), threads > 1 ? 2 * threads : 1)
        let length = withUnsafePointer(to: tiles) { Int(ck_row_tiles_scratch($0)) }
        WorkerPool.run(items * parts) { job in
            let part = Int64(job % parts)
            let scratch = TensorStorage(count: length)
            withExtendedLifetime(scratch) {
                let (begin, end) = (tiles.planes * part / Int64(parts), tiles.planes * (part + 1) / Int64(parts))
                body(job / parts, begin, end, scratch.mutablePointer)
            }
        }
    }
}
