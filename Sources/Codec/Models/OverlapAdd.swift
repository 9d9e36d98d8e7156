/// Joins overlapping segments (EnCodec's `_linear_overlap_add`).
enum OverlapAdd {
    /// Segments `[B, C, Tᵢ]` that begin every `stride` samples, the first one the longest, as one signal.
    ///
    /// Each is weighted by a triangle over the first one's length, highest in its middle, and the sum is divided by the sum of weights:
    /// where one segment is alone it is unchanged, where two meet they fade into each other.
    static func join(_ segments: [Tensor], stride: Int) -> Tensor {
        let (batch, channels, longest) = (segments[0].shape[0], segments[0].shape[1], segments[0].shape[2])
        let total = segments.enumerated().map { $0.offset * stride + $0.element.shape[2] }.max() ?? 0
        let triangle = (1...longest).map { 0.5 - abs(Float($0) / Float(longest + 1) - 0.5) }
        var weights = [Float](repeating: 0, count: total)
        for (index, segment) in segments.enumerated() {
            for time in 0..<segment.shape[2] { weights[index * stride + time] += triangle[time] }
        }
        precondition(stride <= longest, "segments of \(longest) samples every \(stride) leave gaps")
        let lengths = segments.map { $0.shape[2] }
        precondition(lengths.allSatisfy { $0 <= longest }, "the first segment must be the longest")

        let sum = TensorStorage(count: batch * channels * total, repeating: 0)
        sum.withMutableSpan { sum in
            for (index, segment) in segments.enumerated() {
                segment.storage.withSpan { part in
                    for row in 0..<(batch * channels) {
                        for time in 0..<lengths[index] {
                            sum[row * total + index * stride + time] +=
                                triangle[time] * part[row * lengths[index] + time]
                        }
                    }
                }
            }
            for index in 0..<sum.count { sum[index] /= weights[index % total] }
        }
        return Tensor(operation: "overlapAdd", storage: sum, shape: [batch, channels, total], inputs: segments) {
            gradient in
            lengths.enumerated().map { index, length in
                let part = TensorStorage(count: batch * channels * length)
                part.withMutableSpan { part in
                    gradient.storage.withSpan { gradient in
                        for row in 0..<(batch * channels) {
                            for time in 0..<length {
                                let place = index * stride + time
                                part[row * length + time] =
                                    gradient[row * total + place] * triangle[time] / weights[place]
                            }
                        }
                    }
                }
                return Tensor(storage: part, shape: [batch, channels, length])
            }
        }
    }
}
