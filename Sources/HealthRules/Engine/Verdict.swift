/// What a check says of a run as a whole.
public enum Verdict: String, Hashable, Sendable, Codable, CaseIterable {
    /// Nothing at error severity, and enough was measured for long enough to say so.
    case healthy
    /// At least one error.
    case failing
    /// No error, but the run is too short or too little of it was logged: neither healthy nor failing.
    case unsettled

    /// The verdict on what the rules said. Preview rules do not count. A run without error is healthy only when at
    /// least one rule about its losses or its signal was satisfied, and more rules were satisfied than had to say "too
    /// short". `accepted` findings do not make it fail; their rules have judged all the same.
    public init(_ results: RuleResults, accepted: [Finding] = [], registry: [HealthRule] = RuleRegistry.all) {
        let descriptions = registry.map(\.description)
        let preview = Set(descriptions.filter(\.isPreview).map(\.id))
        if results.findings.contains(where: { $0.severity == .error && !preview.contains($0.rule) }) {
            self = .failing
            return
        }
        let aboutTheRun: Set<RuleGroup> = [.adversarial, .feature, .signal, .quantizer, .optimization]
        // That numbers are finite says nothing about what they mean.
        let telling = Set(descriptions.filter { aboutTheRun.contains($0.group) && !$0.isPreview }.map(\.id))
            .subtracting(["OPT001"])
        let judged =
            results.passed.filter { telling.contains($0) }.count
            + Set((results.findings + accepted).map(\.rule)).intersection(telling).count
        let waiting = results.tooShort.filter { telling.contains($0.rule) }.count
        self = judged > 0 && judged > waiting ? .healthy : .unsettled
    }
}
