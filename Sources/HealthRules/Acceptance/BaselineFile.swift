public import Foundation

/// A baseline as JSON. Reports of `check --format json` are baselines too: `findings` is read of both.
public enum BaselineFile {
    /// Version of the shape of what `write` gives.
    public static let schemaVersion = 1

    private struct Document: Codable {
        var schemaVersion: Int?
        var findings: [Item]
        /// Findings a report made with a baseline left out because they were known.
        var known: [Item]?

        enum CodingKeys: String, CodingKey {
            case schemaVersion = "schema_version"
            case findings, known
        }
    }

    private struct Item: Codable {
        var fingerprint: String?
        var rule: String
        var severity: String
        var subject: String?
    }

    /// The baseline in a file's bytes.
    /// - Throws: `BaselineError`.
    public static func read(_ data: Data, path: String) throws(BaselineError) -> Baseline {
        let document: Document
        do {
            document = try JSONDecoder().decode(Document.self, from: data)
        } catch let DecodingError.keyNotFound(key, context) {
            let place = context.codingPath.map(\.stringValue).joined(separator: ".")
            throw .malformed(
                path: path,
                problem: "'\(key.stringValue)' is missing\(place.isEmpty ? "" : " in \(place)")"
            )
        } catch {
            throw .malformed(path: path, problem: "it is no JSON of that shape")
        }
        if let version = document.schemaVersion, version > schemaVersion {
            throw .malformed(path: path, problem: "it was written by a newer version (schema \(version))")
        }
        var entries: [Baseline.Entry] = []
        for item in document.findings + (document.known ?? []) {
            guard let severity = Severity(rawValue: item.severity) else {
                throw .malformed(path: path, problem: "'\(item.severity)' is no severity")
            }
            entries.append(
                Baseline.Entry(rule: RuleID(item.rule), subject: item.subject ?? "", severity: severity)
            )
        }
        return Baseline(entries)
    }

    /// The text of a baseline, one that version control shows well: sorted, indented, ending with a line end.
    /// - Throws: what `JSONEncoder` throws; never for a baseline.
    public static func write(_ baseline: Baseline) throws -> String {
        let items = baseline.entries.map {
            Item(
                fingerprint: $0.fingerprint.text,
                rule: $0.rule.rawValue,
                severity: $0.severity.rawValue,
                subject: $0.subject
            )
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let document = Document(schemaVersion: schemaVersion, findings: items, known: nil)
        return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
    }
}

/// A baseline that cannot be used.
public enum BaselineError: Error, Equatable, CustomStringConvertible {
    /// The file cannot be opened.
    case unreadable(path: String)
    /// The file cannot be written.
    case unwritable(path: String)
    /// The file holds something else.
    case malformed(path: String, problem: String)

    /// A sentence that says what to do.
    public var description: String {
        let advice = "write one with 'codec-doctor check --write-baseline FILE' or 'check --format json > FILE'"
        return switch self {
        case .unreadable(let path): "cannot read the baseline '\(path)'; \(advice)"
        case .unwritable(let path):
            "cannot write the baseline '\(path)'; check that its folder exists and may be written to"
        case .malformed(let path, let problem): "'\(path)' is no baseline: \(problem); \(advice)"
        }
    }
}
