import HealthReport
import HealthRules

/// An event as a JSON object on a line; `docs/watch.md` describes it.
struct EncodedWatchEvent: Encodable {
    struct Run: Encodable {
        let id: Int64
        let name: String
        var verdict: String?
        var position: Int64?
        var epoch: Double?
        var samples: Int?
        var recordsPerSample: Int?
        var positionsPerSecond: JSONNumber?
        var silentSeconds: JSONNumber?
        var problems: [Problem]?
        var latest: [Latest]?
        var cost: Cost?
    }
    struct Problem: Encodable {
        let rule: String
        let name: String
        let subject: String
        let severity: String
        let confidence: String
        let firstPosition: Int64
        let message: String
    }
    struct Latest: Encodable {
        let metric: String
        let value: JSONNumber
    }
    struct Cost: Encodable {
        let total: JSONNumber
        let afterFirstError: JSONNumber?
        let remaining: JSONNumber?
        let currency: String
    }

    let schemaVersion = 1
    let event: String
    let time: String
    var target: String?
    var store: String?
    var note: String?
    var change: String?
    var was: String?
    var finding: Problem?
    var run: Run?
    var runs: [Run]?
    var seconds: JSONNumber?
    var reason: String?

    /// An event at a time (ISO 8601).
    init(_ event: WatchEvent, at time: String) {
        self.time = time
        switch event {
        case .started(let target, let store):
            (self.event, self.target, self.store) = ("started", target, store)
        case .run(let id, let name):
            (self.event, run) = ("run", Run(id: id, name: name))
        case .note(let text):
            (self.event, note) = ("note", text)
        case .finding(let change, let status):
            self.event = "finding"
            self.change = change.word
            switch change {
            case .worsened(_, let old), .eased(_, let old): was = old.rawValue
            case .appeared, .gone: break
            }
            finding = Problem(change.finding)
            run = Run(
                id: status.runID,
                name: status.runName,
                verdict: status.verdict.rawValue,
                position: status.position
            )
        case .heartbeat(let status):
            (self.event, run) = ("heartbeat", Run(status))
        case .summary(let statuses, let seconds, let reason):
            (self.event, runs, self.seconds, self.reason) = (
                "summary", statuses.map { Run($0) }, JSONNumber(seconds), reason
            )
        }
    }
}

extension EncodedWatchEvent.Run {
    fileprivate init(_ status: WatchStatus) {
        id = status.runID
        name = status.runName
        verdict = status.verdict.rawValue
        position = status.position
        epoch = status.epoch
        samples = status.samples
        recordsPerSample = status.recordsPerSample
        positionsPerSecond = status.speed.map { JSONNumber($0) }
        silentSeconds = JSONNumber(status.silentSeconds)
        problems = status.roots.map { EncodedWatchEvent.Problem($0) }
        latest = status.curves.map { EncodedWatchEvent.Latest(metric: $0.label, value: JSONNumber($0.latest)) }
        cost = status.forecast.map {
            EncodedWatchEvent.Cost(
                total: JSONNumber($0.cost.total),
                afterFirstError: $0.cost.afterFirstError.map { JSONNumber($0) },
                remaining: $0.remaining.map { JSONNumber($0) },
                currency: $0.cost.currency
            )
        }
    }
}

extension EncodedWatchEvent.Problem {
    fileprivate init(_ finding: Finding) {
        rule = finding.rule.rawValue
        name = finding.name
        subject = finding.subject
        severity = finding.severity.rawValue
        confidence = finding.confidence.rawValue
        firstPosition = finding.episode.firstPosition
        message = finding.message
    }
}
