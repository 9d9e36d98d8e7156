/// A correction of what a metric is: `--map NAME=ROLE` or a line of the configuration file.
///
/// NAME is the name as logged, upper and lower case alike, `*` for anything. Behind the role may follow, separated by
/// commas, `part=TEXT`, `scale=FACTOR`, `unit=%` (or `ms`) and `negate`: `wave_cos=correlation,unit=%`.
public struct RoleOverride: Hashable, Sendable, Codable {
    /// Name or pattern, as given.
    public var pattern: String
    /// What the metric is.
    public var role: MetricRole
    /// Which one of several; `nil` takes the number the first `*` stands for, or the number in the name.
    public var part: String?
    /// Factor to the canonical unit; `nil` follows the logged unit (0.01 for a percentage).
    public var scale: Double?
    /// Whether the sign is turned.
    public var isNegated: Bool

    /// Creates a correction.
    public init(pattern: String, role: MetricRole, part: String? = nil, scale: Double? = nil, isNegated: Bool = false) {
        self.pattern = pattern
        self.role = role
        self.part = part
        self.scale = scale
        self.isNegated = isNegated
    }

    /// Reads `NAME=ROLE[,part=TEXT][,scale=FACTOR][,unit=UNIT][,negate]`.
    public init(parsing text: String) throws(RoleOverrideError) {
        guard let sign = text.firstIndex(of: "="), sign > text.startIndex, text.index(after: sign) < text.endIndex
        else {
            throw .noRole(text)
        }
        let fields = text[text.index(after: sign)...].split(separator: ",", omittingEmptySubsequences: false)
        let wanted = String(fields[0])
        guard let role = RoleOverride.role(spelled: wanted) else {
            throw .unknownRole(wanted, nearest: RoleOverride.rolesNearest(to: wanted))
        }
        self.init(pattern: String(text[..<sign]), role: role)
        for field in fields.dropFirst() {
            let sides = field.split(separator: "=", maxSplits: 1).map(String.init)
            switch (sides.first, sides.count == 2 ? sides[1] : nil) {
            case ("part", let value?): part = value
            case ("scale", let value?):
                guard let factor = Double(value), factor.isFinite, factor != 0 else { throw .badScale(value) }
                scale = factor
            case ("unit", "%"?): scale = 0.01
            case ("unit", "ms"?): scale = 0.001
            case ("negate", nil): isNegated = true
            default: throw .unknownOption(String(field))
            }
        }
    }

    /// Whether the pattern fits a name; case does not count.
    public func matches(_ name: String) -> Bool { NamePattern(pattern).matches(name) }

    /// The corrected reading of a metric.
    public func interpretation(of key: MetricKey) -> MetricInterpretation {
        var result = MetricInterpretation(role: role, isNegated: isNegated)
        NameContext.apply(unit: key.unit, name: MetricName(key.name), to: &result)
        // A role that was asked for stays, whatever the unit says.
        result.role = role
        result.isNegated = isNegated
        if let scale { result.scale = scale }
        result.part = part ?? (pattern.contains("*") ? MetricName(key.name).numbers.joined(separator: " ") : "")
        return result
    }

    private static func role(spelled text: String) -> MetricRole? {
        if let exact = MetricRole(rawValue: text) { return exact }
        let lower = text.lowercased()
        return MetricRole.allCases.first {
            $0.rawValue.lowercased() == lower || $0.rawValue.lowercased() == lower + ".unspecified"
        }
    }

    /// All roles, the most similar spelling first.
    static func rolesNearest(to text: String) -> [String] {
        NearestSpelling.ranked(MetricRole.allCases.map(\.rawValue), to: text)
    }
}

/// Why a correction cannot be read.
public enum RoleOverrideError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no `NAME=ROLE` in the text.
    case noRole(String)
    /// The role does not exist; all roles, nearest spelling first.
    case unknownRole(String, nearest: [String])
    /// The scale is no finite number, or 0.
    case badScale(String)
    /// A word behind the role that is none of `part=`, `scale=`, `unit=`, `negate`.
    case unknownOption(String)

    /// A sentence a user can act on.
    public var description: String {
        switch self {
        case .noRole(let text): "'\(text)' names no role; write NAME=ROLE, for example loss_d=discriminatorLoss."
        case .unknownRole(let role, let nearest):
            "There is no role '\(role)'. Roles, the most similar first: \(nearest.joined(separator: ", "))."
        case .badScale(let text): "'\(text)' is no scale; write a number other than 0, for example scale=0.01."
        case .unknownOption(let text):
            "'\(text)' is not understood behind a role; possible are part=TEXT, scale=FACTOR, unit=%, unit=ms and negate."
        }
    }
}
