/// Reads one JSON object a line.
///
/// Names of nested objects are joined by `/`. Step, epoch, wall time, split, phase and run are found by name as in tables
/// (`FieldName`), line by line; `tick` is the axis of last resort; a line without a step stands at the step before it,
/// and a step that starts again with every epoch is counted on.
/// An object of `num`, `mean` and perhaps `std` alone is one metric, its mean; count and deviation are not kept.
/// `NaN`, `Infinity` and `-Infinity` are read as bare words and as strings. Texts and booleans are no metrics and are given
/// once per name as facts, as are numbers below `config`, `args`, `hparams` or `facts`. Lists of numbers are rejected once per name.
public struct JSONLinesReader: LineReader {
    /// JSON Lines.
    public static let format = LogFormat.jsonl
    /// Where the reader is.
    public var cursor = LineCursor()

    private var fields = JSONFields()
    private var runs = RunPositions()
    /// Changes of phase given as facts; a source has no use for more than a thousand.
    private var phaseChanges = 0

    // Scratch of one line.
    private var path: [UInt8] = []
    private var frames: [Frame] = []
    private var ordinal = 0
    private var leaves: [(field: Int, value: Double)] = []
    private var reports: [Report] = []
    private var split: Split?
    private var phase: (field: Int, text: String)?
    private var run: String?
    private var metricName: String?
    private var time = Double.nan

    private enum CodingKeys: String, CodingKey { case cursor, fields, runs, phaseChanges }

    /// An open object: how long the path in front of its names is, where its numbers begin, which names it has.
    private struct Frame {
        var pathLength: Int
        var firstLeaf: Int
        var names: Names = []
    }

    private struct Names: OptionSet {
        let rawValue: Int
        static let num = Names(rawValue: 1)
        static let mean = Names(rawValue: 2)
        static let std = Names(rawValue: 4)
        static let other = Names(rawValue: 8)
    }

    /// Something to say about a field, once per source.
    private enum Report {
        case fact(field: Int, value: String)
        case list(field: Int)
    }

    /// A reader at the beginning of a source.
    public init() {}

    /// Sure when the first lines are JSON objects.
    public static func recognises(_ head: Span<UInt8>) -> Double { JSONLinesRecognition.confidence(head) }

    /// Reads one object. Nothing of a line that is no JSON object is used.
    public mutating func read(line: Span<UInt8>, into buffer: inout EventBuffer) {
        guard !line.trimmed(0..<line.count).isEmpty else { return }
        do throws(JSONSyntaxError) {
            try parse(line)
            guard runs.select(run ?? "") else {
                throw JSONSyntaxError(reason: "more than \(RunPositions.most) runs in one source")
            }
            try emit(into: &buffer)
        } catch {
            buffer.reject(line: cursor.lineNumber, text: line.excerpt, reason: error.reason)
        }
    }
}

// MARK: - From bytes to leaves

extension JSONLinesReader {
    private mutating func parse(_ line: Span<UInt8>) throws(JSONSyntaxError) {
        path.removeAll(keepingCapacity: true)
        frames.removeAll(keepingCapacity: true)
        leaves.removeAll(keepingCapacity: true)
        reports.removeAll(keepingCapacity: true)
        (ordinal, split, phase, run, metricName, time) = (0, nil, nil, nil, nil, .nan)

        var scanner = JSONScanner()
        var token = try scanner.next(line)
        guard token == .beginObject else {
            throw JSONSyntaxError(reason: "no JSON object: a record has to be one object in braces")
        }
        while token != .end {
            switch token {
            case .beginObject: frames.append(Frame(pathLength: path.count, firstLeaf: leaves.count))
            case .endObject: try closeObject()
            case .key(let range, let isEscaped): enter(line, range, isEscaped: isEscaped)
            case .number(let value): try take(number: value)
            case .string(let range, let isEscaped): try take(string: line, range, isEscaped: isEscaped)
            case .boolean(let value): try note(value ? "true" : "false")
            case .beginArray: try skipList(line, &scanner)
            case .null, .endArray, .end: break
            }
            token = try scanner.next(line)
        }
    }

    /// Makes the path that of a member of the innermost object.
    private mutating func enter(_ line: Span<UInt8>, _ range: Range<Int>, isEscaped: Bool) {
        let innermost = frames.count - 1
        let length = frames[innermost].pathLength
        path.removeSubrange(length...)
        if length > 0 { path.append(0x2F) }
        var isPlain = !isEscaped
        for index in range {
            if line[index] >= 0x80 { isPlain = false }
            path.append(line[index])
        }
        if !isPlain {
            // As text and back, so that the path is UTF-8 and survives being stored.
            path.removeLast(range.count)
            path += JSONScanner.text(line, range, isEscaped: isEscaped).utf8
        }
        switch range.count {
        case 3 where line.holds("num", at: range.lowerBound): frames[innermost].names.insert(.num)
        case 3 where line.holds("std", at: range.lowerBound): frames[innermost].names.insert(.std)
        case 4 where line.holds("mean", at: range.lowerBound): frames[innermost].names.insert(.mean)
        default: frames[innermost].names.insert(.other)
        }
    }

    private mutating func closeObject() throws(JSONSyntaxError) {
        guard let frame = frames.popLast() else { return }
        path.removeSubrange(frame.pathLength...)
        guard frame.names.isSuperset(of: [.num, .mean]), !frame.names.contains(.other), !path.isEmpty else { return }
        let mean = leaves[frame.firstLeaf...].last { fields[$0.field].name.utf8.suffix(5).elementsEqual("/mean".utf8) }
        leaves.removeSubrange(frame.firstLeaf...)
        if let mean { try take(number: mean.value) }
    }

    /// The field of the current path.
    private mutating func field() throws(JSONSyntaxError) -> Int {
        guard let field = fields.field(path, ordinal: ordinal) else {
            throw JSONSyntaxError(reason: "more than \(JSONFields.most) names in one source")
        }
        ordinal += 1
        return field
    }

    private mutating func take(number value: Double) throws(JSONSyntaxError) {
        let field = try field()
        switch fields[field].kind {
        case .run: run = value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
        case .time where TimeParser.seconds(value) != nil: time = TimeParser.seconds(value) ?? .nan
        case _ where fields[field].isConfiguration: reports.append(.fact(field: field, value: "\(value)"))
        default: leaves.append((field, value))
        }
    }

    private mutating func take(
        string line: Span<UInt8>,
        _ range: Range<Int>,
        isEscaped: Bool
    ) throws(JSONSyntaxError) {
        let field = try field()
        switch fields[field].kind {
        case .split:
            if let named = FieldName.split(named: line, range) {
                split = split ?? named
            } else if !range.isEmpty {
                phase = (field, JSONScanner.text(line, range, isEscaped: isEscaped))
            }
            return
        case .run:
            run = JSONScanner.text(line, range, isEscaped: isEscaped)
            return
        case .metricName:
            metricName = JSONScanner.text(line, range, isEscaped: isEscaped)
            return
        case .time:
            if let date = TimeParser.date(in: line, range) {
                time = date
                return
            }
        default: break
        }
        switch CellValue.read(line, in: range) {
        case .number(let value, let unit) where unit.isEmpty && !fields[field].isConfiguration:
            leaves.append((field, value))
        case .missing: break
        default:
            guard !fields[field].isReported else { return }
            reports.append(.fact(field: field, value: JSONScanner.text(line, range, isEscaped: isEscaped)))
        }
    }

    /// A value that is no number and not looked at: a fact, the first time.
    private mutating func note(_ text: String) throws(JSONSyntaxError) {
        let field = try field()
        if !fields[field].isReported { reports.append(.fact(field: field, value: text)) }
    }

    private mutating func skipList(_ line: Span<UInt8>, _ scanner: inout JSONScanner) throws(JSONSyntaxError) {
        let depth = scanner.depth
        var hasNumbers = false
        while scanner.depth >= depth {
            if case .number = try scanner.next(line) { hasNumbers = true }
        }
        let field = try field()
        if hasNumbers, !fields[field].isReported { reports.append(.list(field: field)) }
    }
}

// MARK: - From leaves to samples

extension JSONLinesReader {
    private mutating func emit(into buffer: inout EventBuffer) throws(JSONSyntaxError) {
        var axisLeaf: Int?
        var axisRank = Int.max
        var epochLeaf: Int?
        for (index, leaf) in leaves.enumerated() {
            switch fields[leaf.field].kind {
            case .step(let rank) where rank < axisRank && !leaf.value.isNaN: (axisLeaf, axisRank) = (index, rank)
            case .epoch where epochLeaf == nil: epochLeaf = index
            default: break
            }
        }
        let epoch = epochLeaf.map { leaves[$0].value } ?? .nan
        let axis: StepAxis = axisLeaf != nil || runs.hasStep ? .step : epochLeaf != nil ? .epoch : .record
        let position = axisLeaf.map { leaves[$0].value } ?? (axis == .epoch ? epoch : .nan)
        let isLocal = axisLeaf != nil && !FieldName.isGlobalStep(rank: axisRank)
        let counted = isLocal ? epoch : .nan
        guard let step = runs.advance(to: position, axis: axis, epoch: counted, split: split ?? .train) else {
            throw JSONSyntaxError(reason: "the position \(position) is out of range")
        }
        report(into: &buffer)
        for (index, leaf) in leaves.enumerated() where index != axisLeaf && index != epochLeaf {
            let metric: Int32
            if let metricName, FieldName.isValue(fields[leaf.field].name) {
                let named = FieldName.split(inMetricName: metricName) ?? split ?? .train
                metric = buffer.index(of: MetricKey(name: metricName, split: named, axis: axis, run: runs.label))
            } else {
                metric = fields.index(of: leaf.field, split: split ?? .train, axis: axis, run: runs.label, in: &buffer)
            }
            buffer.append(
                metric: metric,
                step: step,
                epoch: epoch,
                time: time,
                value: leaf.value,
                line: cursor.lineNumber
            )
        }
    }

    private mutating func report(into buffer: inout EventBuffer) {
        if let phase, fields[phase.field].phase != phase.text, phaseChanges < 1000 {
            phaseChanges += 1
            fields[phase.field].phase = phase.text
            add(fact: phase.text, of: phase.field, into: &buffer)
        }
        for report in reports {
            switch report {
            case .fact(let field, let value) where !fields[field].isReported:
                fields[field].isReported = true
                add(fact: value, of: field, into: &buffer)
            case .list(let field) where !fields[field].isReported:
                fields[field].isReported = true
                let name = fields[field].name
                buffer.reject(
                    line: cursor.lineNumber,
                    text: name,
                    reason: "\(name) is a list; metrics are not read from lists (said once per name)"
                )
            default: break
            }
        }
    }

    private func add(fact text: String, of field: Int, into buffer: inout EventBuffer) {
        let value = String(text.prefix(200))
        buffer.append(LoggedFact(key: fields[field].name, value: value, line: cursor.lineNumber, run: runs.label))
    }
}
