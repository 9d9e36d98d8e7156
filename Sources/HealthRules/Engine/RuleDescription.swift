/// Groups of rules, by what they look at.
public enum RuleGroup: String, Hashable, Sendable, Codable, CaseIterable {
    /// The game between discriminator and generator.
    case adversarial
    /// Feature matching.
    case feature
    /// What comes out: level, correlation, distances.
    case signal
    /// The quantiser.
    case quantizer
    /// Gradients, learning rates, numbers.
    case optimization
    /// The run itself: gaps, restarts, what is not logged.
    case run
    /// Against somebody's expectations.
    case expectation
    /// What probes of the networks measured.
    case probe
}

/// A threshold or window of a rule.
public struct RuleParameter: Hashable, Sendable, Codable {
    /// Name in the configuration file.
    public var name: String
    /// Value when nothing else is said.
    public var value: Double
    /// Unit, empty for a plain number.
    public var unit: String
    /// What it does.
    public var summary: String
    /// Where the default comes from: an identity, a source, or "calibrated on the labelled logs".
    public var source: String

    /// Creates a parameter.
    public init(_ name: String, _ value: Double, unit: String = "", _ summary: String, source: String) {
        self.name = name
        self.value = value
        self.unit = unit
        self.summary = summary
        self.source = source
    }
}

/// Everything a rule says about itself; `explain`, the generated pages, the reports and the tests read this value.
public struct RuleDescription: Sendable {
    /// Stable identifier.
    public var id: RuleID
    /// Kebab-case name of the disease.
    public var name: String
    /// Group.
    public var group: RuleGroup
    /// Severity when the evidence does not say otherwise.
    public var severity: Severity
    /// What the rule looks for, one or two sentences.
    public var summary: String
    /// Why it is bad.
    public var rationale: String
    /// Causes, most likely first.
    public var causes: [RuleClause]
    /// What to do, in order.
    public var advice: [RuleClause]
    /// Parameters with defaults.
    public var parameters: [RuleParameter]
    /// What is known about the thresholds that were calibrated, empty when none was.
    public var calibration: String
    /// Sources.
    public var references: [String]
    /// Series on which the rule must and must not fire; documentation and tests at once.
    public var examples: [RuleExample]
    /// Preview rules are shown and never gate.
    public var isPreview: Bool

    /// Creates a description.
    public init(
        id: RuleID,
        name: String,
        group: RuleGroup,
        severity: Severity,
        summary: String,
        rationale: String,
        causes: [RuleClause],
        advice: [RuleClause],
        parameters: [RuleParameter] = [],
        calibration: String = "",
        references: [String],
        examples: [RuleExample],
        isPreview: Bool = false
    ) {
        self.id = id
        self.name = name
        self.group = group
        self.severity = severity
        self.summary = summary
        self.rationale = rationale
        self.causes = causes
        self.advice = advice
        self.parameters = parameters
        self.calibration = calibration
        self.references = references
        self.examples = examples
        self.isPreview = isPreview
    }
}

/// Parameter values a rule runs with: defaults, overridden by configuration.
public struct RuleParameters: Sendable {
    private let values: [String: Double]

    /// Defaults of a description with overrides by name.
    public init(_ description: RuleDescription, overrides: [String: Double] = [:]) {
        var values: [String: Double] = [:]
        for parameter in description.parameters {
            values[parameter.name] = overrides[parameter.name] ?? parameter.value
        }
        self.values = values
    }

    /// Value of a declared parameter.
    /// - Precondition: the rule's description declares it.
    public subscript(name: String) -> Double {
        guard let value = values[name] else { preconditionFailure("the rule declares no parameter '\(name)'") }
        return value
    }
}
