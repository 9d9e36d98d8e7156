import Codec

/// Moments of a tensor's values, in double precision. NaN in a value reaches all but ``clippedFraction``.
struct ValueStatistics {
    /// Magnitude from which a sample counts as clipped, full scale 1.
    static let clippingLevel: Float = 0.999

    private(set) var mean = Double.nan
    /// Root of the mean square.
    private(set) var rms = Double.nan
    /// √ mean (x − mean)².
    private(set) var deviation = Double.nan
    /// Largest magnitude.
    private(set) var peak = Double.nan
    /// Share of values at or above ``clippingLevel``, 0…1.
    private(set) var clippedFraction = Double.nan

    /// Statistics of all values; NaN of none.
    init(_ tensor: Tensor) {
        guard tensor.count > 0 else { return }
        let count = Double(tensor.count)
        tensor.storage.withSpan { values in
            var (sum, square, largest, clipped) = (0.0, 0.0, Float(0), 0)
            for index in values.indices {
                let value = values[index]
                let magnitude = abs(value)
                sum += Double(value)
                square += Double(value) * Double(value)
                if magnitude > largest { largest = magnitude }
                if magnitude >= Self.clippingLevel { clipped += 1 }
            }
            let mean = sum / count
            var spread = 0.0
            for index in values.indices {
                let distance = Double(values[index]) - mean
                spread += distance * distance
            }
            self.mean = mean
            rms = (square / count).squareRoot()
            deviation = (spread / count).squareRoot()
            peak = square.isNaN ? .nan : Double(largest)
            clippedFraction = Double(clipped) / count
        }
    }
}
