extension JSONDocumentReader {
    /// Most objects and lists inside each other.
    private static let deepest = 32

    /// Reads the piece that begins at a byte that is no blank: a bracket, a key, a value, a record.
    /// - Returns: the position behind it; `nil` when it is not there to its end.
    mutating func readPiece(
        _ bytes: Span<UInt8>,
        at position: Int,
        isLast: Bool,
        into buffer: inout EventBuffer
    ) throws(JSONSyntaxError) -> Int? {
        let byte = bytes[position]
        guard let level = levels.last else {
            guard phase == .beginning else { throw JSONSyntaxError(reason: "something follows its end") }
            guard byte == 0x7B || byte == 0x5B else { throw JSONSyntaxError(reason: "it is no object and no list") }
            phase = .inside
            levels.append(Level(isObject: byte == 0x7B, name: "", isConfiguration: false))
            return position + 1
        }
        if byte == 0x5D || byte == 0x7D {
            guard level.isObject == (byte == 0x7D) else {
                throw JSONSyntaxError(reason: "a bracket is closed by the wrong one")
            }
            close(into: &buffer)
            return position + 1
        }
        if level.isObject, level.key == nil { return try readKey(bytes, at: position) }
        switch byte {
        case 0x7B:
            guard let surroundings = surroundings(of: level) else {
                try open(isObject: true, below: level)
                return position + 1
            }
            guard let end = JSONExtent.end(of: bytes, from: position) else { return nil }
            guard end - position <= Self.longestRecord else {
                throw JSONSyntaxError(reason: "a record is longer than 1 MiB")
            }
            records.read(bytes.extracting(position..<end), line: line, in: surroundings, into: &buffer)
            endValue()
            return end
        case 0x5B:
            try open(isObject: false, below: level)
            return position + 1
        case 0x22:
            guard let end = JSONExtent.endOfString(bytes, from: position) else { return nil }
            take(text: position + 1..<end - 1, of: bytes, into: &buffer)
            return end
        default:
            var end = position
            while end < bytes.count, Self.isPartOfWord(bytes[end]) { end += 1 }
            guard end > position else { throw JSONSyntaxError(reason: "a value is missing") }
            guard end < bytes.count || isLast else { return nil }
            try take(word: position..<end, of: bytes, into: &buffer)
            return end
        }
    }

    private static func isPartOfWord(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte == 0x2B || byte == 0x2D || byte == 0x2E
    }

    // MARK: Brackets and keys

    private mutating func readKey(_ bytes: Span<UInt8>, at position: Int) throws(JSONSyntaxError) -> Int? {
        guard bytes[position] == 0x22 else { throw JSONSyntaxError(reason: "a name in double quotes is missing") }
        guard let end = JSONExtent.endOfString(bytes, from: position) else { return nil }
        var colon = end
        while colon < bytes.count, bytes[colon].isBlank || bytes[colon] == 0x0A || bytes[colon] == 0x0D { colon += 1 }
        guard colon < bytes.count else { return nil }
        guard bytes[colon] == 0x3A else { throw JSONSyntaxError(reason: "a colon is missing") }
        let name = JSONScanner.text(bytes, position + 1..<end - 1, isEscaped: true)
        levels[levels.count - 1].key = String(name.prefix(300))
        return colon + 1
    }

    private mutating func open(isObject: Bool, below level: Level) throws(JSONSyntaxError) {
        guard levels.count < Self.deepest else {
            throw JSONSyntaxError(reason: "nested more than \(Self.deepest) deep")
        }
        let name = level.key ?? ""
        let isConfiguration = level.isConfiguration || JSONFields.isConfiguration(name)
        endValue()
        levels.append(Level(isObject: isObject, name: name, isConfiguration: isConfiguration))
    }

    private mutating func close(into buffer: inout EventBuffer) {
        let group = levels.count - 1
        if levels[group].isObject { columns.give(group: group, line: line, into: &buffer) }
        levels.removeLast()
        if levels.isEmpty { phase = .ended }
    }

    /// The value of a key has been read.
    private mutating func endValue() { levels[levels.count - 1].key = nil }

    /// What is said about a record at this place; `nil` where an object is no record.
    private func surroundings(of level: Level) -> JSONRecords.Surroundings? {
        guard !level.isConfiguration else { return nil }
        let names = levels.map(\.name).filter { !$0.isEmpty }
        guard level.isObject else { return JSONNames.surroundings(names) }
        guard let place = JSONNames.place(level.key ?? "", in: names.last ?? "") else { return nil }
        var surroundings = JSONNames.surroundings(names)
        surroundings.place = place
        return surroundings
    }

    // MARK: Values

    private mutating func take(text range: Range<Int>, of bytes: Span<UInt8>, into buffer: inout EventBuffer) {
        switch CellValue.read(bytes, in: range) {
        case .number(let value, let unit) where unit.isEmpty && !isFact: add(value, into: &buffer)
        case .missing where !isFact: add(nil, into: &buffer)
        default:
            guard isFact else {
                add(nil, into: &buffer)
                return
            }
            addFact(JSONScanner.text(bytes, range, isEscaped: true), into: &buffer)
        }
    }

    private mutating func take(
        word range: Range<Int>,
        of bytes: Span<UInt8>,
        into buffer: inout EventBuffer
    ) throws(JSONSyntaxError) {
        if let (value, end) = NumberParser.number(in: bytes, from: range.lowerBound), end == range.upperBound {
            if isFact { addFact(bytes.text(range), into: &buffer) } else { add(value, into: &buffer) }
            return
        }
        if bytes.spells("null", in: range) || bytes.spells("none", in: range) {
            if isFact { endValue() } else { add(nil, into: &buffer) }
        } else if bytes.spells("true", in: range) || bytes.spells("false", in: range) {
            if isFact { addFact(bytes.text(range).lowercased(), into: &buffer) } else { add(nil, into: &buffer) }
        } else {
            throw JSONSyntaxError(reason: "a value is missing")
        }
    }

    /// Whether a value here is a fact: one of an object whose key is no number.
    private var isFact: Bool {
        guard let level = levels.last, level.isObject else { return false }
        return level.isConfiguration || level.name.isEmpty || level.key.flatMap { Int32($0) } == nil
    }

    private mutating func addFact(_ text: String, into buffer: inout EventBuffer) {
        let names = levels.compactMap { $0.name.isEmpty ? nil : $0.name } + [levels[levels.count - 1].key ?? ""]
        endValue()
        factCount += 1
        guard factCount <= Self.mostFacts, !text.isEmpty else { return }
        buffer.append(LoggedFact(key: names.joined(separator: "/"), value: String(text.prefix(200)), line: line))
    }

    /// Adds a number, or a place without one, to the column of the innermost list.
    private mutating func add(_ value: Double?, into buffer: inout EventBuffer) {
        let innermost = levels.count - 1
        defer { endValue() }
        guard !levels[innermost].isConfiguration else { return }
        // A list belongs to the object it stands in, an object of numbered keys likewise.
        guard innermost > 0, levels[innermost - 1].isObject, !levels[innermost].name.isEmpty else {
            if !hasNestedList, value != nil {
                hasNestedList = true
                let reason = "numbers in a list without a name are not read (said once)"
                buffer.reject(line: line, text: levels.map(\.name).joined(separator: "/"), reason: reason)
            }
            return
        }
        if levels[innermost].column == nil {
            let names = levels.map(\.name).filter { !$0.isEmpty }
            levels[innermost].column = columns.open(names, group: innermost - 1)
        }
        columns.add(value, to: levels[innermost].column, line: line, into: &buffer)
    }
}
