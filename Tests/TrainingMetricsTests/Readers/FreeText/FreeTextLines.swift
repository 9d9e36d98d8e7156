import TestSupport
import TrainingMetrics

/// What the free-text reader gives for a log, one line per sample:
/// `split name axis position epoch value`, with the unit behind the name and the run in front.
enum FreeTextLines {
    static func samples(_ log: String) -> [String] { samples(LogEvents(of: log, with: FreeTextReader())) }

    static func samples(_ events: LogEvents) -> [String] {
        events.samples.map { sample in
            let key = sample.key
            let run = key.run.isEmpty ? "" : "{\(key.run)} "
            let unit = key.unit.isEmpty ? "" : " [\(key.unit)]"
            let epoch = Double(bitPattern: sample.epoch)
            let place = "\(key.axis.rawValue) \(sample.step)" + (epoch.isNaN ? "" : " e\(epoch)")
            return "\(run)\(key.split.rawValue) '\(key.name)'\(unit) \(place) \(sample.value)"
        }
    }

    static func facts(_ log: String) -> [String] {
        LogEvents(of: log, with: FreeTextReader()).facts.map { "\($0.key) = \($0.value)" }
    }

    static func rejections(_ log: String) -> [String] {
        LogEvents(of: log, with: FreeTextReader()).rejections.map { "\($0.line): \($0.reason)" }
    }
}
