import HealthReport

/// A table that leaves out its least important columns until it is narrow enough.
struct FittingTable<Row> {
    /// A column; those with the largest `rank` go first, 0 never goes.
    struct Column {
        let title: String
        var alignment = TextTable.Alignment.right
        var rank = 0
        let cell: (Row) -> String
    }

    let columns: [Column]
    let rows: [Row]

    /// The lines, at most `width` characters where that can be had.
    func lines(width: Int, style: ANSIStyle) -> [String] {
        var kept = columns
        while width < needed(kept), let last = kept.map(\.rank).max(), last > 0,
            let index = kept.lastIndex(where: { $0.rank == last })
        {
            kept.remove(at: index)
        }
        var table = TextTable(kept.map { ($0.title, $0.alignment) })
        for row in rows { table.append(kept.map { $0.cell(row) }) }
        return table.lines(style: style)
    }

    private func needed(_ columns: [Column]) -> Int {
        let widths = columns.map { column in
            rows.map { column.cell($0).count }.reduce(column.title.count, max)
        }
        return widths.reduce(0, +) + 2 * max(0, columns.count - 1)
    }
}
