import Foundation

/// How every JSON document of this program is written: keys sorted, indented, slashes as they are.
public enum JSONText {
    /// How keys are spelled.
    public enum Keys: Sendable {
        /// In snake case: documents of our own shape.
        case snakeCase
        /// As the type declares them: documents of somebody else's shape.
        case asDeclared
    }

    /// The text of a value.
    public static func render(_ value: some Encodable, keys: Keys = .snakeCase) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        if keys == .snakeCase { encoder.keyEncodingStrategy = .convertToSnakeCase }
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
