import RunStore
import TrainingMetrics

/// A sample as a line of CSV or JSON.
enum SampleText {
    /// First line of the CSV.
    static let csvHeader = "name,split,unit,role,axis,step,epoch,wall_time,value\n"

    /// A CSV line, cells quoted where they must be.
    static func csv(_ sample: ExportedSample) -> String {
        let metric = sample.metric
        let cells = [
            quoted(metric.key.name), metric.key.split.rawValue, quoted(metric.key.unit),
            metric.interpretation.role.rawValue, metric.key.axis.rawValue, String(sample.step),
            sample.epoch.map { number($0) } ?? "", sample.time.map { number($0) } ?? "", number(sample.value),
        ]
        return cells.joined(separator: ",") + "\n"
    }

    /// A JSON object on a line; NaN and infinities are strings.
    static func json(_ sample: ExportedSample) -> String {
        let metric = sample.metric
        var fields = [
            #""name":\#(string(metric.key.name))"#, #""split":"\#(metric.key.split.rawValue)""#,
            #""unit":\#(string(metric.key.unit))"#, #""role":"\#(metric.interpretation.role.rawValue)""#,
            #""axis":"\#(metric.key.axis.rawValue)""#, #""step":\#(sample.step)"#,
        ]
        if let epoch = sample.epoch { fields.append(#""epoch":\#(jsonNumber(epoch))"#) }
        if let time = sample.time { fields.append(#""wall_time":\#(jsonNumber(time))"#) }
        fields.append(#""value":\#(jsonNumber(sample.value))"#)
        return "{" + fields.joined(separator: ",") + "}\n"
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "nan" }
        if value.isInfinite { return value > 0 ? "inf" : "-inf" }
        return String(value)
    }

    private static func jsonNumber(_ value: Double) -> String {
        if value.isNaN { return #""NaN""# }
        if value.isInfinite { return value > 0 ? #""Infinity""# : #""-Infinity""# }
        return number(value)
    }

    private static func quoted(_ text: String) -> String {
        guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    private static func string(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let code = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - code.count) + code
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
