extension FreeTextReader {
    /// A line without metrics: a position, a split, a heading of sub-metrics, configuration, or nothing.
    mutating func interpretWithoutReadings(
        _ record: Record,
        _ place: LinePlace,
        of line: TextLine,
        into buffer: inout EventBuffer
    ) {
        if !place.isEmpty {
            enterHeading(record, place, of: line, into: &buffer)
        } else if let split = headingSplit(record, line) {
            context.split = split
            context.endBlock()
        } else if record.endsWithColon, let pair = record.pairs.last, record.pairs.count == 1, record.texts.isEmpty {
            let (path, _) = Self.label(line.text(pair.key))
            if !path.isEmpty {
                context.parent = .init(name: path, indent: line.indent, isBulleted: line.isBulleted)
            }
        } else if !context.hasPosition {
            noteFacts(record, line, into: &buffer)
        }
        if context.hasPosition || !place.isEmpty { reject(record, line, into: &buffer) }
    }

    /// `Epoch 5/100`, `--> STEP: 24/352 -- GLOBAL_STEP: 244300`, `Validation Epoch 5`: everything below stands there.
    /// A position inside a sentence (`Saving model at epoch 20 to …`) moves nothing.
    private mutating func enterHeading(
        _ record: Record,
        _ place: LinePlace,
        of line: TextLine,
        into buffer: inout EventBuffer
    ) {
        guard let first = record.positions.first else { return }
        let before = line.text(first.before).lowercased().split { !$0.isLetter && !$0.isNumber }
        let isFirst = record.texts.allSatisfy { $0.lowerBound > first.number.range.lowerBound }
        guard isFirst, before.allSatisfy({ PositionWords.qualifiers.contains(String($0)) || $0 == "starting" }) else {
            return
        }
        if isPlan(record, line), !context.hasPosition {
            let value = line.text(first.number.range)
            buffer.append(LoggedFact(key: FactKey.plannedEpochs.rawValue, value: value, line: line.number))
            return
        }
        if place.kind == .fraction, place.epoch == nil { return }
        label(record, line)
        let split = split(of: record, line)
        let at = enter(place, split: split, indent: line.indent, line: line.number, into: &buffer)
        context.split = split ?? .train
        context.endBlock()
        context.expectsList = context.expectsList || (place.epoch != nil && before.contains("train"))
        if place.step != nil {
            context.step = at.step
            context.isStepGlobal = place.kind == .globalStep
        }
    }

    /// `Epochs: 100` alone says how many there will be.
    private func isPlan(_ record: Record, _ line: TextLine) -> Bool {
        guard record.positions.count == 1, let position = record.positions.first, position.kind == .epoch,
            position.total == nil
        else { return false }
        let text = line.text(line.content.lowerBound..<position.number.range.lowerBound).lowercased()
        return text.contains("epochs")
    }

    /// The split a heading names: no number, and no word but those of headings (`=== Validation Statistics ===`).
    private func headingSplit(_ record: Record, _ line: TextLine) -> Split? {
        guard record.items.isEmpty, record.lists.isEmpty, record.pairs.allSatisfy({ $0.value.isEmpty }) else {
            return nil
        }
        let ranges = record.texts + record.pairs.map(\.key)
        let words = ranges.flatMap {
            line.text($0).lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        }
        guard !words.isEmpty, words.count < 6,
            words.allSatisfy({ LogWords.heading.contains($0) || SplitWords.split(ofWord: $0) != nil })
        else { return nil }
        return words.lazy.compactMap { SplitWords.split(ofWord: $0) }.first
    }

    private func isSentence(_ text: String) -> Bool {
        text.lowercased().split(separator: " ").contains { LogWords.prose.contains(String($0)) }
    }

    /// Configuration: short names with short values.
    func noteFacts(_ record: Record, _ line: TextLine, into buffer: inout EventBuffer) {
        for pair in record.pairs + record.lists where !pair.value.isEmpty && pair.value.count <= 200 {
            guard let (name, _) = MetricNames.name(line.text(pair.key), isExplicit: true),
                name.split(separator: " ").count < 6, !isSentence(line.text(pair.key))
            else { continue }
            var value = line.text(pair.value)
            if value.hasSuffix("\"") || value.hasSuffix("'") { value.removeLast() }
            buffer.append(LoggedFact(key: name, value: value, line: line.number, run: context.run))
        }
    }
}
