/// Metric indices of the cells of a table: a lookup per cell, a key only once per metric.
struct CSVMetricIndices {
    /// What a row says about all its cells.
    struct Row {
        /// Split the row names.
        var split: Split
        /// Number of its run.
        var run: Int
        /// What its position counts.
        var axis: StepAxis
    }

    private var table: [[Int32]] = []

    /// Forgets everything: another header.
    mutating func removeAll() { table.removeAll() }

    /// Index known for the `offset`-th metric, in cells without a unit of their own.
    @inline(__always)
    func known(_ offset: Int, _ row: Row) -> Int32? {
        guard row.run < table.count else { return nil }
        let slot = offset * 3 + row.split.slot
        guard slot < table[row.run].count, table[row.run][slot] >= 0 else { return nil }
        return table[row.run][slot]
    }

    /// Notes an index.
    mutating func note(_ index: Int32, of offset: Int, _ row: Row, metrics: Int) {
        // A wide table of many runs keeps the table small by starting again.
        if table.count * metrics > 1 << 20 { table.removeAll() }
        while table.count <= row.run { table.append([]) }
        if table[row.run].isEmpty { table[row.run] = Array(repeating: -1, count: metrics * 3) }
        table[row.run][offset * 3 + row.split.slot] = index
    }
}
