/// Text for XML, SVG and HTML, as content or inside a quoted attribute.
enum MarkupText {
    /// The text with markup characters as entities, and control, format and non-characters written out (`\u{1B}`), as no
    /// XML document may hold them.
    static func escaped(_ text: String) -> String {
        let safe = TerminalText.escaped(text)
        guard safe.unicodeScalars.contains(where: mustEscape) else { return safe }
        var result = ""
        for scalar in safe.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case _ where scalar.properties.isNoncharacterCodePoint:
                result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The text cut to a width with `…`, then escaped.
    static func escaped(_ text: String, width: Int) -> String { escaped(TerminalText.escaped(text, width: width)) }

    private static func mustEscape(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "&", "<", ">", "\"", "'": true
        default: scalar.properties.isNoncharacterCodePoint
        }
    }
}
