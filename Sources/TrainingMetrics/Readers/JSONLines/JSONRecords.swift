/// Turns JSON objects into samples, one object a record. What `JSONLinesReader` reads from lines and `JSONDocumentReader` from a
/// document is read here.
struct JSONRecords: Codable {
    /// What the surroundings of a record in a document say about it.
    struct Surroundings: Hashable {
        /// The split its list is named after.
        var split: Split?
        /// What stands in front of the names of its metrics, with a `/` at its end; empty for nothing.
        var prefix = ""
        /// The name of the list, for records that hold one `value`.
        var metricName: String?
        /// Where a record stands that names no place itself.
        var place: Place?
    }

    /// A place the key of a record names.
    struct Place: Hashable {
        var axis: StepAxis
        var position: Double
    }

    var fields = JSONFields()
    var runs = RunPositions()
    /// Changes of phase given as facts; a source has no use for more than a thousand.
    var phaseChanges = 0
    /// Records that held nothing but stages.
    var stagedRecords = 0

    // Scratch of one record.
    var surroundings = Surroundings()
    var firstLine = 0
    private var lines = LineCount()
    private var leafLine = 0
    private var path: [UInt8] = []
    private var frames: [Frame] = []
    private var ordinal = 0
    var leaves: [Leaf] = []
    var reports: [Report] = []
    var split: Split?
    var phase: (field: Int, text: String)?
    var run: String?
    var metricName: String?
    var time = Double.nan

    private enum CodingKeys: String, CodingKey { case fields, runs, phaseChanges, stagedRecords }

    /// A number of the record.
    struct Leaf {
        var field: Int
        var value: Double
        var line: Int
    }

    /// Lines of the record up to a position.
    private struct LineCount {
        var line = 0
        /// Whether the record may stand on several lines.
        var isCounting = false
        private var position = 0

        init(line: Int = 0, isCounting: Bool = false) { (self.line, self.isCounting) = (line, isCounting) }

        /// The line of a position that does not lie before the one asked for last.
        mutating func line(at end: Int, _ text: Span<UInt8>) -> Int {
            while position < end {
                if text[position] == 0x0A { line += 1 }
                position &+= 1
            }
            return line
        }
    }

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
    enum Report {
        case fact(field: Int, value: String)
        case list(field: Int)
    }

    /// Nothing read yet.
    init() {}

    /// Reads one object. Nothing of a text that is no JSON object is used.
    /// - Parameters:
    ///   - text: the object.
    ///   - line: number of its first line.
    ///   - surroundings: what is said about it outside; `nil` for a record that is a line.
    ///   - buffer: where samples, facts and rejections go.
    mutating func read(
        _ text: Span<UInt8>,
        line: Int,
        in surroundings: Surroundings? = nil,
        into buffer: inout EventBuffer
    ) {
        do throws(JSONSyntaxError) {
            // A reader of lines never gives any, a reader of documents always does.
            if let surroundings { self.surroundings = surroundings }
            firstLine = line
            lines = LineCount(line: line, isCounting: surroundings != nil)
            leafLine = line
            try parse(text)
            guard runs.select(run ?? "") else {
                throw JSONSyntaxError(reason: "more than \(RunPositions.most) runs in one source")
            }
            try emit(into: &buffer)
        } catch {
            buffer.reject(line: line, text: text.excerpt, reason: error.reason)
        }
    }
}

// MARK: - From bytes to leaves

extension JSONRecords {
    private mutating func parse(_ line: Span<UInt8>) throws(JSONSyntaxError) {
        path.removeAll(keepingCapacity: true)
        frames.removeAll(keepingCapacity: true)
        leaves.removeAll(keepingCapacity: true)
        reports.removeAll(keepingCapacity: true)
        (ordinal, split, phase, run, time) = (0, nil, nil, nil, .nan)
        metricName = surroundings.metricName

        var scanner = JSONScanner()
        var token = try scanner.next(line)
        guard token == .beginObject else {
            throw JSONSyntaxError(reason: "no JSON object: a record has to be one object in braces")
        }
        while token != .end {
            if lines.isCounting { leafLine = lines.line(at: scanner.position, line) }
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
        if let mean {
            leafLine = mean.line
            try take(number: mean.value)
        }
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
        default: leaves.append(Leaf(field: field, value: value, line: leafLine))
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
            leaves.append(Leaf(field: field, value: value, line: leafLine))
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
        if hasNumbers, !fields[field].isReported, !fields[field].isConfiguration { reports.append(.list(field: field)) }
    }
}
