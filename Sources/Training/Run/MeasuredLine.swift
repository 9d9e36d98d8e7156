import Codec
import Foundation
import TrainingMetrics

/// A measurement as a line of JSON Lines: `{"step":1,"epoch":1,"time":…,"split":"train","mel/loss":1.5,…}`.
///
/// NaN and infinities are the strings `"NaN"`, `"Infinity"` and `"-Infinity"`, so that every JSON reader takes the line. Numbers are in
/// the shortest form that reads back as the same.
enum MeasuredLine {
    /// The line with its end.
    static func text(of measured: MeasuredStep) -> String {
        var line = "{\"step\":\(measured.step),\"epoch\":\(number(measured.epoch)),\"time\":\(number(measured.time))"
        line += ",\"split\":\"\(measured.split.rawValue)\""
        for value in measured.values { line += ",\(JSONString.quoted(value.name)):\(number(value.value))" }
        return line + "}\n"
    }

    /// What is known of the run before its first measurement: `{"facts":{"loss-family":"lsgan",…}}`, with its end.
    static func text(of facts: [Fact]) -> String {
        let members = facts.map { "\(JSONString.quoted($0.key.rawValue)):\(JSONString.quoted($0.value))" }
        return "{\"facts\":{" + members.joined(separator: ",") + "}}\n"
    }

    /// Whether a line is one of facts.
    static func isFacts(_ line: some StringProtocol) -> Bool { line.hasPrefix("{\"facts\":") }

    /// The facts of a line, as read from a log; `nil` when it is no such line.
    static func facts(_ line: some StringProtocol) -> [Fact]? {
        guard isFacts(line), let entries = (try? JSONReader.value(of: String(line)))?["facts"]?.entries else {
            return nil
        }
        var facts: [Fact] = []
        for entry in entries {
            guard let key = entry.key.text.flatMap(FactKey.init), let value = entry.value.text else { return nil }
            facts.append(Fact(key, value, .log, evidence: "the first line of the run's log"))
        }
        return facts
    }

    /// The measurement of a line; `nil` when it is no such line.
    static func measured(_ line: some StringProtocol) -> MeasuredStep? {
        guard let fields = try? JSONReader.value(of: String(line)), let entries = fields.entries,
            let step = fields["step"]?.integer, let epoch = fields["epoch"].flatMap(number),
            let time = fields["time"].flatMap(number), let split = fields["split"]?.text.flatMap(Split.init)
        else { return nil }
        var values: [TrainingMetrics.Measurement] = []
        for entry in entries {
            guard let name = entry.key.text else { return nil }
            if ["step", "epoch", "time", "split"].contains(name) { continue }
            guard let value = number(entry.value) else { return nil }
            values.append(TrainingMetrics.Measurement(name, value))
        }
        return MeasuredStep(step: Int64(step), epoch: epoch, time: time, split: split, values: values)
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "\"NaN\"" }
        if value.isInfinite { return value < 0 ? "\"-Infinity\"" : "\"Infinity\"" }
        return value == value.rounded() && abs(value) < 1e15 && !(value == 0 && value.sign == .minus)
            ? "\(Int64(value))" : "\(value)"
    }

    private static func number(_ value: PickleValue) -> Double? {
        switch value.text {
        case "NaN": .nan
        case "Infinity": .infinity
        case "-Infinity": -.infinity
        default: value.real
        }
    }
}
