/// Metric indices of the cells of a table: a lookup per cell, a key only once per metric.
struct CSVMetricIndices {
    private var table: [[Int32]] = []

    /// Forgets everything: another header.
    mutating func removeAll() { table.removeAll() }

    /// Index of the metric in that column, split, run and unit.
    @inline(__always)
    mutating func index(
        of metric: Int,
        header: CSVHeader,
        split rowSplit: Split,
        run: Int,
        unit: Range<Int>,
        line: Span<UInt8>,
        buffer: inout EventBuffer,
        label: String
    ) -> Int32 {
        let slot = metric * 3 + (header.metrics[metric].split == nil ? rowSplit.slot : 0)
        if unit.isEmpty, run < table.count, slot < table[run].count {
            let index = table[run][slot]
            if index >= 0 { return index }
        }
        return add(
            slot,
            header.metrics[metric],
            rowSplit,
            run,
            unit,
            line,
            &buffer,
            label,
            header.axis,
            header.metrics.count
        )
    }

    private mutating func add(
        _ slot: Int,
        _ metric: CSVHeader.Metric,
        _ rowSplit: Split,
        _ run: Int,
        _ unit: Range<Int>,
        _ line: Span<UInt8>,
        _ buffer: inout EventBuffer,
        _ label: String,
        _ axis: StepAxis,
        _ metrics: Int
    ) -> Int32 {
        var key = MetricKey(name: metric.name, split: metric.split ?? rowSplit, axis: axis, run: label)
        guard unit.isEmpty else {
            key.unit = line.text(unit)
            return buffer.index(of: key)
        }
        // A wide table of many runs keeps the table small by starting again.
        if table.count * metrics > 1 << 20 { table.removeAll() }
        while table.count <= run { table.append([]) }
        if table[run].isEmpty { table[run] = Array(repeating: -1, count: metrics * 3) }
        let index = buffer.index(of: key)
        table[run][slot] = index
        return index
    }
}
