/// How much smaller than at full size a preset is made: one factor for widths, codebooks, batches and time.
///
/// Steps per epoch and epochs shrink with the factor each, so that the cost of a run falls with its fourth power.
struct PresetScale {
    /// In 0…1, above 0.
    let factor: Double

    /// A width or a count, rounded, at least `least` unless the full size is smaller.
    func count(_ full: Int, least: Int = 1) -> Int {
        max(min(least, full), Int((Double(full) * factor).rounded()))
    }

    /// The largest power of two not above the factor: discriminators narrow by such factors only.
    var discriminatorFactor: Double {
        var result = 1.0
        while result > factor * 1.000_001 { result /= 2 }
        return result
    }
}
