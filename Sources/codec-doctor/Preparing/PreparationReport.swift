import Foundation
import HealthReport
import SpeechData

/// What `prepare` says: what there is now, what was left out and why.
struct PreparationReport: Encodable {
    /// One side of the division.
    struct Side: Encodable {
        let recordings: Int
        let files: Int
        let seconds: JSONNumber
    }

    /// A source that is left out, or that is doubtful.
    struct Remark: Encodable {
        let path: String
        let reason: String
        let detail: String?
    }

    let schemaVersion = 1
    let output: String
    let manifest: String
    let sampleRate: Int
    let recordings: Int
    let files: Int
    let speakers: [String]
    let training: Side
    let validation: Side
    let reused: Int
    let removed: Int
    let secondsTrimmed: JSONNumber
    let secondsOfShortRests: JSONNumber
    let shortRests: Int
    let rejectedCounts: [String: Int]
    let rejected: [Remark]
    let warningCounts: [String: Int]
    let warnings: [Remark]
    let vanished: [String]

    init(_ result: SpeechPreparation.Result, output: String) {
        let sources = result.manifest.sources
        let rate = result.manifest.options.sampleRate
        let used = sources.filter { !$0.outputs.isEmpty }
        func side(_ split: PreparationManifest.Split) -> Side {
            let files = used.flatMap(\.outputs).filter { $0.split == split }
            return Side(
                recordings: used.count { $0.outputs[0].split == split },
                files: files.count,
                seconds: JSONNumber(Double(files.reduce(0) { $0 + $1.samples }) / Double(rate))
            )
        }
        self.output = output
        manifest = URL(filePath: output).appending(path: PreparationManifest.fileName).path(percentEncoded: false)
        sampleRate = rate
        recordings = used.count
        files = result.manifest.outputs.count
        speakers = Set(used.map(\.speaker)).sorted()
        training = side(.training)
        validation = side(.validation)
        reused = result.reusedCount
        removed = result.removedCount
        secondsTrimmed = JSONNumber(used.reduce(0) { $0 + $1.dropped.beginning + $1.dropped.end })
        secondsOfShortRests = JSONNumber(used.reduce(0) { $0 + $1.dropped.lastSegment })
        shortRests = used.count { $0.dropped.lastSegment > 0 }
        rejected = sources.compactMap { source in
            source.rejection.map { Remark(path: source.path, reason: $0.rawValue, detail: source.detail) }
        }
        warnings = sources.flatMap { source in
            source.warnings.map { Remark(path: source.path, reason: $0.rawValue, detail: nil) }
        }
        rejectedCounts = Self.counts(rejected)
        warningCounts = Self.counts(warnings)
        vanished = result.vanished
    }

    private static func counts(_ remarks: [Remark]) -> [String: Int] {
        remarks.reduce(into: [:]) { $0[$1.reason, default: 0] += 1 }
    }

    /// The report for people. Long lists are cut; the manifest has all.
    var text: String {
        var lines = [
            "\(TerminalText.escaped(output)): \(files) files at \(sampleRate) Hz of \(recordings) recordings by "
                + "\(speakers.count) speaker\(speakers.count == 1 ? "" : "s")"
        ]
        var table = TextTable([("", .left), ("recordings", .right), ("files", .right), ("length", .right)])
        for (name, side) in [("training", training), ("validation", validation)] {
            table.append([name, String(side.recordings), String(side.files), Self.duration(side.seconds.value)])
        }
        lines += table.lines(style: Console.style)
        if reused > 0 { lines.append("\(reused) recordings were done already and have not changed") }
        if removed > 0 {
            lines.append("\(removed) files of earlier runs were removed: their recordings give others now")
        }
        if secondsTrimmed.value > 0 { lines.append("silence trimmed: \(Self.duration(secondsTrimmed.value))") }
        if shortRests > 0 {
            lines.append("last segments too short: \(shortRests), \(Self.duration(secondsOfShortRests.value))")
        }
        lines += Self.section("left out", rejected)
        lines += Self.section("doubtful, but used", warnings)
        if !vanished.isEmpty {
            lines.append("not there any more: \(vanished.count); their files stay in the folder, but not in the data")
            lines += Self.shortened(vanished.map { "  " + TerminalText.escaped($0) })
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func section(_ title: String, _ remarks: [Remark]) -> [String] {
        guard !remarks.isEmpty else { return [] }
        let counts = counts(remarks).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let lines = remarks.map { remark in
            "  \(TerminalText.escaped(remark.path)): "
                + TerminalText.escaped(remark.detail.map { "\(remark.reason) (\($0))" } ?? remark.reason)
        }
        return ["\(title): \(remarks.count) (" + counts.map { "\($0.value) \($0.key)" }.joined(separator: ", ") + ")"]
            + shortened(lines)
    }

    private static func shortened(_ lines: [String]) -> [String] {
        guard lines.count > 20 else { return lines }
        return lines.prefix(20) + ["  … and \(lines.count - 20) more, all in \(PreparationManifest.fileName)"]
    }

    private static func duration(_ seconds: Double) -> String {
        if seconds < 60 { return String(format: "%.1f s", seconds) }
        let whole = Int(seconds.rounded())
        return whole < 3600
            ? String(format: "%d:%02d min", whole / 60, whole % 60)
            : String(format: "%d:%02d:%02d h", whole / 3600, whole / 60 % 60, whole % 60)
    }
}
