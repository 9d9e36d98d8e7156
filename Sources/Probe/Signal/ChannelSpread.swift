import Codec

/// How much a signal varies within its channels.
enum ChannelSpread {
    /// The root over channels of the mean variance around each channel's own mean, over items and positions of `[B, C, …]` tensors of equal
    /// C taken together. What a bias adds to a channel is no signal and does not count.
    static func of(_ tensors: [Tensor]) -> Double {
        withoutGradients {
            let rows = tensors.map { tensor in
                let channels = tensor.shape[1]
                return tensor.reshaped([tensor.shape[0], channels, -1]).transposed(0, 1).reshaped([channels, -1])
            }
            let joined = rows.count == 1 ? rows[0] : Tensor.concatenated(rows, dimension: 1)
            let centered = joined - joined.mean(dimensions: [1], keepingDimensions: true)
            return Double(centered.squared().mean().item).squareRoot()
        }
    }
}
