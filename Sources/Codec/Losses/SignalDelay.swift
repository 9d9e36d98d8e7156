/// How much later an estimate is than its reference.
public enum SignalDelay {
    /// The delay in samples, −`maximum` … `maximum`, at which the cross-correlation of two signals `[…, T]`, summed over all
    /// but the last dimension, is largest; of equal ones the smallest. 0 when the correlation is not finite.
    public static func find(_ estimate: Tensor, reference: Tensor, within maximum: Int) -> Int {
        precondition(
            estimate.shape == reference.shape && estimate.rank > 0 && maximum >= 0,
            "a delay needs two signals of one shape, but got \(estimate.shape) and \(reference.shape)"
        )
        let length = estimate.shape[estimate.rank - 1]
        guard length > 1 else { return 0 }
        let limit = min(maximum, length - 1)
        let (x, y) = (estimate.values, reference.values)
        var sum = [Float](repeating: 0, count: 2 * limit + 1)
        for start in stride(from: 0, to: x.count, by: length) {
            let correlation = FourierTransform.crossCorrelation(
                of: Array(y[start..<(start + length)]),
                with: Array(x[start..<(start + length)]),
                lags: -limit...limit
            )
            for index in sum.indices { sum[index] += correlation[index] }
        }
        guard sum.allSatisfy(\.isFinite) else { return 0 }
        let nearestFirst = (-limit...limit).sorted { (abs($0), $0) < (abs($1), $1) }
        return nearestFirst.max { sum[$0 + limit] < sum[$1 + limit] } ?? 0
    }

    /// Both signals `[…, T]` without the delay: the part that both cover, recorded for gradients.
    public static func removed(
        from estimate: Tensor,
        reference: Tensor,
        within maximum: Int
    ) -> (estimate: Tensor, reference: Tensor) {
        let delay = find(estimate, reference: reference, within: maximum)
        let (axis, length) = (estimate.rank - 1, estimate.shape[estimate.rank - 1])
        guard delay != 0 else { return (estimate, reference) }
        let late = max(0, delay)..<min(length, length + delay)
        let early = max(0, -delay)..<min(length, length - delay)
        return (estimate.sliced(dimension: axis, range: late), reference.sliced(dimension: axis, range: early))
    }
}
