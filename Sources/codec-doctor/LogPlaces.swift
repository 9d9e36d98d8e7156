import Foundation
import HealthReport
import HealthRules
import RunStore
import TrainingMetrics

/// Finds the lines of a run's logs at which findings begin, by reading the logs again: the store keeps no lines.
struct LogPlaces {
    let sources: [SourceRecord]
    let history: RunHistory
    let folder: String

    init(_ loaded: LoadedRun, folder: String = FileManager.default.currentDirectoryPath) {
        sources = loaded.sources
        history = loaded.history
        self.folder = folder
    }

    /// The paths of the logs, relative where they lie in the folder.
    var paths: [String] { sources.map { shown($0.path) } }

    /// A sample to look for: that of a finding's curve at its first position, else any at that position.
    private struct Wanted {
        let position: Int64
        let epoch: Double?
        let curve: FindingCurve?
        /// The canonical value it has; `nil` where there is no curve.
        let value: Double?
    }

    /// Where every finding begins, in their order; `nil` where its log is gone, has no lines or holds it no more.
    func places(of findings: [Finding]) -> [LogPlace?] {
        let wanted = findings.map { sample(of: $0) }
        var places = [LogPlace?](repeating: nil, count: findings.count)
        for source in sources where source.path != "-" && source.format != nil {
            let missing = places.indices.filter { places[$0] == nil }
            guard !missing.isEmpty, let lines = try? lines(of: missing.map { wanted[$0] }, in: source) else { continue }
            for (index, line) in zip(missing, lines) where line != nil {
                places[index] = LogPlace(path: shown(source.path), line: line)
            }
        }
        return places
    }

    private func sample(of finding: Finding) -> Wanted {
        let curve = finding.curve
        let series = history.series.first { $0.name == curve?.metric && $0.split == curve?.split && !$0.isDerived }
        let position = finding.episode.firstPosition
        let offset = series?.positions.firstIndex(of: position)
        return Wanted(
            position: position,
            epoch: finding.episode.firstEpoch,
            curve: offset == nil ? nil : curve,
            value: offset.flatMap { index in
                series.map { $0.values[$0.values.startIndex + index - $0.positions.startIndex] }
            }
        )
    }

    private func lines(of wanted: [Wanted], in source: SourceRecord) throws -> [Int?] {
        guard let file = FileHandle(forReadingAtPath: source.path) else { return [] }
        defer { try? file.close() }
        var chunk = [UInt8](try file.read(upToCount: LogFormatDetector.headLength) ?? Data())
        guard !chunk.contains(0) else { return [] }
        var decoder = LogDecoder(reader: try LogFormatDetector.reader(for: chunk.span, override: source.format))
        var buffer = EventBuffer()
        var lines = [Int?](repeating: nil, count: wanted.count)
        // Of several attempts the last one is read to its end; in the others the first match counts.
        let wantsLast = history.attempt == history.attemptCount && history.attemptCount > 1
        let positions = Set(wanted.map(\.position))
        let epochs = Set(wanted.compactMap(\.epoch))
        func search() {
            for sample in 0..<buffer.count {
                let key = buffer.keys[Int(buffer.metric[sample])]
                let isNear = key.axis == history.axis && positions.contains(buffer.step[sample])
                guard key.run == source.label, isNear || epochs.contains(buffer.epoch[sample]) else { continue }
                for (index, wanted) in wanted.enumerated() where lines[index] == nil || wantsLast {
                    guard matches(wanted, key, buffer, sample) else { continue }
                    lines[index] = Int(buffer.line[sample])
                }
            }
            buffer.removeAll()
        }
        while !chunk.isEmpty {
            decoder.decode(chunk.span, into: &buffer)
            search()
            chunk = [UInt8](try file.read(upToCount: 1 << 18) ?? Data())
        }
        decoder.finish(into: &buffer)
        search()
        return lines
    }

    private func matches(_ wanted: Wanted, _ key: MetricKey, _ buffer: EventBuffer, _ sample: Int) -> Bool {
        let isAtPosition =
            key.axis == history.axis ? buffer.step[sample] == wanted.position : buffer.epoch[sample] == wanted.epoch
        guard let curve = wanted.curve, let value = wanted.value else { return isAtPosition }
        guard key.name == curve.metric, key.split == curve.split else { return false }
        guard let series = history.series.first(where: { $0.key.name == key.name && $0.split == key.split }) else {
            return false
        }
        let found = series.interpretation.canonical(buffer.value[sample])
        return isAtPosition && (found == value || found.isNaN && value.isNaN)
    }

    private func shown(_ path: String) -> String {
        let prefix = folder.hasSuffix("/") ? folder : folder + "/"
        return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
    }
}
