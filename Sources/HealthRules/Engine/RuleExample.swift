public import TrainingMetrics

/// A short run on which a rule must or must not fire. Series are written `start+stepxcount`, `valuexcount` and single
/// numbers, separated by blanks: `2.0x6 1.99 1.5-0.1x4` (the last is 1.5, 1.4, 1.3, 1.2).
public struct RuleExample: Sendable {
    /// What the rule must make of it.
    public enum Expectation: Sendable, Equatable {
        /// A finding, of that severity when one is given.
        case fires(Severity?)
        /// No finding: a pass.
        case passes
        /// Cannot be judged: not measured.
        case unmeasured
        /// Cannot be judged yet: too short.
        case tooShort
    }

    /// What the example shows.
    public var title: String
    /// Metrics by role, in series notation, with labels for split, part and positions (`ExampleSeries`).
    public var series: [(MetricRole, String)]
    /// Facts by key.
    public var facts: [FactKey: String]
    /// Steps between two samples.
    public var stepInterval: Int64
    /// What the positions count.
    public var axis: StepAxis
    /// What must come of it.
    public var expectation: Expectation
    /// Seconds since the last line was logged, `nil` when the run is not being watched.
    public var silentSeconds: Double?
    /// Name of the expectation profile the run is compared with, `nil` for none.
    public var profile: String?

    /// What saved probes measured of its networks.
    public var probes: [ProbeEvidence]

    /// Resumes inside the attempt.
    public var rewinds: [RunHistory.Rewind]
    /// How many attempts the log holds, of which the last is judged.
    public var attempts: Int

    /// Creates an example. Positions are `stepInterval`, `2·stepInterval`, …
    public init(
        _ title: String,
        _ series: [(MetricRole, String)] = [],
        facts: [FactKey: String] = [:],
        every stepInterval: Int64 = 1000,
        axis: StepAxis = .step,
        silentSeconds: Double? = nil,
        profile: String? = nil,
        rewinds: [RunHistory.Rewind] = [],
        attempts: Int = 1,
        probes: [ProbeEvidence] = [],
        expect expectation: Expectation
    ) {
        self.title = title
        self.series = series
        self.facts = facts
        self.stepInterval = stepInterval
        self.axis = axis
        self.silentSeconds = silentSeconds
        self.profile = profile
        self.rewinds = rewinds
        self.attempts = attempts
        self.probes = probes
        self.expectation = expectation
    }
}

/// Reads the compact series notation of rule examples.
public enum SeriesNotation {
    /// The values a text stands for; `nil` when it cannot be read.
    public static func values(_ text: String) -> [Double]? {
        var result: [Double] = []
        for word in text.split(separator: " ") {
            guard let part = values(ofWord: word) else { return nil }
            result += part
        }
        return result
    }

    private static func values(ofWord word: Substring) -> [Double]? {
        guard let cross = word.lastIndex(of: "x"), let count = Int(word[word.index(after: cross)...]) else {
            return Double(word).map { [$0] }
        }
        let body = word[..<cross]
        if let value = Double(body) { return Array(repeating: value, count: count) }
        // A sign inside, not behind an exponent, begins the step.
        let signs = body.indices.dropFirst().filter { index in
            (body[index] == "+" || body[index] == "-") && !"eE".contains(body[body.index(before: index)])
        }
        for sign in signs {
            if let start = Double(body[..<sign]), let step = Double(body[sign...]) {
                return (0..<count).map { start + Double($0) * step }
            }
        }
        return nil
    }
}
