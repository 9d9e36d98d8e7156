extension FreeTextReader {
    /// Reads a row, or holds a line back that may be a header.
    /// - Returns: whether the line needs no further reading.
    mutating func holdOrReadTable(_ line: TextLine, into buffer: inout EventBuffer) -> Bool {
        let cells = MarkdownTable.cells(line.bytes, in: line.content)
        if MarkdownTable.isRule(line.bytes, in: line.content), cells != nil || held != nil {
            if let held, let header = MarkdownTable.cells(held.bytes, in: 0..<held.bytes.count) {
                table = MarkdownTable(header: header.map { String(decoding: held.bytes[$0], as: UTF8.self) })
                if table != nil { self.held = nil }
            }
            releaseHeldLine(into: &buffer)
            return true
        }
        releaseHeldLine(into: &buffer)
        guard let cells, cells.count > 1 else { return !line.isBlank && readBlankTable(line, into: &buffer) }
        let texts = cells.map { line.text($0) }
        if let table, table.columns.count == cells.count {
            read(cells, of: table, line, into: &buffer)
            return true
        }
        table = nil
        if texts == ["key", "value", "mean"] {
            table = MarkdownTable(header: texts)
            return true
        }
        let mayBeHeader = !line.bytes[line.content].contains { $0 == 0x3A || $0 == 0x3D } && texts.count > 1
        if mayBeHeader, MarkdownTable(header: texts) != nil {
            held = HeldLine(bytes: Array(line.bytes[line.content]), line: line.number)
            return true
        }
        return false
    }

    /// Reads the line that was held back as what it then is: not a header.
    mutating func releaseHeldLine(into buffer: inout EventBuffer) {
        guard let line = held else { return }
        held = nil
        read(TextLine(bytes: line.bytes, number: line.line), into: &buffer)
    }

    /// Reads a row of a table.
    mutating func read(
        _ cells: [Range<Int>],
        of table: MarkdownTable,
        _ line: TextLine,
        into buffer: inout EventBuffer
    ) {
        var place = LinePlace()
        var rowName: (name: String, unit: String)?
        for (cell, column) in zip(cells, table.columns) {
            switch column {
            case .position(let kind):
                let value = ValueScanner(bytes: line.bytes, end: cell.upperBound).value(at: cell.lowerBound)
                guard let value, value.kind != .other else { return }
                place.take(kind, value.number.value, value.total?.value)
            case .name:
                guard let name = MetricNames.name(line.text(cell), isExplicit: true) else { return }
                rowName = name
            default: break
            }
        }
        giveBar(into: &buffer)
        let row = enter(place, split: nil, indent: line.indent, line: line.number, into: &buffer)
        for (cell, column) in zip(cells, table.columns) {
            var at = row
            var split: Split?
            let named: (name: String, unit: String)?
            switch column {
            case .metric(let name): named = MetricNames.name(name, isExplicit: true)
            case .value(let columnSplit):
                named = rowName
                split = columnSplit
            case .mean: named = rowName.map { ($0.name + " (mean)", $0.unit) }
            case .at(let kind, let value):
                named = rowName
                var place = LinePlace()
                place.take(kind, value, nil)
                at = enter(place, split: nil, indent: line.indent, line: line.number, into: &buffer)
            default: continue
            }
            guard let named, let value = number(in: cell, of: line, named.name, into: &buffer) else { continue }
            let key = MetricKey(
                name: named.name,
                split: split ?? SplitWords.split(ofName: named.name) ?? context.split,
                unit: value.unit.isEmpty ? named.unit : value.unit,
                axis: at.axis,
                run: context.run
            )
            add(key, value.number.value, at: at, of: line, into: &buffer)
        }
    }

    /// The number a cell holds, and nothing else; a cell that says there is none is rejected.
    private func number(
        in cell: Range<Int>,
        of line: TextLine,
        _ name: String,
        into buffer: inout EventBuffer
    ) -> ValueScanner.Value? {
        let value = ValueScanner(bytes: line.bytes, end: cell.upperBound).value(at: cell.lowerBound)
        if let value, value.kind == .plain, bytesAreBlank(line, value.end..<cell.upperBound) { return value }
        if LogWords.missing.contains(line.text(cell).lowercased()), LogWords.mayBeMetric(name) {
            buffer.reject(
                line: line.number,
                text: line.text(line.content),
                reason: "the value of \(name) is not a number: \(line.text(cell))"
            )
        }
        return nil
    }

    private func bytesAreBlank(_ line: TextLine, _ range: Range<Int>) -> Bool {
        range.allSatisfy { line.bytes[$0].isBlank }
    }
}
