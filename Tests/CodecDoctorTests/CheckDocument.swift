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
        let firstStep: Int64
        let firstEpoch: Double?
        let lastEpoch: Double?
        let message: String
        let evidence: [Evidence]
        let causedBy: [Cause]
        let visibleSince: [Sight]
    }
    struct Cost: Decodable {
        let total: Double
        let afterFirstError: Double?
        let currency: String
    }

    let schemaVersion: Int
    let verdict: String
    let facts: [Fact]
    let findings: [Finding]
    let cost: Cost?

    init(_ text: String) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(CheckDocument.self, from: Data(text.utf8))
    }
}
