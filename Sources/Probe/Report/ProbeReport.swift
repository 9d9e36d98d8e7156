import Foundation
public import TrainingMetrics

/// What a probe measured, for people, programs and the store.
public struct ProbeReport: Codable, Sendable {
    /// Version of this shape; it changes when a field changes its meaning.
    public static let schemaVersion = 1

    /// ``schemaVersion`` of the writer.
    public var schemaVersion = ProbeReport.schemaVersion
    /// What was probed.
    public var kind: ProbeEvidence.Kind
    /// Seed of all random numbers.
    public var seed: UInt64
    /// Seconds the whole probe took.
    public var seconds: Double = 0
    /// What was assumed, not told: "stride 1 of convs.0: not in the file".
    public var assumptions: [String] = []
    /// The answer in a few sentences, most important first.
    public var answer: [String] = []
    /// What was not measured, each with what would let it be: "whether it learns: run without --static".
    public var unmeasured: [String] = []
    /// One per network that was probed; the first is the subject, others are there to compare.
    public var networks: [NetworkReport] = []
    /// What single layers can do; empty when not measured.
    public var capacities: [LayerCapacityReport] = []
    /// A generator's measurements; nil for discriminators and layers.
    public var codec: CodecProbeReport?

    /// An empty report.
    public init(kind: ProbeEvidence.Kind, seed: UInt64) {
        self.kind = kind
        self.seed = seed
    }

    /// What rules may use, about the subject; nil for a layer.
    public var evidence: ProbeEvidence? { networks.first?.evidence ?? codec?.evidence }

    /// JSON with sorted keys in snake case; NaN and infinities are the strings "NaN", "Infinity" and "-Infinity". Has "evidence" beside the report's fields.
    public func json(pretty: Bool = false) throws -> String {
        struct Envelope: Encodable {
            let report: ProbeReport
            let evidence: ProbeEvidence?
            enum Key: String, CodingKey { case evidence }
            func encode(to encoder: any Encoder) throws {
                try report.encode(to: encoder)
                var container = encoder.container(keyedBy: Key.self)
                try container.encodeIfPresent(evidence, forKey: .evidence)
            }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = pretty ? [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes] : [.sortedKeys]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity",
            negativeInfinity: "-Infinity",
            nan: "NaN"
        )
        return String(decoding: try encoder.encode(Envelope(report: self, evidence: evidence)), as: UTF8.self)
    }
}
