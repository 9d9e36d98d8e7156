public import TrainingMetrics

/// A series of a rule example: values in `SeriesNotation`, behind optional labels that end in a colon.
///
/// `validation: 1.0x6` sets the split, `scale 1: 0.0` (or any other label) the part, `@5,10: -2.4 -3.7` the positions
/// themselves and `@5000+5000: 1.0x4` their beginning and interval. Labels may follow one another.
public struct ExampleSeries: Sendable, Equatable {
    /// The data the values were measured on; `train` when no label says otherwise.
    public var split = Split.train
    /// Sub-discriminator, stage or scale; empty for the whole.
    public var part = ""
    /// Position of each value.
    public var positions: [Int64]
    /// The values.
    public var values: [Double]

    /// Reads a text; `nil` when it cannot be read, holds no value, or gives another number of positions than values.
    /// Where no label gives positions, `interval` is the first of them and the distance between two.
    public init?(_ text: String, every interval: Int64) {
        let pieces = text.split(separator: ":", omittingEmptySubsequences: false)
        guard let body = pieces.last, let values = SeriesNotation.values(String(body)), !values.isEmpty else {
            return nil
        }
        self.values = values
        positions = (1...Int64(values.count)).map { $0 * interval }
        for piece in pieces.dropLast() {
            let label = piece.drop { $0 == " " }
            if let split = Split(rawValue: String(label)) {
                self.split = split
            } else if label.hasPrefix("@") {
                guard let given = Self.positions(label.dropFirst(), count: values.count) else { return nil }
                positions = given
            } else {
                part = String(label)
            }
        }
    }

    private static func positions(_ label: Substring, count: Int) -> [Int64]? {
        let ends = label.split(separator: "+")
        if ends.count == 2, let start = Int64(ends[0]), let interval = Int64(ends[1]) {
            return (0..<Int64(count)).map { start + $0 * interval }
        }
        let listed = label.split(separator: ",").compactMap { Int64($0) }
        return listed.count == count ? listed : nil
    }
}
