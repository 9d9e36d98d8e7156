/// When a loss has clearly left the value of a net that answers one constant.
///
/// The mean of ``window`` neighbouring losses must lie below the blind value by more than ``margin`` of it and by more than three standard
/// errors of that mean, and so must the means at the next steps, ``window`` of them in a row, and the mean of all losses from there to the
/// end. Batches make a blind net's loss scatter around its value, and the best of many windows is below it by luck; that does not last.
enum BlindExit {
    /// Losses per mean, and means in a row.
    static let window = 10
    /// Share of the blind value.
    static let margin = 0.05

    /// The step at whose end this was first so (the first of the means in a row), counted from 0; nil if never. NaN is never below.
    static func step(in losses: [Double], blind: Double) -> Int? {
        var inARow = 0
        for end in losses.indices.dropFirst(window - 1) {
            inARow = isBelow(losses[(end - window + 1)...end], blind: blind) ? inARow + 1 : 0
            if inARow >= window, SignalProbe.mean(Array(losses[(end - window + 1)...])) < (1 - margin) * blind {
                return end - window + 1
            }
        }
        return nil
    }

    /// Whether the mean of the last ``window`` losses is below that of the first by more than a quarter of a per cent of the blind value and
    /// by more than three standard errors of the difference.
    static func isFalling(_ losses: [Double], blind: Double) -> Bool {
        guard losses.count >= 2 * window else { return false }
        let (begin, end) = (Array(losses.prefix(window)), Array(losses.suffix(window)))
        let (first, last) = (standardError(begin), standardError(end))
        let error = (first * first + last * last).squareRoot()
        return SignalProbe.mean(begin) - SignalProbe.mean(end) > max(0.0025 * blind, 3 * error)
    }

    private static func standardError(_ values: [Double]) -> Double {
        SignalProbe.deviation(values) / Double(values.count - 1).squareRoot()
    }

    private static func isBelow(_ losses: ArraySlice<Double>, blind: Double) -> Bool {
        let values = Array(losses)
        return SignalProbe.mean(values) < blind - max(margin * blind, 3 * standardError(values))
    }
}
