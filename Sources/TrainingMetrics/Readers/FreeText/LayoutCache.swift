/// Layouts of the lines read last. Not part of a reader's stored state: with or without it a line reads the same.
struct LayoutCache: Sendable {
    /// Whether layouts are used at all; tests compare both.
    var isEnabled = true
    private(set) var entries: [LineLayout] = []
    private var next = 0
    private var replaced = 0
    /// Numbers of the line that fitted last.
    private(set) var numbers: [Double] = []
    /// Time of the line that fitted last.
    private(set) var seconds = Double.nan
    private static let capacity = 64

    /// The layout the line fits. Lines come in turns, so the one behind the last that fitted is tried first.
    mutating func match(_ line: Span<UInt8>) -> Int? {
        for offset in 0..<entries.count {
            var index = next &+ offset
            if index >= entries.count { index &-= entries.count }
            if entries[index].match(line, &numbers, &seconds) {
                next = index &+ 1 == entries.count ? 0 : index &+ 1
                return index
            }
        }
        return nil
    }

    /// Keeps a layout, in place of the oldest when there are enough.
    mutating func insert(_ layout: LineLayout) {
        if entries.count < Self.capacity {
            entries.append(layout)
        } else {
            entries[replaced] = layout
            replaced = (replaced + 1) % Self.capacity
        }
    }

    /// Index of a metric in the buffer, looked up once per layout.
    mutating func indices(_ entry: Int, _ slot: Int, _ make: (LineLayout) -> [Int32]) -> [Int32] {
        if entries[entry].indices[slot].isEmpty { entries[entry].indices[slot] = make(entries[entry]) }
        return entries[entry].indices[slot]
    }
}

extension FreeTextReader {
    /// Reads a line whose layout is known, and only what is certain to mean the same as last time.
    mutating func readKnownLayout(_ line: Span<UInt8>, into buffer: inout EventBuffer) -> Bool {
        guard held == nil, table == nil, let entry = layouts.match(line) else { return false }
        let parentName: String?
        var place = LinePlace()
        do {
            let layout = layouts.entries[entry]
            guard layout.run == context.run else { return false }
            for position in layout.positions {
                let total = position.total.map { layouts.numbers[$0] }
                place.take(position.kind, layouts.numbers[position.number], total)
            }
            let heading = place.isEmpty ? heading(indent: layout.indent, isBulleted: layout.isBulleted) : nil
            guard layout.parent == heading?.name, place.isEmpty == layout.positions.isEmpty,
                context.hasPosition || !place.isEmpty
            else { return false }
            for metric in layout.metrics where !layouts.numbers[metric.number].isFinite && metric.unit.isEmpty {
                if metric.isDecibel || !context.units.isEmpty { return false }
            }
            parentName = heading?.name
        }
        giveBar(into: &buffer)
        let lineSplit = layouts.entries[entry].lineSplit
        let indent = layouts.entries[entry].indent
        let at = enter(place, split: lineSplit, indent: indent, line: cursor.lineNumber, into: &buffer)
        give(entry, lineSplit, at, into: &buffer)
        if parentName == nil { context.parent = layouts.entries[entry].asParent }
        return true
    }

    private mutating func give(_ entry: Int, _ lineSplit: Split?, _ at: SamplePlace, into buffer: inout EventBuffer) {
        let run = context.run
        let headingSplit = context.split
        let slot = Self.slot(at.axis, headingSplit)
        let parentSplit = layouts.entries[entry].parent.flatMap { SplitWords.split(ofName: $0) }
        let indices = layouts.indices(entry, slot) { layout in
            layout.metrics.map { metric in
                let split = metric.split ?? lineSplit ?? parentSplit ?? headingSplit
                return buffer.index(
                    of: MetricKey(name: metric.name, split: split, unit: metric.unit, axis: at.axis, run: run)
                )
            }
        }
        let count = indices.count
        for index in 0..<count {
            let metric = indices[index]
            var step = at.step
            if at.axis == .record, metric != EventBuffer.refusedMetric {
                let key = buffer.keys[Int(metric)]
                step = recordCounts[key, default: 0] + 1
                recordCounts[key] = step
            }
            buffer.append(
                metric: metric,
                step: step,
                epoch: at.epoch,
                time: layouts.seconds,
                value: layouts.numbers[layouts.entries[entry].metrics[index].number],
                line: cursor.lineNumber
            )
        }
    }

    private static func slot(_ axis: StepAxis, _ split: Split) -> Int {
        let row =
            switch axis {
            case .step: 0
            case .epoch: 3
            case .record: 6
            }
        return switch split {
        case .train: row
        case .validation: row + 1
        case .evaluation: row + 2
        }
    }

    /// Remembers the layout of a record line all of whose numbers were metrics.
    mutating func remember(
        _ record: Record,
        _ readings: [Reading],
        _ line: TextLine,
        _ place: LinePlace,
        lineSplit: Split?,
        parent: ReadingContext.Parent?
    ) {
        guard layouts.isEnabled, line.bytes.count < 8192, record.items.count < 256, record.runLabel == nil,
            record.lists.isEmpty,
            !record.items.contains(where: \.isFraction), place.epoch != nil || place.kind != .fraction,
            !place.isEmpty || context.hasPosition
        else { return }
        var layout = LineLayout()
        layout.lineSplit = lineSplit
        layout.indent = line.indent
        layout.isBulleted = line.isBulleted
        layout.run = context.run
        layout.parent = parent?.name
        layout.asParent = context.parent
        guard let numbers = lay(record, readings, line, out: &layout) else { return }
        for position in record.positions {
            guard let number = numbers[position.number.range.lowerBound] else { return }
            let total = position.total.flatMap { numbers[$0.range.lowerBound] }
            layout.positions.append(.init(kind: position.kind, number: number, total: total))
        }
        for reading in readings {
            guard let number = numbers[reading.item.number.range.lowerBound] else { return }
            let name = parent.map { $0.name + "/" + reading.name } ?? reading.name
            layout.metrics.append(
                .init(
                    number: number,
                    name: name,
                    unit: reading.unit,
                    split: reading.split,
                    isDecibel: reading.traits.isDecibel
                )
            )
        }
        layouts.insert(layout)
    }

    /// Cuts the line into pieces.
    /// - Returns: which kept number begins at a position; `nil` when two numbers overlap.
    private func lay(
        _ record: Record,
        _ readings: [Reading],
        _ line: TextLine,
        out layout: inout LineLayout
    ) -> [Int: Int]? {
        var kept = record.items.map(\.number) + record.positions.map(\.number) + record.positions.compactMap(\.total)
        if let time = line.prefix.timeRange { kept.append(RecordNumber(value: .nan, range: time, isInteger: false)) }
        kept.sort { $0.range.lowerBound < $1.range.lowerBound }
        let texts =
            record.items.flatMap { [$0.key, $0.label] } + record.positions.map(\.before) + record.texts
            + record.pairs.map(\.key)
        let isKept = { (index: Int) in texts.contains { $0.contains(index) } }
        let places = Set(record.positions.flatMap { [$0.number.range.lowerBound, $0.total?.range.lowerBound ?? -1] })
        var numbers: [Int: Int] = [:]
        var end = 0
        for number in kept {
            guard number.range.lowerBound >= end else { return nil }
            layout.addText(line.bytes, end..<number.range.lowerBound, isKept: isKept)
            if number.range == line.prefix.timeRange {
                layout.addTimestamp()
            } else {
                let isInteger = number.isInteger && places.contains(number.range.lowerBound)
                numbers[number.range.lowerBound] = layout.addNumber(isInteger: isInteger)
            }
            end = number.range.upperBound
        }
        var last = line.bytes.count
        while last > end, line.bytes[last - 1].isBlank { last -= 1 }
        layout.addText(line.bytes, end..<last, isKept: isKept)
        return numbers
    }
}
