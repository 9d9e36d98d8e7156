import CKernels
import COpenBLAS

/// A layer of LSTM cells over all steps of `[T, B, D]`.
struct RecurrentKernel {
    var steps: Int, batch: Int, inputs: Int, hidden: Int

    /// What the backward pass needs: activated gates `[T, B, 4H]`, cell states `[T, B, H]` and results `[T, B, H]`.
    struct Trace {
        let gates: TensorStorage
        let cells: TensorStorage
        let outputs: TensorStorage
    }

    /// All steps from a zero state. The input's share of all gates is one matrix product before the loop.
    func forward(_ x: TensorStorage, inputWeight: TensorStorage, recurrentWeight: TensorStorage, bias: [Float]) -> Trace
    {
        let width = 4 * hidden
        let gates = TensorStorage(count: steps * batch * width)
        let cells = TensorStorage(count: steps * batch * hidden)
        let outputs = TensorStorage(count: steps * batch * hidden)
        let (sums, cell, output) = (gates.mutablePointer, cells.mutablePointer, outputs.mutablePointer)
        for row in 0..<(steps * batch) {
            for j in 0..<width { sums[row * width + j] = bias[j] }
        }
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
        let zeros = TensorStorage(count: batch * hidden, repeating: 0)
        withExtendedLifetime(zeros) {
            for step in 0..<steps {
                let current = sums + step * batch * width
                let offset = step * batch * hidden
                if step > 0 {
                    MatrixProduct.multiply(
                        output + offset - batch * hidden,
                        transposed: false,
                        recurrentWeight.pointer,
                        transposed: true,
                        into: current,
                        m: batch,
                        n: width,
                        k: hidden,
                        beta: 1
                    )
                }
                let before = step > 0 ? UnsafePointer(cell + offset - batch * hidden) : zeros.pointer
                for item in 0..<batch {
                    let at = item * hidden
                    ck_lstm_step(
                        current + item * width,
                        before + at,
                        cell + offset + at,
                        output + offset + at,
                        hidden
                    )
                }
            }
        }
        return Trace(gates: gates, cells: cells, outputs: outputs)
    }

    /// The gradients of the gates' sums, `[T, B, 4H]`, back through time.
    func backward(_ gradient: TensorStorage, trace: Trace, recurrentWeight: TensorStorage) -> TensorStorage {
        let width = 4 * hidden
        let result = TensorStorage(count: steps * batch * width)
        let (slope, out) = (gradient.pointer, result.mutablePointer)
        let (gates, cells) = (trace.gates.pointer, trace.cells.pointer)
        let zeros = TensorStorage(count: batch * hidden, repeating: 0)
        let cellStorage = TensorStorage(count: batch * hidden, repeating: 0)
        let outputStorage = TensorStorage(count: batch * hidden, repeating: 0)
        withExtendedLifetime((zeros, cellStorage, outputStorage)) {
            let (cellGradient, outputGradient) = (cellStorage.mutablePointer, outputStorage.mutablePointer)
            for step in (0..<steps).reversed() {
                let offset = step * batch * hidden
                outputGradient.update(from: slope + offset, count: batch * hidden)
                if step + 1 < steps {
                    MatrixProduct.multiply(
                        out + (step + 1) * batch * width,
                        transposed: false,
                        recurrentWeight.pointer,
                        transposed: false,
                        into: outputGradient,
                        m: batch,
                        n: hidden,
                        k: width,
                        beta: 1
                    )
                }
                let before = step > 0 ? cells + offset - batch * hidden : zeros.pointer
                for item in 0..<batch {
                    let at = item * hidden
                    ck_lstm_step_gradient(
                        gates + (step * batch + item) * width,
                        before + at,
                        cells + offset + at,
                        outputGradient + at,
                        cellGradient + at,
                        out + (step * batch + item) * width,
                        hidden
                    )
                }
            }
        }
        return result
    }
}
