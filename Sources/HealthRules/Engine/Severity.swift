/// How bad a finding is.
public enum Severity: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    /// Good to know; nothing to do.
    case info
    /// Look at it; the run may still be fine.
    case warning
    /// The run, or money, is being lost.
    case error

    /// `info` < `warning` < `error`.
    public static func < (first: Severity, second: Severity) -> Bool { first.rank < second.rank }
    /// 0 for info, 2 for an error.
    var rank: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .error: 2
        }
    }
}

/// How sure a finding is.
public enum Confidence: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    /// A sign that fits the disease and could have another reason.
    case low
    /// Several points agree, or one identity with few points.
    case medium
    /// Follows from an identity, or many points and an independent confirmation agree.
    case high

    /// `low` < `medium` < `high`.
    public static func < (first: Confidence, second: Confidence) -> Bool { first.rank < second.rank }
    private var rank: Int {
        switch self {
        case .low: 0
        case .medium: 1
        case .high: 2
        }
    }
}
