/// Reads names and numbers out of a line.
///
/// A name is the text between a number (or a separator: `,` `;` `|` tab, brackets, a dash between blanks) and the next
/// number, `:` or `=`. Words in brackets inside a name belong to it (`discr (scale 0.5) loss: 4.2`); a bracket behind a
/// value does not (`loss: 2.8 (2.9)`: the running mean is no metric).
struct RecordScanner {
    let values: ValueScanner
    private let bytes: [UInt8]
    private var end: Int
    private var index: Int
    private var record = Record()
    private var pending: Range<Int>?
    private var label = 0..<0
    private var last = Last.nothing
    private var opened: Int?

    private enum Last { case nothing, position, value }

    /// A scanner of that part of the line.
    init(_ bytes: [UInt8], in range: Range<Int>) {
        self.bytes = bytes
        values = ValueScanner(bytes: bytes, end: range.upperBound)
        index = range.lowerBound
        end = range.upperBound
    }

    /// What the part says.
    mutating func scan() -> Record {
        while index < end {
            switch bytes[index] {
            case 0x20, 0x22, 0x27: index += 1
            case LineCleaner.comment: end = index
            case UInt8(ascii: "#"): hash()
            case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|"), 0x09:
                endSegment()
                index += 1
            case UInt8(ascii: "("), UInt8(ascii: "["): openBracket()
            case UInt8(ascii: "]"), UInt8(ascii: ")"): closeBracket()
            case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "<"), UInt8(ascii: ">"):
                endSegment()
                index += 1
            case UInt8(ascii: ":"), UInt8(ascii: "="): separator()
            default: token()
            }
        }
        endSegment()
        readEpochOfTwoFractions()
        return record
    }

    /// `[5/25][100/1583]`: epoch and batch.
    private mutating func readEpochOfTwoFractions() {
        guard record.positions.count == 2, record.positions.allSatisfy({ $0.kind == .fraction }),
            record.positions[1].number.range.upperBound < record.items.first?.key.lowerBound ?? 0
        else { return }
        record.positions[0].kind = .epoch
        record.positions[1].kind = .batch
    }

    // MARK: - Text

    private mutating func endSegment() {
        if let text = pending { record.texts.append(text) }
        pending = nil
        last = .nothing
    }

    /// `#` behind a value begins a remark, in front of a number it belongs to the number (`Epoch #5`).
    private mutating func hash() {
        if pending == nil, !record.items.isEmpty { end = index } else { index += 1 }
    }

    private mutating func token() {
        if let value = values.value(at: index, isFractionSpaced: pendingKind != nil) {
            take(value, isExplicit: false)
            return
        }
        let start = index
        index = values.wordEnd(at: start)
        let word = bytes[start..<index]
        if word.allSatisfy({ $0 == 0x2D || $0 == 0x2A || $0 == 0x7E || $0 == 0x2E || $0 == 0x2B }) {
            endSegment()
        } else if last == .position, word.elementsEqual("of".utf8),
            let total = values.value(at: values.skipBlanks(index))
        {
            record.positions[record.positions.count - 1].total = total.number
            index = total.end
        } else if last == .position, let kind = PositionWords.kind(of: text(start..<index)),
            record.positions.last?.kind == .fraction
        {
            record.positions[record.positions.count - 1].kind = kind
            last = .nothing
        } else if let (kind, number) = gluedPosition(start..<index) {
            record.positions.append(.init(kind: kind, number: number, before: pending ?? start..<start))
            pending = nil
            last = .position
        } else {
            pending = (pending?.lowerBound ?? start)..<index
            last = .nothing
        }
    }

    /// `epoch5`, `step_100`.
    private func gluedPosition(_ range: Range<Int>) -> (PositionKind, RecordNumber)? {
        guard let firstDigit = range.first(where: { bytes[$0].isDigit }), firstDigit > range.lowerBound,
            (firstDigit..<range.upperBound).allSatisfy({ bytes[$0].isDigit }),
            let number = NumberParser.number(in: bytes.span, from: firstDigit)
        else { return nil }
        let word = text(range.lowerBound..<firstDigit).drop { $0 == "_" }.lowercased()
        let trimmed = word.hasSuffix("_") || word.hasSuffix("-") ? String(word.dropLast()) : word
        guard ["epoch", "step", "iter", "iteration"].contains(trimmed), let kind = PositionWords.kind(of: trimmed)
        else {
            return nil
        }
        return (kind, RecordNumber(value: number.value, range: firstDigit..<range.upperBound, isInteger: true))
    }

    // MARK: - Brackets

    private mutating func openBracket() {
        let isRound = bytes[index] == UInt8(ascii: "(")
        guard let close = values.matchingBracket(at: index) else {
            endSegment()
            index += 1
            return
        }
        let content = index + 1..<close
        let holdsPairs = content.contains { bytes[$0] == 0x3D || (bytes[$0] == 0x3A && !isTime(around: $0)) }
        if holdsPairs {
            let kept = last
            endSegment()
            last = kept
            opened = index
            index += 1
        } else if pending != nil, pendingKind != nil {
            index += 1
        } else if pending == nil, last == .position, isNamed(content) {
            endSegment()
            index += 1
        } else if pending == nil, last == .position {
            behindPosition(content)
            index = close + 1
        } else if pending == nil, last == .value,
            isRound || !LogWords.ambiguousMetric.contains(text(content).lowercased())
        {
            index = close + 1
        } else if let text = pending {
            if isRound {
                pending = text.lowerBound..<close + 1
            } else {
                record.lists.append(.init(key: text, value: content))
                pending = nil
            }
            index = close + 1
        } else if content.contains(where: { bytes[$0].isLetter || bytes[$0] == 0x2F }) {
            opened = index
            index += 1
        } else {
            if record.items.isEmpty, record.positions.isEmpty { leadingPair(content) }
            index = close + 1
        }
    }

    private mutating func closeBracket() {
        if let text = pending, opened != nil, bytes[index] == UInt8(ascii: "]") {
            label = text
            pending = nil
        }
        let kept = last
        endSegment()
        if kept == .position { last = kept }
        opened = nil
        index += 1
    }

    /// `[92%]`, `[10/3125]`, `[1280/60000 (2%)]`, `(OLD)` behind a position.
    private mutating func behindPosition(_ content: Range<Int>) {
        let start = values.skipBlanks(content.lowerBound)
        if let value = values.value(at: start), value.end <= content.upperBound {
            if let total = value.total, value.number.isInteger {
                record.positions.append(
                    .init(kind: .fraction, number: value.number, total: total, before: start..<start)
                )
            } else if value.kind == .plain, value.unit.isEmpty, value.number.isInteger,
                record.positions.last?.kind == .epoch, value.end == content.upperBound
            {
                record.positions.append(.init(kind: .batch, number: value.number, before: start..<start))
            }
            return
        }
        let word = bytes.span.trimmed(content)
        guard !word.isEmpty, word.allSatisfy({ bytes[$0].isLetter || bytes[$0].isDigit || bytes[$0] == 0x5F }) else {
            record.texts.append(word)
            return
        }
        if record.positions.last?.kind == .epoch, SplitWords.split(ofWord: text(word).lowercased()) == nil {
            record.runLabel = word
        } else {
            record.texts.append(word)
        }
    }

    /// `[Batch 3/200]`: a word with a number behind it.
    private func isNamed(_ content: Range<Int>) -> Bool {
        guard let first = content.first(where: { !bytes[$0].isBlank }), bytes[first].isLetter else { return false }
        return content.contains { bytes[$0].isDigit && bytes[$0 - 1].isBlank }
    }

    /// `[1, 2000] loss: 0.3`: epoch and step.
    private mutating func leadingPair(_ content: Range<Int>) {
        guard let epoch = values.value(at: values.skipBlanks(content.lowerBound)), epoch.number.isInteger,
            epoch.end < content.upperBound, bytes[epoch.end] == UInt8(ascii: ","),
            let step = values.value(at: values.skipBlanks(epoch.end + 1)), step.number.isInteger,
            values.skipBlanks(step.end) == content.upperBound
        else { return }
        let none = content.lowerBound..<content.lowerBound
        record.positions.append(.init(kind: .epoch, number: epoch.number, before: none))
        record.positions.append(.init(kind: .batch, number: step.number, before: none))
    }

    private func isTime(around colon: Int) -> Bool {
        colon > 0 && bytes[colon - 1].isDigit && colon + 1 < end && bytes[colon + 1].isDigit
    }

    // MARK: - Values

    private mutating func separator() {
        let sign = bytes[index]
        if index + 1 < end, bytes[index + 1] == UInt8(ascii: "=") || bytes[index + 1] == UInt8(ascii: ">"), sign == 0x3D
        {
            endSegment()
            while index < end, bytes[index] == 0x3D || bytes[index] == UInt8(ascii: ">") { index += 1 }
            return
        }
        var start = index + 1
        if start < end, sign == 0x3A, bytes[start] == 0x3D { start += 1 }
        start = values.skipBlanks(start)
        guard let key = pending else {
            nameInFrontOfPosition(valueAt: start)
            return
        }
        if start < end, bytes[start] == 0x22 || bytes[start] == 0x27 { start += 1 }
        if start < end, bytes[start] == UInt8(ascii: "["), pendingKind != nil { start = values.skipBlanks(start + 1) }
        if start < end, let value = values.value(at: start, isFractionSpaced: pendingKind != nil) {
            take(value, isExplicit: true)
        } else if start < end, bytes[start] == UInt8(ascii: "["), let close = values.matchingBracket(at: start) {
            record.lists.append(.init(key: key, value: start + 1..<close))
            pending = nil
            index = close + 1
        } else {
            let limit = max(start, min(end, start + 400))
            let stop = (start..<limit).first { [0x2C, 0x3B, 0x7C, 0x09].contains(bytes[$0]) } ?? limit
            record.pairs.append(.init(key: key, value: bytes.span.trimmed(start..<stop)))
            record.endsWithColon = start >= end
            label = key
            pending = nil
            last = .nothing
            index = start
        }
    }

    /// `SNR after epoch 5: 3.2 dB`: the name stands in front of the position.
    private mutating func nameInFrontOfPosition(valueAt start: Int) {
        index += 1
        guard last == .position, let position = record.positions.last, !position.before.isEmpty, start < end,
            LogWords.isMetric(text(position.before)), let value = values.value(at: start)
        else { return }
        pending = position.before
        record.positions[record.positions.count - 1].before = position.before.lowerBound..<position.before.lowerBound
        take(value, isExplicit: true)
    }

    private mutating func take(_ value: ValueScanner.Value, isExplicit: Bool) {
        index = value.end
        defer { pending = nil }
        if let kind = value.position {
            record.positions.append(.init(kind: kind, number: value.number, before: pending ?? value.number.range))
            last = .position
            return
        }
        guard let key = pending else {
            bare(value)
            return
        }
        last = .value
        if let kind = positionKind(of: key, isExplicit: isExplicit), value.kind != .other, value.unit.isEmpty {
            // In bytes: undecodable ones count more once they are decoded.
            let word = key.reversed().first { bytes[$0] == 0x20 }.map { $0 + 1 } ?? key.lowerBound
            let before = bytes.span.trimmed(key.lowerBound..<word)
            record.positions.append(.init(kind: kind, number: value.number, total: value.total, before: before))
            last = .position
            return
        }
        guard value.kind != .other, value.total == nil || LogWords.mayBeMetric(text(key)) else {
            if isExplicit { record.pairs.append(.init(key: key, value: value.number.range.lowerBound..<value.end)) }
            return
        }
        var number = value.number
        if let total = value.total, total.value != 0 { number.value /= total.value }
        record.items.append(
            .init(
                key: key,
                label: label,
                number: number,
                unit: value.unit,
                isExplicit: isExplicit,
                isFraction: value.total != nil
            )
        )
    }

    /// A number without a name.
    private mutating func bare(_ value: ValueScanner.Value) {
        let none = value.number.range.lowerBound..<value.number.range.lowerBound
        let isFirst = record.items.isEmpty && record.positions.isEmpty && record.texts.isEmpty && record.pairs.isEmpty
        if let total = value.total, value.number.isInteger, total.isInteger {
            record.positions.append(.init(kind: .fraction, number: value.number, total: total, before: none))
            last = .position
        } else if isFirst, value.number.isInteger, value.kind == .plain, index < end, bytes[index] == 0x3A {
            record.positions.append(.init(kind: .step, number: value.number, before: none))
            last = .position
        } else if isFirst, value.number.isInteger, value.kind == .plain, isPrompted(value.number.range.lowerBound) {
            record.positions.append(.init(kind: .globalStep, number: value.number, before: none))
            last = .nothing
        } else if isFirst, value.number.isInteger, value.kind == .plain, let (kind, stop) = counted(at: index) {
            record.positions.append(.init(kind: kind, number: value.number, before: none))
            last = .position
            index = stop
        } else if value.kind == .plain, value.unit.isEmpty || value.unit.count > 6 {
            record.orphans += 1
        }
    }

    /// `>120, 2/45, d=0.6`: a `>` and a number at the beginning of a line.
    private func isPrompted(_ start: Int) -> Bool {
        start > 0 && bytes[start - 1] == UInt8(ascii: ">") && (start == 1 || bytes[start - 2].isBlank)
            && index < end && bytes[index] == 0x2C
    }

    /// `1000 it | loss 0.3`: what a number at the beginning counts, when a bar or a colon ends the phrase.
    private func counted(at stop: Int) -> (PositionKind, end: Int)? {
        let start = values.skipBlanks(stop)
        guard start > stop, start < end, bytes[start].isLetter else { return nil }
        let wordEnd = values.wordEnd(at: start)
        let next = values.skipBlanks(wordEnd)
        guard next < end, bytes[next] == UInt8(ascii: "|") || bytes[next] == UInt8(ascii: ":") else { return nil }
        return PositionWords.kind(of: text(start..<wordEnd)).map { ($0, next + 1) }
    }

    // MARK: - Names

    private var pendingKind: PositionKind? { pending.flatMap { positionKind(of: $0, isExplicit: false) } }

    /// What the last word of the text counts. In front of `:` or `=` the words before it must not make it another name
    /// (`loss per step: 0.3`).
    private func positionKind(of key: Range<Int>, isExplicit: Bool) -> PositionKind? {
        guard let last = lastWord(of: key), last.count < 20, var kind = PositionWords.kind(of: text(last)) else {
            return nil
        }
        let words = text(key).lowercased().split { $0 == " " || $0 == "#" || $0 == "\"" || $0 == "'" }
        if words.count > 1 {
            let before = words[words.count - 2]
            if before == "global", kind == .step { kind = .globalStep }
            if ["total", "num", "number", "max", "of", "planned"].contains(before) { return nil }
            if isExplicit, before == "per" || LogWords.mayBeMetric(String(before)) { return nil }
        }
        return kind
    }

    private func lastWord(of range: Range<Int>) -> Range<Int>? {
        let marks: [UInt8] = [0x20, 0x22, 0x23, 0x27]
        var end = range.upperBound
        while end > range.lowerBound, marks.contains(bytes[end - 1]) { end -= 1 }
        var start = end
        while start > range.lowerBound, !marks.contains(bytes[start - 1]) { start -= 1 }
        return start < end ? start..<end : nil
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
