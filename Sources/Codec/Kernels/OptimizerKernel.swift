import CKernels
import Foundation

/// Loops over all parameters at once, in pieces, so that small ones do not cost a round of threads each.
enum OptimizerKernel {
    /// The values of one piece.
    private static let piece = 65_536

    /// The storages AdamW changes and reads for one parameter, of equal sizes.
    struct Update {
        let values: TensorStorage
        let gradient: TensorStorage
        let mean: TensorStorage
        let square: TensorStorage
        /// Which step of this parameter it is, from 1.
        let step: Int
    }

    /// What all parameters have in common, named as in ``AdamW``.
    struct AdamWRates {
        let learningRate: Double
        let betas: (Double, Double)
        let epsilon: Float
        let weightDecay: Double

        /// The factors of a step, with bias corrections.
        func factors(step: Int) -> ck_adamw_step {
            ck_adamw_step(
                keep: Float(1 - learningRate * weightDecay),
                mean_share: Float(1 - betas.0),
                square_share: Float(1 - betas.1),
                square_keep: Float(betas.1),
                step_size: Float(learningRate / (1 - pow(betas.0, Double(step)))),
                square_correction: Float((1 - pow(betas.1, Double(step))).squareRoot()),
                epsilon: epsilon
            )
        }
    }

    /// One AdamW step; Σ (change)² and Σ (old value)² of every update, which do not depend on the number of threads.
    static func adamW(_ updates: [Update], _ rates: AdamWRates) -> [(change: Double, norm: Double)] {
        let factors = updates.map { rates.factors(step: $0.step) }
        let pointers = updates.map {
            ($0.values.mutablePointer, $0.gradient.pointer, $0.mean.mutablePointer, $0.square.mutablePointer)
        }
        let pieces = pieces(updates.map(\.values.count))
        var partial = [ck_adamw_movement](repeating: ck_adamw_movement(), count: pieces.count)
        partial.withUnsafeMutableBufferPointer { buffer in
            guard let moved = buffer.baseAddress else { return }
            WorkerPool.run(pieces.count) { piece in
                let (index, start, count) = pieces[piece]
                let (values, gradient, mean, square) = pointers[index]
                moved[piece] = ck_adamw(
                    values + start,
                    gradient + start,
                    mean + start,
                    square + start,
                    factors[index],
                    count
                )
            }
        }
        var sums = [(change: Double, norm: Double)](repeating: (0, 0), count: updates.count)
        for (piece, moved) in zip(pieces, partial) {
            sums[piece.index].change += moved.change
            sums[piece.index].norm += moved.norm
        }
        return sums
    }

    /// Moves every value of each first storage by `share` of its distance to the second one's.
    static func approach(_ pairs: [(moved: TensorStorage, target: TensorStorage)], share: Float) {
        let pointers = pairs.map { ($0.moved.mutablePointer, $0.target.pointer) }
        forEachPiece(pairs.map(\.moved.count)) { index, start, count in
            ck_approach(pointers[index].0 + start, pointers[index].1 + start, share, count)
        }
    }

    /// Multiplies every value by `factor`, in place.
    static func scale(_ storages: [TensorStorage], by factor: Float) {
        let pointers = storages.map(\.mutablePointer)
        forEachPiece(storages.map(\.count)) { index, start, count in
            ck_multiply_number(pointers[index] + start, factor, pointers[index] + start, count)
        }
    }

    /// Σ x² of each storage, in double precision; the sums do not depend on the number of threads.
    static func sumsOfSquares(_ storages: [TensorStorage]) -> [Double] {
        let pointers = storages.map(\.pointer)
        let pieces = Self.pieces(storages.map(\.count))
        var partial = [Double](repeating: 0, count: pieces.count)
        partial.withUnsafeMutableBufferPointer { buffer in
            guard let sums = buffer.baseAddress else { return }
            WorkerPool.run(pieces.count) { piece in
                let (index, start, count) = pieces[piece]
                sums[piece] = ck_dot(pointers[index] + start, pointers[index] + start, count)
            }
        }
        var sums = [Double](repeating: 0, count: storages.count)
        for (piece, sum) in zip(pieces, partial) { sums[piece.index] += sum }
        return sums
    }

    private static func forEachPiece(_ counts: [Int], _ body: (Int, Int, Int) -> Void) {
        let pieces = pieces(counts)
        WorkerPool.run(pieces.count) { body(pieces[$0].index, pieces[$0].start, pieces[$0].count) }
    }

    private static func pieces(_ counts: [Int]) -> [(index: Int, start: Int, count: Int)] {
        counts.indices.flatMap { index in
            stride(from: 0, to: counts[index], by: piece).map { (index, $0, min(piece, counts[index] - $0)) }
        }
    }
}
