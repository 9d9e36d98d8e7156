import CKernels

/// A layer of LSTM cells over all steps of `[T, B, D]`.
///
/// Every step needs the result of the one before, so that its product is a matrix times a few vectors, bound by reading the
/// matrix. Each thread has a range of hidden units and reads only their rows (backward: columns).
struct RecurrentKernel {
    var steps: Int, batch: Int, inputs: Int, hidden: Int

    /// What the backward pass needs: activated gates `[T, B, 4H]`, cell states `[T, B, H]` and results `[T, B, H]`.
    struct Trace {
        let gates: TensorStorage
        let cells: TensorStorage
        let outputs: TensorStorage
    }

    private var width: Int { 4 * hidden }

    /// Hidden units one thread should have at least, so that a step is worth the hand-over.
    private var grain: Int { max(8, (1 << 19) / max(1, 4 * hidden * batch)) }

    /// All steps from a zero state. The input's share of all gates is one matrix product before the loop.
    func forward(_ x: TensorStorage, inputWeight: TensorStorage, recurrentWeight: TensorStorage, bias: TensorStorage)
        -> Trace
    {
        let gates = TensorStorage(count: steps * batch * width)
        let cells = TensorStorage(count: steps * batch * hidden)
        let outputs = TensorStorage(count: steps * batch * hidden)
        let zeros = TensorStorage(count: batch * hidden, repeating: 0)
        let (sums, cell, output) = (gates.mutablePointer, cells.mutablePointer, outputs.mutablePointer)
        let (weight, zero) = (recurrentWeight.pointer, zeros.pointer)
        for row in 0..<(steps * batch) { (sums + row * width).update(from: bias.pointer, count: width) }
        MatrixProduct.multiply(
            x.pointer,
            transposed: false,
            inputWeight.pointer,
            transposed: true,
            into: sums,
            m: steps * batch,
            n: width,
            k: inputs,
            beta: 1
        )
        for step in 0..<steps {
            let current = sums + step * batch * width
            let offset = step * batch * hidden
            let isFirst = step == 0
            WorkerPool.runRanges(hidden, grain: grain) { units in
                let start = units.lowerBound
                for gate in 0..<4 where !isFirst {
                    ck_matrix_times_vectors(
                        weight + (gate * hidden + start) * hidden,
                        units.count,
                        hidden,
                        output + offset - batch * hidden,
                        hidden,
                        current + gate * hidden + start,
                        width,
                        batch
                    )
                }
                let before = isFirst ? zero : UnsafePointer(cell + offset - batch * hidden)
                for item in 0..<batch {
                    let at = item * hidden + start
                    ck_lstm_step(
                        current + item * width + start,
                        hidden,
                        before + at,
                        cell + offset + at,
                        output + offset + at,
                        units.count
                    )
                }
            }
        }
        withExtendedLifetime(zeros) {}
        return Trace(gates: gates, cells: cells, outputs: outputs)
    }

    /// The gradients of the gates' sums, `[T, B, 4H]`, back through time.
    func backward(_ gradient: TensorStorage, trace: Trace, recurrentWeight: TensorStorage) -> TensorStorage {
        let result = TensorStorage(count: steps * batch * width)
        let zeros = TensorStorage(count: batch * hidden, repeating: 0)
        let cellStorage = TensorStorage(count: batch * hidden, repeating: 0)
        let outputStorage = TensorStorage(count: batch * hidden, repeating: 0)
        let (slope, out, weight) = (gradient.pointer, result.mutablePointer, recurrentWeight.pointer)
        let (gates, cells, zero) = (trace.gates.pointer, trace.cells.pointer, zeros.pointer)
        let (cellGradient, outputGradient) = (cellStorage.mutablePointer, outputStorage.mutablePointer)
        for step in (0..<steps).reversed() {
            let offset = step * batch * hidden
            let isLast = step + 1 == steps
            let before = step > 0 ? cells + offset - batch * hidden : zero
            WorkerPool.runRanges(hidden, grain: grain) { units in
                let start = units.lowerBound
                for item in 0..<batch {
                    let at = item * hidden + start
                    (outputGradient + at).update(from: slope + offset + at, count: units.count)
                }
                if !isLast {
                    ck_transposed_matrix_times_vectors(
                        weight + start,
                        width,
                        hidden,
                        units.count,
                        out + (step + 1) * batch * width,
                        width,
                        outputGradient + start,
                        hidden,
                        batch
                    )
                }
                for item in 0..<batch {
                    let at = item * hidden + start
                    ck_lstm_step_gradient(
                        gates + (step * batch + item) * width + start,
                        hidden,
                        before + at,
                        cells + offset + at,
                        outputGradient + at,
                        cellGradient + at,
                        out + (step * batch + item) * width + start,
                        units.count
                    )
                }
            }
        }
        withExtendedLifetime((zeros, cellStorage, outputStorage)) {}
        return result
    }
}
