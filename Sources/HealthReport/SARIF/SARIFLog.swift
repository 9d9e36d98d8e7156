/// The part of SARIF 2.1.0 that reports use (OASIS Standard, "Static Analysis Results Interchange Format Version 2.1.0",
/// section 3). Property names are those of the standard; `nil` is left out.
struct SARIFLog: Encodable {
    struct Message: Encodable {
        let text: String
        var markdown: String?
    }
    struct Run: Encodable {
        let tool: Tool
        let automationDetails: AutomationDetails
        let invocations: [Invocation]
        let columnKind = "unicodeCodePoints"
        let results: [Result]
        let properties: RunProperties
    }
    struct Tool: Encodable { let driver: Driver }
    struct Driver: Encodable {
        let name = "codec-doctor"
        let version: String?
        let rules: [Rule]
    }
    struct Rule: Encodable {
        let id: String
        let name: String
        let shortDescription: Message
        let fullDescription: Message
        let help: Message
        let defaultConfiguration: Configuration
        let properties: RuleProperties
    }
    struct Configuration: Encodable { let level: String }
    struct RuleProperties: Encodable {
        let tags: [String]
        let preview: Bool
    }
    struct AutomationDetails: Encodable { let id: String }
    struct Invocation: Encodable {
        let executionSuccessful = true
        let toolExecutionNotifications: [Notification]
    }
    struct Notification: Encodable {
        let level: String
        let message: Message
        let associatedRule: RuleReference?
    }
    struct RuleReference: Encodable {
        let id: String
        let index: Int
    }
    struct Result: Encodable {
        let ruleId: String
        let ruleIndex: Int
        let level: String
        let rank: Double
        let message: Message
        let locations: [Location]
        let codeFlows: [CodeFlow]?
        let partialFingerprints: [String: String]
        let baselineState: String?
        let properties: ResultProperties
    }
    struct Location: Encodable {
        let physicalLocation: PhysicalLocation
        let logicalLocations: [LogicalLocation]
        var message: Message?
    }
    struct PhysicalLocation: Encodable {
        let artifactLocation: ArtifactLocation
        let region: Region?
    }
    struct ArtifactLocation: Encodable { let uri: String }
    struct Region: Encodable { let startLine: Int }
    struct LogicalLocation: Encodable {
        let name: String
        let kind: String
    }
    struct CodeFlow: Encodable { let threadFlows: [ThreadFlow] }
    struct ThreadFlow: Encodable { let locations: [ThreadFlowLocation] }
    struct ThreadFlowLocation: Encodable { let location: Location }
    struct ResultProperties: Encodable {
        struct Evidence: Encodable {
            let label: String
            let value: JSONNumber
            let unit: String
            let expected: String
        }
        let subject: String
        let confidence: String
        let since: String
        let root: Bool
        let firstPosition: Int64
        let lastPosition: Int64
        let evidence: [Evidence]
        let advice: [String]
    }
    struct RunProperties: Encodable {
        let run: String
        let verdict: String
        let notes: [String]
        let cost: String?
    }

    private enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case version, runs
    }

    let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    let version = "2.1.0"
    let runs: [Run]
}
