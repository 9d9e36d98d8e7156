/// Colours for terminals; `plain` writes none.
public struct ANSIStyle: Sendable, Equatable {
    /// Whether escape sequences are written at all.
    public let isEnabled: Bool

    /// No colours.
    public static let plain = ANSIStyle(isEnabled: false)
    /// Colours.
    public static let coloured = ANSIStyle(isEnabled: true)

    /// Colours when the output is a terminal, `NO_COLOR` is unset or empty and `TERM` is not `dumb`; `FORCE_COLOR`
    /// turns them on anywhere.
    public static func detect(isTerminal: Bool, environment: [String: String]) -> ANSIStyle {
        if let forced = environment["FORCE_COLOR"], !forced.isEmpty, forced != "0" { return .coloured }
        if let refused = environment["NO_COLOR"], !refused.isEmpty { return .plain }
        return isTerminal && environment["TERM"] != "dumb" ? .coloured : .plain
    }

    /// What a piece of text is.
    public enum Tone: String, Sendable {
        /// Headings.
        case bold = "1"
        /// Secondary text.
        case dim = "2"
        /// Errors.
        case red = "31"
        /// Healthy.
        case green = "32"
        /// Warnings.
        case yellow = "33"
        /// Infos.
        case blue = "34"
    }

    /// Text in a tone.
    public func callAsFunction(_ text: String, _ tones: Tone...) -> String {
        guard isEnabled, !text.isEmpty else { return text }
        return "\u{1B}[" + tones.map(\.rawValue).joined(separator: ";") + "m" + text + "\u{1B}[0m"
    }
}
