/// Text from a log, made safe to show: no control character reaches the terminal, no bidirectional override reorders
/// what is read, and nothing breaks the line.
public enum TerminalText {
    /// The text with control and format characters written as `\u{1B}`, tabs and line ends as `\t`, `\n`.
    public static func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: mustEscape) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\t": result += "\\t"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case _ where mustEscape(scalar):
                result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The escaped text, cut to a width with `…`.
    public static func escaped(_ text: String, width: Int) -> String {
        let safe = escaped(text)
        return safe.count <= width ? safe : safe.prefix(max(width - 1, 0)) + "…"
    }

    private static func mustEscape(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: true
        default: false
        }
    }
}
