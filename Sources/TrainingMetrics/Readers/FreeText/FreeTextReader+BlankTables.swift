extension FreeTextReader {
    /// Reads a table set with blanks: a header such as `epoch  train_loss  val_loss`, then rows of numbers below it.
    /// - Returns: whether the line was a row of one, or its header.
    mutating func readBlankTable(_ line: TextLine, into buffer: inout EventBuffer) -> Bool {
        guard let first = line.content.first.map({ line.bytes[$0] }) else { return false }
        if let current = table, current.isSetWithBlanks {
            let cells = Self.cells(line)
            let isRow = cells.count == current.columns.count && isNumber(cells[0], line)
            if isRow {
                read(cells, of: current, line, into: &buffer)
                return true
            }
        }
        table = nil
        // A header begins with the name of a position and holds names only, one of a metric among them.
        guard first.isLetter, !line.bytes[line.content].contains(where: { $0.isDigit || $0 == 0x3A || $0 == 0x3D })
        else { return false }
        let names = Self.cells(line).map { line.text($0) }
        guard names.count > 1, PositionWords.kind(of: names[0][...]) != nil,
            names.contains(where: { LogWords.isMetric($0) }),
            Self.isWide(line) || names.dropFirst().allSatisfy({ LogWords.mayBeMetric($0) || $0 == "time" }),
            names.allSatisfy({ $0.allSatisfy { $0.isLetter || "_/-.()% ".contains($0) } && $0.count <= 40 }),
            var header = MarkdownTable(header: names)
        else { return false }
        header.isSetWithBlanks = true
        table = header
        return true
    }

    private func isNumber(_ cell: Range<Int>, _ line: TextLine) -> Bool {
        NumberParser.number(in: line.bytes.span, from: cell.lowerBound)?.end == cell.upperBound
    }

    /// Whether two blanks or a tab stand together somewhere, as between the columns of a table and not in a sentence.
    private static func isWide(_ line: TextLine) -> Bool {
        zip(line.content, line.content.dropFirst()).contains { first, second in
            line.bytes[first] == 0x09 || (line.bytes[first].isBlank && line.bytes[second].isBlank)
        }
    }

    /// Cells with two blanks or a tab between them; where no two blanks stand together, the words.
    private static func cells(_ line: TextLine) -> [Range<Int>] {
        let content = line.content
        func isBlank(_ index: Int) -> Bool { line.bytes[index].isBlank }
        let isWide = isWide(line)
        var cells: [Range<Int>] = []
        var start = content.lowerBound
        var index = start
        while index < content.upperBound {
            guard isBlank(index) else {
                index += 1
                continue
            }
            var end = index
            while end < content.upperBound, isBlank(end) { end += 1 }
            if !isWide || end - index > 1 || line.bytes[index] == 0x09 {
                cells.append(start..<index)
                start = end
            }
            index = end
        }
        cells.append(start..<content.upperBound)
        return cells
    }
}
