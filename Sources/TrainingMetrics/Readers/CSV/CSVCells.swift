/// The cells of one line (RFC 4180): ranges without quotes. Reused from line to line, so that it allocates only once.
struct CSVCells {
    private var lowers: [Int] = []
    private var uppers: [Int] = []

    /// Number of cells.
    var count: Int { lowers.count }

    /// Range of a cell, without its quotes; doubled quotes inside it are still doubled.
    subscript(cell: Int) -> Range<Int> {
        @inline(__always) get { lowers[cell]..<uppers[cell] }
    }

    /// Finds the cells of a line. A quote counts only at the beginning of a cell; elsewhere it is text.
    /// - Returns: `false` when a quoted cell is not closed.
    mutating func split(_ line: Span<UInt8>, delimiter: UInt8) -> Bool {
        lowers.removeAll(keepingCapacity: true)
        uppers.removeAll(keepingCapacity: true)
        var index = 0
        while true {
            let start = index
            var first = start
            if delimiter != 0x09 { while first < line.count, line[first] == 0x20 { first &+= 1 } }
            if first < line.count, line[first] == 0x22 {
                guard let close = closingQuote(in: line, from: first + 1) else { return false }
                lowers.append(first + 1)
                uppers.append(close)
                index = close + 1
                while index < line.count, line[index] != delimiter { index &+= 1 }
            } else {
                while index < line.count, line[index] != delimiter { index &+= 1 }
                lowers.append(start)
                uppers.append(index)
            }
            if index >= line.count { return true }
            index &+= 1
        }
    }

    /// Whether the cell stood in quotes.
    func isQuoted(_ cell: Int, in line: Span<UInt8>) -> Bool {
        lowers[cell] > 0 && uppers[cell] < line.count && line[lowers[cell] - 1] == 0x22 && line[uppers[cell]] == 0x22
    }

    /// Text of a cell without blanks at its ends, doubled quotes undone.
    func text(_ cell: Int, in line: Span<UInt8>) -> String {
        let range = line.trimmed(self[cell])
        guard isQuoted(cell, in: line) else { return line.text(range) }
        var bytes: [UInt8] = []
        var index = range.lowerBound
        while index < range.upperBound {
            bytes.append(line[index])
            index += line.holds("\"\"", at: index) && index + 1 < range.upperBound ? 2 : 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func closingQuote(in line: Span<UInt8>, from start: Int) -> Int? {
        var index = start
        while let quote = line.firstIndex(of: 0x22, from: index) {
            guard quote + 1 < line.count, line[quote + 1] == 0x22 else { return quote }
            index = quote + 2
        }
        return nil
    }
}
