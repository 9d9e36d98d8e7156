import Foundation

/// Numbers in the sentences of a probe's answer, and wherever else its report is shown.
public enum ReportText {
    /// "16,913,859".
    public static func count(_ value: Int) -> String {
        var text = String(value.magnitude)
        var index = text.endIndex
        while text.distance(from: text.startIndex, to: index) > 3 {
            index = text.index(index, offsetBy: -3)
            text.insert(",", at: index)
        }
        return value < 0 ? "-" + text : text
    }

    /// A share of 1 with three digits: "9.44 %", "0.391 %", "100 %"; "NaN" stays visible.
    public static func percent(_ share: Double) -> String {
        guard share.isFinite else { return share.isNaN ? "NaN" : "\(share) %" }
        let percent = 100 * share
        if share == 1 || percent == 0 { return String(format: "%.0f %%", percent) }
        // Rounding must not make all of what is nearly all.
        if percent > 99.9, percent < 100 { return "over 99.9 %" }
        let digits = abs(percent) >= 99.95 ? 0 : abs(percent) >= 9.995 ? 1 : abs(percent) >= 0.9995 ? 2 : 3
        return String(format: "%.\(digits)f %%", percent)
    }

    /// Three digits, at least one behind the point: "2.0", "0.312", "-1.25".
    public static func number(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "NaN" : "\(value)" }
        let size = abs(value)
        if value == value.rounded(), size < 1e6 { return String(format: "%.1f", value) }
        if size >= 1e6 || size < 1e-3 { return String(format: "%.2e", value) }
        return String(format: size >= 100 ? "%.1f" : size >= 1 ? "%.3f" : "%.4f", value)
    }

    /// "scale 0", "scale 0 and 1", "scale 0, 1 and 2": names with one beginning are counted up.
    public static func list(_ names: [String]) -> String {
        guard let first = names.first, let space = first.lastIndex(of: " ") else { return joined(names) }
        let stem = first[...space]
        guard names.allSatisfy({ $0.hasPrefix(stem) && !$0.dropFirst(stem.count).contains(" ") }) else {
            return joined(names)
        }
        return joined([first] + names.dropFirst().map { String($0.dropFirst(stem.count)) })
    }

    /// "1 step", "80 steps".
    public static func steps(_ count: Int) -> String { count == 1 ? "1 step" : "\(count) steps" }

    /// Words as a sentence: a capital at the beginning, a full stop at the end.
    public static func sentence(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst() + (text.hasSuffix(".") ? "" : ".")
    }

    private static func joined(_ words: [String]) -> String {
        guard words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " and " + words[words.count - 1]
    }
}
