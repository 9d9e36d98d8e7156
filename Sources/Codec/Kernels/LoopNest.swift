/// Nested loops over a row-major result and two operands with strides of their own, with as few levels as possible.
///
/// Neighbouring dimensions become one where every operand steps through them evenly, so that the innermost loop is long.
struct LoopNest {
    struct Level: Equatable {
        var size: Int
        var strideA: Int
        var strideB: Int
    }

    private let outer: [Level]
    /// The innermost loop; size 1 and strides 0 for a single element.
    let inner: Level
    private let rows: Int

    init(shape: [Int], _ stridesA: [Int], _ stridesB: [Int]) {
        var levels: [Level] = []
        for i in shape.indices where shape[i] != 1 {
            let level = Level(size: shape[i], strideA: stridesA[i], strideB: stridesB[i])
            if let last = levels.last, last.strideA == level.strideA * level.size,
                last.strideB == level.strideB * level.size
            {
                levels[levels.count - 1] = Level(
                    size: last.size * level.size,
                    strideA: level.strideA,
                    strideB: level.strideB
                )
            } else {
                levels.append(level)
            }
        }
        inner = levels.popLast() ?? Level(size: 1, strideA: 0, strideB: 0)
        outer = levels
        rows = levels.reduce(1) { $0 * $1.size }
    }

    /// Calls `body(offsetA, offsetB, offset, count)` for stretches of the innermost loop, spread over threads in pieces of at least `grain` elements.
    func run(grain: Int, _ body: (Int, Int, Int, Int) -> Void) {
        guard inner.size > 0, rows > 0 else { return }
        if rows == 1 {
            WorkerPool.runRanges(inner.size, grain: grain) { range in
                let start = range.lowerBound
                body(start * inner.strideA, start * inner.strideB, start, range.count)
            }
        } else {
            WorkerPool.runRanges(rows, grain: max(1, grain / inner.size)) { range in
                for row in range {
                    var (rest, offsetA, offsetB) = (row, 0, 0)
                    for level in outer.reversed() {
                        let (quotient, index) = rest.quotientAndRemainder(dividingBy: level.size)
                        offsetA += index * level.strideA
                        offsetB += index * level.strideB
                        rest = quotient
                    }
                    body(offsetA, offsetB, row * inner.size, inner.size)
                }
            }
        }
    }
}
