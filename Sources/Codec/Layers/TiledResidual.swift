/// x + block(x) for long signals without gradients, piece by piece along time.
///
/// A block of several layers reads and writes its signal at each of them; in pieces that fit the cache, only x and the sum travel
/// to memory. Neighbouring pieces overlap by what the block looks beyond an output sample, so every sample is computed from the same
/// numbers as in one piece, and memory for intermediate values does not grow with the length.
enum TiledResidual {
    /// Bytes of a piece; three or four of them are in use at a time.
    private static let pieceBytes = 4 << 20

    /// How long the pieces of a signal `[B, C, T]` are, or nil when it should be computed at once: it is short, or gradients or
    /// activations are wanted.
    static func pieceLength(of shape: [Int], reach: Int) -> Int? {
        guard !GradientMode.isRecording, ActivationRecorder.current == nil else { return nil }
        let rows = shape[0] * shape[1]
        let length = max(pieceBytes / (4 * max(1, rows)), 32 * reach, 256)
        return shape[2] > 3 * length ? length : nil
    }

    /// x + block(x), where `block` keeps the length, sees `reach` samples to either side of an output sample, and sees zeros beyond
    /// the ends.
    static func run(_ input: Tensor, pieceLength: Int, reach: Int, _ block: (Tensor) -> Tensor) -> Tensor {
        let length = input.shape[2]
        let result = TensorStorage(count: input.count)
        for start in stride(from: 0, to: length, by: pieceLength) {
            let end = min(length, start + pieceLength)
            let seen = max(0, start - reach)..<min(length, end + reach)
            let piece = block(input.sliced(dimension: 2, range: seen))
            precondition(piece.shape == [input.shape[0], input.shape[1], seen.count], "the block must keep the shape")
            ResidualKernel.add(
                input.storage,
                piece.storage,
                into: result,
                length: length,
                start: start,
                count: end - start,
                pieceLength: seen.count,
                offset: start - seen.lowerBound
            )
        }
        return Tensor(storage: result, shape: input.shape)
    }
}
