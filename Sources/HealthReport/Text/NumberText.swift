import Foundation

/// Numbers as people read them in tables and sentences.
public enum NumberText {
    /// Four significant digits, no exponent between 0.001 and 10 million; `nan`, `inf`, `-inf` as such.
    public static func short(_ value: Double) -> String {
        if value.isNaN { return "nan" }
        if value.isInfinite { return value < 0 ? "-inf" : "inf" }
        if value == 0 { return "0" }
        let size = abs(value)
        if size >= 1e7 || size < 1e-3 { return tidyExponent(String(format: "%.3g", value)) }
        if size >= 1000 { return String(format: "%.0f", value) }
        let digits = size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4
        return String(format: "%.\(digits)f", value)
    }

    /// Four significant digits without trailing zeros: thresholds, hours, percentages (`0.71`, `1.9`, `70`).
    static func tidy(_ value: Double) -> String {
        let text = short(value)
        guard text.contains("."), !text.contains("e") else { return text }
        return String(text.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed())
    }

    /// The same with a unit.
    static func tidy(_ value: Double, unit: String) -> String { unit.isEmpty ? tidy(value) : "\(tidy(value)) \(unit)" }

    /// A share 0…1 as a percentage: whole from 10 % on.
    static func percent(_ share: Double) -> String {
        guard share.isFinite else { return "\(short(share)) %" }
        return abs(share) >= 0.0995 ? String(format: "%.0f %%", share * 100) : "\(tidy(share * 100)) %"
    }

    /// A power of ten: as a plain number between 0.001 and 100 000, else `1e-7`.
    static func power(_ value: Double) -> String {
        let size = abs(value)
        return size >= 1e-3 && size <= 1e5 ? String(format: "%.6g", value) : tidyExponent(String(format: "%.0e", value))
    }

    /// A number with its unit (`-2.44 dB`, `85 %`).
    public static func short(_ value: Double, unit: String) -> String {
        unit.isEmpty ? short(value) : short(value) + " " + unit
    }

    /// An epoch or step: no digits behind the point when it is whole.
    public static func position(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : short(value)
    }

    /// Money with thousands separators: `₹1,500`, `$12.40`, `1,500 INR`. Below 100 with two digits.
    public static func money(_ amount: Double, currency: String) -> String {
        guard amount.isFinite else { return short(amount) }
        let digits = abs(amount) < 100 ? 2 : 0
        let plain = String(format: "%.\(digits)f", abs(amount))
        let whole = plain.prefix { $0 != "." }
        var grouped = ""
        for (offset, digit) in whole.enumerated() {
            if offset > 0, (whole.count - offset).isMultiple(of: 3) { grouped += "," }
            grouped.append(digit)
        }
        let number = (amount < 0 ? "-" : "") + grouped + plain.dropFirst(whole.count)
        let isSign = currency.unicodeScalars.allSatisfy { $0.properties.generalCategory == .currencySymbol }
        if currency.isEmpty { return number }
        return isSign ? currency + number : number + " " + currency
    }

    private static func tidyExponent(_ text: String) -> String {
        text.replacing("e+0", with: "e").replacing("e-0", with: "e-").replacing("e+", with: "e")
    }
}
