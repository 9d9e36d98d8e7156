/// Ranges in words.
enum BandWords {
    /// `0.71 to 1.41`, `above 0.5`, `below 1.9`, `1`; empty when there is no edge.
    static func text(_ lower: Double?, _ upper: Double?) -> String {
        switch (lower, upper) {
        case (let lower?, let upper?) where lower == upper: NumberText.tidy(lower)
        case (let lower?, let upper?): "\(NumberText.tidy(lower)) to \(NumberText.tidy(upper))"
        case (let lower?, nil): "above \(NumberText.tidy(lower))"
        case (nil, let upper?): "below \(NumberText.tidy(upper))"
        case (nil, nil): ""
        }
    }
}
