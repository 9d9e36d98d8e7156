import CKernels

/// Copies between layouts: permutations, repetitions, blocks.
enum LayoutKernel {
    /// The row-major array of `shape` read from `a` with these strides.
    static func gathered(_ a: TensorStorage, shape: [Int], strides: [Int]) -> TensorStorage {
        let result = TensorStorage(count: shape.reduce(1, *))
        let (x, out) = (a.pointer, result.mutablePointer)
        if let matrices = Matrices(shape: shape, strides: strides) {
            WorkerPool.runRanges(matrices.count, grain: max(1, PointwiseKernel.grain / matrices.size)) { range in
                for index in range {
                    ck_transpose(
                        x + index * matrices.size,
                        out + index * matrices.size,
                        matrices.columns,
                        matrices.rows
                    )
                }
            }
            return result
        }
        let nest = LoopNest(shape: shape, strides, strides)
        nest.run(grain: PointwiseKernel.grain) { from, _, to, count in
            switch nest.inner.strideA {
            case 0: ck_fill(x[from], out + to, count)
            case 1: (out + to).update(from: x + from, count: count)
            default: ck_gather(x + from, nest.inner.strideA, out + to, count)
            }
        }
        return result
    }

    /// A layout that is a stack of transposed matrices: `count` results of `rows` × `columns`, each read down its columns.
    private struct Matrices {
        var count: Int, rows: Int, columns: Int
        var size: Int { rows * columns }

        init?(shape: [Int], strides: [Int]) {
            var levels: [(size: Int, stride: Int)] = []
            for i in shape.indices where shape[i] != 1 {
                if let last = levels.last, last.stride == strides[i] * shape[i] {
                    levels[levels.count - 1] = (last.size * shape[i], strides[i])
                } else {
                    levels.append((shape[i], strides[i]))
                }
            }
            guard levels.count == 2 || levels.count == 3, levels.allSatisfy({ $0.size > 0 }) else { return nil }
            let (row, column) = (levels[levels.count - 2], levels[levels.count - 1])
            guard row.stride == 1, column.stride == row.size else { return nil }
            guard levels.count == 2 || levels[0].stride == row.size * column.size else { return nil }
            (count, rows, columns) = (levels.count == 3 ? levels[0].size : 1, row.size, column.size)
        }
    }

    /// Copies blocks of `length` floats: block i from `source + i·sourceStep` to `target + i·targetStep`.
    static func copyBlocks(
        _ source: TensorStorage,
        at sourceStart: Int,
        step sourceStep: Int,
        to target: TensorStorage,
        at targetStart: Int,
        step targetStep: Int,
        length: Int,
        count: Int
    ) {
        guard length > 0 else { return }
        let (x, out) = (source.pointer + sourceStart, target.mutablePointer + targetStart)
        WorkerPool.runRanges(count, grain: max(1, 4 * PointwiseKernel.grain / length)) { range in
            for i in range { (out + i * targetStep).update(from: x + i * sourceStep, count: length) }
        }
    }

    /// Rows of `length` floats in the order of `map`; `filler` where the map says −1. `[outer, from, length]` → `[outer, map.count, length]`.
    static func mapped(_ a: TensorStorage, outer: Int, from: Int, length: Int, map: [Int], filler: Float)
        -> TensorStorage
    {
        let result = TensorStorage(count: outer * map.count * length)
        let runs = runs(of: map)
        let (x, out) = (a.pointer, result.mutablePointer)
        WorkerPool.runRanges(outer, grain: max(1, PointwiseKernel.grain / max(1, map.count * length))) { range in
            for o in range {
                for run in runs {
                    let to = out + (o * map.count + run.target) * length
                    if run.source < 0 {
                        ck_fill(filler, to, run.count * length)
                    } else {
                        to.update(from: x + (o * from + run.source) * length, count: run.count * length)
                    }
                }
            }
        }
        return result
    }

    /// Stretches of a map that increase by one, or stay −1.
    private static func runs(of map: [Int]) -> [(target: Int, source: Int, count: Int)] {
        var runs: [(target: Int, source: Int, count: Int)] = []
        for (target, source) in map.enumerated() {
            if let last = runs.last, source == (last.source < 0 ? -1 : last.source + last.count),
                (source < 0) == (last.source < 0)
            {
                runs[runs.count - 1].count += 1
            } else {
                runs.append((target, source, 1))
            }
        }
        return runs
    }

    /// The transpose of ``mapped(_:outer:from:length:map:filler:)``: adds row j to row `map[j]`, where that is not −1.
    static func unmapped(_ a: TensorStorage, outer: Int, to rows: Int, length: Int, map: [Int]) -> TensorStorage {
        let result = TensorStorage(count: outer * rows * length, repeating: 0)
        let runs = runs(of: map)
        let (x, out) = (a.pointer, result.mutablePointer)
        WorkerPool.runRanges(outer, grain: max(1, PointwiseKernel.grain / max(1, map.count * length))) { range in
            for o in range {
                for run in runs where run.source >= 0 {
                    ck_accumulate(
                        x + (o * map.count + run.target) * length,
                        out + (o * rows + run.source) * length,
                        run.count * length
                    )
                }
            }
        }
        return result
    }
}
