/// How a logged metric is to be read. Stored beside the raw name and raw values, so that a correction
/// (`--map NAME=ROLE`) never needs the log again.
public struct MetricInterpretation: Hashable, Sendable, Codable {
    /// What the number is.
    public var role: MetricRole
    /// Which one of several: sub-discriminator, codebook stage, scale (`0`, `mpd`, `0.5`); empty for the whole.
    public var part: String
    /// Factor from the logged to the canonical unit (0.01 for a percentage). Applied on reading, never to the store.
    public var scale: Double
    /// Whether the sign is turned on reading (SI-SDR logged as a loss).
    public var isNegated: Bool

    /// Creates an interpretation.
    public init(role: MetricRole, part: String = "", scale: Double = 1, isNegated: Bool = false) {
        self.role = role
        self.part = part
        self.scale = scale
        self.isNegated = isNegated
    }

    /// Canonical value of a raw one. NaN and infinities stay what they are (a negated +inf is −inf).
    public func canonical(_ raw: Double) -> Double { isNegated ? -(raw * scale) : raw * scale }
}
