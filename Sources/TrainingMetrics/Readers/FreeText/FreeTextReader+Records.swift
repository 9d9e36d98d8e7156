extension FreeTextReader {
    /// A number of a line that is a metric or a fact.
    struct Reading {
        /// What is known about its name, which carries the path of its label.
        var traits: NameTraits
        /// Unit in its kept spelling.
        var unit: String
        /// The split its name or label speaks of.
        var split: Split?
        /// Where it stands in the record.
        var item: Record.Item
        /// The name, with the path of its label.
        var name: String { traits.name }
    }

    /// Decides what a scanned line means.
    mutating func interpret(_ record: Record, of line: TextLine, into buffer: inout EventBuffer) {
        guard !Self.isNoise(record, line) else { return }
        var place = LinePlace(record.positions)
        let readings = readings(of: record, line)
        guard !readings.isEmpty else {
            interpretWithoutReadings(record, place, of: line, into: &buffer)
            return
        }
        if place.isEmpty, !context.hasPosition, !readings.contains(where: Self.isMeasured) {
            for reading in readings where reading.item.isExplicit {
                let value = line.text(reading.item.number.range)
                buffer.append(LoggedFact(key: reading.name, value: value, line: line.number, run: context.run))
            }
            noteFacts(record, line, into: &buffer)
            return
        }
        if place.epoch == nil, place.kind == .fraction, context.epoch == nil, !record.items.isEmpty, readings.count < 2
        {
            place = LinePlace()
        }
        label(record, line)
        giveBar(into: &buffer)
        let lineSplit = split(of: record, line)
        let indent = line.indent
        let at = enter(place, split: lineSplit, indent: indent, line: line.number, into: &buffer)
        let parent = place.isEmpty ? heading(indent: indent, isBulleted: line.isBulleted) : nil
        var isPlain = true
        for reading in readings {
            if place.isEmpty, Self.isConfiguration(reading) {
                let value = line.text(reading.item.number.range)
                buffer.append(LoggedFact(key: reading.name, value: value, line: line.number, run: context.run))
                isPlain = false
                continue
            }
            let split =
                reading.split ?? lineSplit ?? parent.flatMap { SplitWords.split(ofName: $0.name) } ?? context.split
            let name = parent.map { $0.name + "/" + reading.name } ?? reading.name
            let unit = unit(of: reading, name)
            let key = MetricKey(name: name, split: split, unit: unit, axis: at.axis, run: context.run)
            add(key, reading.item.number.value, at: at, of: line, into: &buffer)
        }
        if parent == nil {
            let isHeading = readings.count == 1 && readings[0].item.isExplicit && place.isEmpty
            context.parent =
                isHeading ? .init(name: readings[0].name, indent: indent, isBulleted: line.isBulleted) : nil
        }
        let rejected = buffer.rejectedCount
        reject(record, line, into: &buffer)
        guard isPlain, rejected == buffer.rejectedCount else { return }
        remember(record, readings, line, place, lineSplit: lineSplit, parent: parent)
    }

    /// The reading's unit. A number that is not finite and has none takes the one its metric had first, before that dB
    /// where the name is that of a ratio of powers.
    private mutating func unit(of reading: Reading, _ name: String) -> String {
        if !reading.unit.isEmpty {
            if context.units[name] == nil, context.units.count < EventBuffer.mostMetrics {
                context.units[name] = reading.unit
            }
            return reading.unit
        }
        guard !reading.item.number.value.isFinite else {
            if reading.traits.isDecibel, context.units[name] == nil, context.units.count < EventBuffer.mostMetrics {
                context.units[name] = ""
            }
            return ""
        }
        if let unit = context.units[name] { return unit }
        return reading.traits.isDecibel ? "dB" : ""
    }

    /// The metric above that heads this line.
    func heading(indent: Int, isBulleted: Bool) -> ReadingContext.Parent? {
        guard let parent = context.parent else { return nil }
        let isItem = isBulleted && !parent.isBulleted && indent >= parent.indent
        return isItem || indent > parent.indent ? parent : nil
    }

    /// The line's numbers that have a name, those without `:` or `=` only when the whole line is a record.
    private mutating func readings(of record: Record, _ line: TextLine) -> [Reading] {
        guard record.orphans == 0 || record.orphans < record.items.count else { return [] }
        var readings = named(record, line)
        if record.positions.isEmpty, !readings.contains(where: \.traits.isMetric), !isTextKnown(record, line) {
            return []
        }
        let loose = readings.filter { !$0.item.isExplicit }
        if !loose.isEmpty, !isRecord(record, loose, line) { readings.removeAll { !$0.item.isExplicit } }
        return readings
    }

    /// The numbers of a record that have a name.
    mutating func named(_ record: Record, _ line: TextLine) -> [Reading] {
        var readings: [Reading] = []
        var spoken: Split?
        readings.reserveCapacity(record.items.count)
        for item in record.items {
            guard var traits = names.traits(line.text(item.key), isExplicit: item.isExplicit), !traits.isIgnored else {
                continue
            }
            var split = traits.split
            let unit = item.unit.isEmpty ? traits.unit : item.unit
            if !item.label.isEmpty {
                let (path, labelSplit) = Self.label(line.text(item.label))
                split = split ?? labelSplit
                if !path.isEmpty, let whole = names.traits(path + "/" + traits.name, isExplicit: true) {
                    traits = whole
                }
            }
            if split == nil, !traits.isLearningRate { split = spoken }
            spoken = Self.spokenSplit(traits) ?? spoken
            readings.append(Reading(traits: traits, unit: unit, split: split, item: item))
        }
        return readings
    }

    /// `Val loss: 0.5, SNR: 3 dB`: a split spoken as a word of its own holds for the names behind it.
    private static func spokenSplit(_ traits: NameTraits) -> Split? {
        guard let split = traits.split, let word = traits.name.split(separator: " ").first, word != traits.name else {
            return nil
        }
        return SplitWords.split(ofWord: word.lowercased()) == split ? split : nil
    }

    /// Whether names without `:` or `=` may be believed: no text is left over, and a name is known, a unit tells, or
    /// the line has a place and several of them.
    private func isRecord(_ record: Record, _ loose: [Reading], _ line: TextLine) -> Bool {
        let looseItems = record.items.filter { !$0.isExplicit }.count
        guard looseItems == loose.count, record.orphans == 0, isTextKnown(record, line) else { return false }
        if loose.contains(where: { $0.traits.isMetric || $0.unit == "dB" || $0.unit == "%" }) { return true }
        guard !record.positions.isEmpty else { return false }
        return loose.count > 1 || record.items.count > 1 || loose[0].traits.mayBeMetric
    }

    /// Whether all text without a number is a label, a split, or a word of a heading.
    func isTextKnown(_ record: Record, _ line: TextLine) -> Bool {
        let texts = record.texts + record.positions.map(\.before) + record.pairs.map(\.key)
        return texts.allSatisfy { range in
            line.text(range).lowercased().split { !$0.isLetter && !$0.isNumber }.allSatisfy { word in
                LogWords.heading.contains(String(word)) || LogWords.statistic.contains(String(word))
                    || SplitWords.split(ofWord: word) != nil || LogWords.mayBeMetric(String(word))
                    || PositionWords.qualifiers.contains(String(word))
            }
        }
    }

    /// Path and split of a label: `Validation` is a split, `Generator` a path, anything else says nothing.
    static func label(_ text: String) -> (path: String, split: Split?) {
        guard let (name, _) = MetricNames.name(text, isExplicit: true) else { return ("", nil) }
        let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        let split = words.count < 4 ? words.lazy.compactMap { SplitWords.split(ofWord: $0) }.first : nil
        let isPlain = words.allSatisfy { LogWords.heading.contains($0) && !LogWords.statistic.contains($0) }
        let isPath =
            !isPlain && words.count < 4
            && (LogWords.mayBeMetric(name) || words.contains { LogWords.statistic.contains($0) })
        return (isPath ? name : "", split)
    }

    /// The split the whole line speaks of: a word of its own, or in front of the position (`Validation Epoch: 3`).
    func split(of record: Record, _ line: TextLine) -> Split? {
        for range in record.texts + record.positions.map(\.before) {
            let words = line.text(range).lowercased().split { !$0.isLetter && !$0.isNumber }
            if words.count < 4, let split = words.lazy.compactMap({ SplitWords.split(ofWord: $0) }).first {
                return split
            }
        }
        return nil
    }

    /// Notes a run label behind the epoch, unless it is a remark about the epoch.
    func isRunLabel(_ word: String) -> Bool {
        let remarks: Set<String> = [
            "best", "last", "final", "latest", "resume", "resumed", "continued", "cont", "warmup", "done", "finished",
            "ok", "end", "start", "total", "current", "avg", "mean",
        ]
        return !remarks.contains(word.lowercased()) && word.contains(where: \.isLetter)
    }

    mutating func label(_ record: Record, _ line: TextLine) {
        guard let range = record.runLabel, isRunLabel(line.text(range)) else { return }
        context.run = line.text(range)
    }

    /// Whether the reading is a measured number even where nothing named an epoch or a step.
    private static func isMeasured(_ reading: Reading) -> Bool {
        guard !reading.traits.isOption, !reading.traits.isLearningRate else { return false }
        return reading.traits.isMetric || (reading.traits.mayBeMetric && !reading.item.number.isInteger)
    }

    /// Whether the reading is an option or a size that a training loop printed in between.
    private static func isConfiguration(_ reading: Reading) -> Bool {
        reading.traits.isOption && !reading.traits.mayBeMetric && !reading.traits.isLearningRate
    }

    /// Warnings, tracebacks and errors: their numbers are lines, versions and sizes.
    private static func isNoise(_ record: Record, _ line: TextLine) -> Bool {
        let start = line.bytes.span
        if start.holds("File \"", at: line.content.lowerBound) || start.holds("Traceback", at: line.content.lowerBound)
        {
            return true
        }
        return record.pairs.contains { pair in
            guard let word = line.text(pair.key).split(separator: " ").last?.lowercased() else { return false }
            return word.hasSuffix("warning") || word.hasSuffix("exception")
                || (word.hasSuffix("error") && word.count > 5)
        }
    }

    /// Rejects names of metrics whose value is missing or malformed.
    func reject(_ record: Record, _ line: TextLine, into buffer: inout EventBuffer) {
        for pair in record.pairs {
            guard let (name, _) = MetricNames.name(line.text(pair.key), isExplicit: true), LogWords.isMetric(name),
                !LogWords.isOption(name), name.split(separator: " ").count < 5
            else { continue }
            let value = line.text(pair.value)
            let word = value.lowercased().split(separator: " ").first.map(String.init) ?? ""
            let isMalformed =
                value.first?.isNumber == true && !word.contains(":") && !word.contains("-") && !word.contains("/")
            guard LogWords.missing.contains(word) || isMalformed else { continue }
            buffer.reject(
                line: line.number,
                text: line.text(0..<line.bytes.count),
                reason: "the value of \(name) is not a number: \(value.prefix(40))"
            )
        }
    }
}
