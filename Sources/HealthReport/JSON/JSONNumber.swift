/// A number in JSON that may be NaN or infinite, which JSON cannot say: those are written as the strings `"NaN"`,
/// `"Infinity"` and `"-Infinity"`.
public struct JSONNumber: Encodable, Hashable, Sendable {
    /// The number.
    public let value: Double

    /// Wraps a number.
    public init(_ value: Double) { self.value = value }

    /// Writes a number or one of the three strings.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if value.isNaN {
            try container.encode("NaN")
        } else if value.isInfinite {
            try container.encode(value > 0 ? "Infinity" : "-Infinity")
        } else {
            try container.encode(value)
        }
    }
}
