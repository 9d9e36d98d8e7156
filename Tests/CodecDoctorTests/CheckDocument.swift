import Foundation

/// The JSON of `check`, as another program would read it.
struct CheckDocument: Decodable {
    struct Fact: Decodable {
        let key: String
        let value: String
        let origin: String
        let evidence: String
    }
    struct Cause: Decodable {
        let rule: String
    }
    struct Sight: Decodable {
        let severity: String
        let step: Int64
        let epoch: Double?
    }
    struct Evidence: Decodable {
        let label: String
        let unit: String
        /// The value, `nil` when it is a string (NaN, infinite).
        let number: Double?

        private enum Keys: String, CodingKey { case label, unit, value }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            label = try container.decode(String.self, forKey: .label)
            unit = try container.decode(String.self, forKey: .unit)
            number = try? container.decode(Double.self, forKey: .value)
        }
    }
    struct Finding: Decodable {
        let rule: String
        let subject: String
        let severity: String
        let confidence: String
        let root: Bool
        let ongoing: Bool
        let first_step: Int64
        let first_epoch: Double?
        let last_epoch: Double?
        let message: String
        let evidence: [Evidence]
        let caused_by: [Cause]
        let visible_since: [Sight]
    }
    struct Cost: Decodable {
        let total: Double
        let after_first_error: Double?
        let currency: String
    }

    let schema_version: Int
    let verdict: String
    let facts: [Fact]
    let findings: [Finding]
    let cost: Cost?

    init(_ text: String) throws { self = try JSONDecoder().decode(CheckDocument.self, from: Data(text.utf8)) }
}
