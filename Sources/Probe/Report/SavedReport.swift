import Foundation
public import TrainingMetrics

/// What can be read again of a report that ``ProbeReport/json(pretty:)`` wrote.
public enum SavedReport {
    /// Why nothing can be read.
    public enum Failure: Error, Equatable, CustomStringConvertible {
        /// It is not a probe's report, or a part of one.
        case damaged
        /// A later version of this program wrote it.
        case newer(schemaVersion: Int)

        /// A sentence.
        public var description: String {
            switch self {
            case .damaged: "The saved probe report is damaged. Save the probe again."
            case .newer(let version):
                "The saved probe report is of version \(version), this program reads up to "
                    + "\(ProbeReport.schemaVersion). Update codec-doctor."
            }
        }
    }

    private struct Version: Decodable {
        let schemaVersion: Int
    }
    private struct Body: Decodable {
        let evidence: ProbeEvidence?
    }

    /// The evidence a report holds.
    /// - Parameter json: the report; NaN and infinities are the strings "NaN", "Infinity" and "-Infinity".
    /// - Returns: the evidence, `nil` for a report that has none, as that of a single layer.
    /// - Throws: why it cannot be read.
    public static func evidence(in json: String) throws(Failure) -> ProbeEvidence? {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity",
            negativeInfinity: "-Infinity",
            nan: "NaN"
        )
        let data = Data(json.utf8)
        guard let version = try? decoder.decode(Version.self, from: data) else { throw .damaged }
        guard version.schemaVersion <= ProbeReport.schemaVersion else {
            throw .newer(schemaVersion: version.schemaVersion)
        }
        guard let body = try? decoder.decode(Body.self, from: data) else { throw .damaged }
        if let evidence = body.evidence, !hasPossibleCounts(evidence) { throw .damaged }
        return body.evidence
    }

    /// Whether counts are such as a probe writes: rules add them up.
    private static func hasPossibleCounts(_ evidence: ProbeEvidence) -> Bool {
        let counts =
            [evidence.parameterCount, evidence.opponentParameterCount ?? 0, evidence.learning?.steps ?? 0]
            + evidence.mixing.map(\.smallestFanIn)
            + evidence.layers.flatMap { [$0.deadFilters ?? 0, $0.filters ?? 0, $0.nonFinite ?? 0] }
        return counts.allSatisfy { (0...1_000_000_000_000_000).contains($0) } && evidence.layers.count <= 100_000
    }
}
