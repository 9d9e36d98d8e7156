/// A rule's stable identifier: group prefix and number (`ADV001`). Never reused.
public struct RuleID: Hashable, Sendable, Comparable, Codable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The spelling.
    public let rawValue: String
    /// An identifier with that spelling.
    public init(stringLiteral value: String) { rawValue = value }
    /// An identifier with that spelling.
    public init(_ value: String) { rawValue = value }
    /// The spelling.
    public var description: String { rawValue }
    /// Alphabetical order.
    public static func < (first: RuleID, second: RuleID) -> Bool { first.rawValue < second.rawValue }
    /// Reads the plain spelling.
    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }
    /// Writes the plain spelling.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
