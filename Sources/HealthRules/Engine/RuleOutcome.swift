public import TrainingMetrics

/// What came of running a rule on a run.
public enum RuleOutcome: Sendable {
    /// Measured, long enough, and not so.
    case pass
    /// What was found; never empty.
    case findings([Finding])
    /// The log does not carry what the rule needs. Never a pass.
    case unmeasured(needs: [Need])
    /// Measured, but too short to judge: what is missing, as a phrase (`3 more epochs`).
    case tooShort(String)

    /// Something a rule would need to judge.
    public struct Need: Hashable, Sendable, Codable {
        /// The missing metric's role or fact's key; `probe` for a measurement of the network itself.
        public var name: String
        /// What to log or to give, as a phrase (`the waveform SNR in dB on validation audio`).
        public var hint: String

        /// A role that is not in the log.
        public static func role(_ role: MetricRole, _ hint: String = "") -> Need {
            Need(name: role.rawValue, hint: hint)
        }
        /// A fact that is not known.
        public static func fact(_ key: FactKey, _ hint: String = "") -> Need { Need(name: key.rawValue, hint: hint) }
        /// A probe that was not saved for the run; the hint is the command that saves it.
        static func probe(_ hint: String) -> Need { Need(name: probeName, hint: hint) }
        private static let probeName = "probe"
        /// Whether a probe is needed, which no log can replace.
        public var isProbe: Bool { name == Self.probeName }
    }
}
