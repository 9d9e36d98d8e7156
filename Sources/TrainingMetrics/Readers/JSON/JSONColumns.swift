/// Lists of numbers that wait until the object they stand in ends, because the list that places them may come last.
struct JSONColumns: Codable {
    /// Most numbers that may wait.
    static let most = 2_000_000

    /// A list of numbers.
    private struct Column: Codable {
        /// Names of the objects around it and its own.
        let names: [String]
        /// Depth of the object it stands in.
        let group: Int
        /// Values in the list so far, those that are no number included.
        var count = 0
        /// Place in the list and value of every number.
        var ordinals: [Int] = []
        var values: [Double] = []
    }

    private var columns: [Column] = []
    private var waiting = 0

    /// Begins a list.
    /// - Parameters:
    ///   - names: names of the objects around it and its own.
    ///   - group: depth of the object it stands in.
    /// - Returns: its number; `nil` when too many wait already.
    mutating func open(_ names: [String], group: Int) -> Int? {
        guard columns.count < EventBuffer.mostMetrics else { return nil }
        columns.append(Column(names: names, group: group))
        return columns.count - 1
    }

    /// Adds a number to a list, or a place without one.
    mutating func add(_ value: Double?, to column: Int?, line: Int, into buffer: inout EventBuffer) {
        guard let column, waiting < Self.most else {
            let reason = "more than \(EventBuffer.mostMetrics) columns, or \(Self.most) numbers in columns"
            return buffer.reject(line: line, text: "", reason: reason)
        }
        columns[column].count += 1
        guard let value else { return }
        waiting += 1
        columns[column].ordinals.append(columns[column].count - 1)
        columns[column].values.append(value)
    }

    /// Gives out the columns of an object that ends, row by row, as a table would have logged them.
    /// - Parameters:
    ///   - group: depth of the object.
    ///   - line: where it ends; the line of all its samples.
    ///   - buffer: where samples and rejections go.
    mutating func give(group: Int, line: Int, into buffer: inout EventBuffer) {
        // What was opened below an object was closed below it, so its columns are the last ones.
        let first = columns.lastIndex { $0.group != group }.map { $0 + 1 } ?? 0
        guard first < columns.count else { return }
        let ending = Array(columns[first...])
        columns.removeSubrange(first...)
        waiting -= ending.map(\.values.count).reduce(0, +)
        let kinds = ending.map { FieldName.axis(of: $0.names.last ?? "") }
        let steps = kinds.indices.filter { !ending[$0].values.isEmpty && rank(kinds[$0]) != nil }
        let step = steps.min { (rank(kinds[$0]) ?? 0) < (rank(kinds[$1]) ?? 0) }
        let epoch = kinds.firstIndex { $0 == .epoch }
        let time = kinds.indices.first { isTime(kinds[$0], ending[$0]) }
        let axis: StepAxis = step != nil ? .step : epoch != nil ? .epoch : .record
        let rows = ending.map(\.count).max() ?? 0
        let positions = (step ?? epoch).map { spread(ending[$0]) } ?? (0..<rows).map { Double($0 + 1) }
        let epochs = epoch.map { spread(ending[$0]) } ?? []
        let times = time.map { spread(ending[$0]) } ?? []
        let metrics = ending.enumerated().filter { index, column in
            index != step && index != epoch && index != time && !column.values.isEmpty
        }.map { (index: buffer.index(of: key(of: $0.element, axis: axis)), column: $0.element) }
        var next = [Int](repeating: 0, count: metrics.count)
        var unplaced = [Int](repeating: 0, count: metrics.count)
        for row in 0..<rows {
            let position = row < positions.count ? positions[row] : .nan
            for (offset, metric) in metrics.enumerated() {
                let number = next[offset]
                guard number < metric.column.ordinals.count, metric.column.ordinals[number] == row else { continue }
                next[offset] += 1
                guard abs(position) < 1e15 else {
                    unplaced[offset] += 1
                    continue
                }
                buffer.append(
                    metric: metric.index,
                    step: Int64(position),
                    epoch: row < epochs.count ? epochs[row] : .nan,
                    time: row < times.count ? TimeParser.seconds(times[row]) ?? .nan : .nan,
                    value: metric.column.values[number],
                    line: line
                )
            }
        }
        for (metric, count) in zip(metrics, unplaced) where count > 0 {
            let name = metric.column.names.joined(separator: "/")
            let reason = "\(count) numbers of \(name) have no place: the list that counts is shorter or not whole"
            buffer.reject(line: line, text: name, reason: reason)
        }
    }

    private func rank(_ kind: FieldKind?) -> Int? {
        if case .step(let rank)? = kind { rank } else { nil }
    }

    private func isTime(_ kind: FieldKind?, _ column: Column) -> Bool {
        guard case .time? = kind else { return false }
        return column.values.contains { TimeParser.seconds($0) != nil }
    }

    /// The values by their place in the list, NaN where it holds none.
    private func spread(_ column: Column) -> [Double] {
        var values = [Double](repeating: .nan, count: (column.ordinals.last ?? -1) + 1)
        for (ordinal, value) in zip(column.ordinals, column.values) { values[ordinal] = value }
        return values
    }

    /// `history/val/loss` is `loss` on validation data; a list called `values` is named after its object.
    private func key(of column: Column, axis: StepAxis) -> MetricKey {
        var names = column.names
        if names.count > 1, let last = names.last, FieldName.isValue(last) || last == "values" { names.removeLast() }
        let around = names.dropLast().filter { !JSONNames.isGeneric($0) }
        let name = (around + names.suffix(1)).joined(separator: "/")
        let split =
            FieldName.split(inMetricName: name) ?? names.reversed().lazy.compactMap { JSONNames.split(of: $0) }.first
        return MetricKey(name: name, split: split ?? .train, axis: axis)
    }
}
