/// Whether a source begins like a table with a header.
enum CSVRecognition {
    /// 0.95 for a header with an axis and rows of numbers behind it, 0.75 without an axis, 0.6 for such a header alone.
    static func confidence(_ head: Span<UInt8>) -> Double {
        var position = 0
        var header: CSVHeader?
        var cells = CSVCells()
        var rows = 0
        var fittingRows = 0
        while let end = head.firstIndex(of: 0x0A, from: position), rows < 50 {
            let line = head.extracting(position..<end)
            position = end + 1
            let content = line.trimmed(
                0..<(line.count > 0 && line[line.count - 1] == 0x0D ? line.count - 1 : line.count)
            )
            guard !content.isEmpty else { continue }
            guard let known = header else {
                if line[0] == 0x23, CSVHeader(line)?.isKnown != true { continue }
                guard let found = CSVHeader(line.extracting(content)), isPlausible(found) else { return 0 }
                // A Markdown table without an axis usually has its metrics in rows.
                if line[content.lowerBound] == 0x7C, !found.isKnown { return 0 }
                header = found
                continue
            }
            rows += 1
            if isRow(line.extracting(content), of: known, &cells) { fittingRows += 1 }
        }
        guard let header else { return 0 }
        guard rows > 0 else { return header.isKnown ? 0.6 : 0.2 }
        let share = Double(fittingRows) / Double(rows)
        return share * (header.isKnown ? 0.95 : 0.75)
    }

    /// A header has at least two columns with short names and none of a record's `=`, `: ` and braces.
    private static func isPlausible(_ header: CSVHeader) -> Bool {
        header.names.count >= 2
            && header.names.allSatisfy { name in
                name.utf8.count <= 200 && !name.contains("=") && !name.contains(": ") && !name.contains("{")
                    && !name.hasSuffix(":")
            } && header.names.contains { !$0.isEmpty }
    }

    /// A row has no more cells than the header, at least one number, and hardly fewer cells.
    private static func isRow(_ line: Span<UInt8>, of header: CSVHeader, _ cells: inout CSVCells) -> Bool {
        guard cells.split(line, delimiter: header.delimiter), cells.count >= 2, cells.count <= header.names.count + 1
        else { return false }
        for cell in 0..<cells.count {
            if case .number = CellValue.read(line, in: cells[cell]) { return true }
        }
        return false
    }
}
