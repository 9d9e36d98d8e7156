/// Turns a line of terminal output into the text a person saw, in plain ASCII where that loses nothing.
///
/// Escape sequences go; of what a carriage return separates the last that is not blank stays; bold Markdown goes;
/// arrows, box lines and bars become `|` or blanks, emoji blanks, typographic dashes and quotes plain ones, `←` a
/// comment mark. Letters of any script stay as they are.
enum LineCleaner {
    /// Stands for `←`: what follows is a person's remark.
    static let comment: UInt8 = 0x03

    /// Whether `cleaned` would change anything.
    static func isNeeded(_ line: Span<UInt8>) -> Bool {
        for index in 0..<line.count {
            let byte = line[index]
            if byte >= 0x80 || byte == 0x60 || byte == 0x7F { return true }
            if byte < 0x20, byte != 0x09 { return true }
            if byte == 0x2A, index + 1 < line.count, line[index + 1] == 0x2A { return true }
        }
        return false
    }

    /// The line as a person saw it.
    static func cleaned(_ line: Span<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(line.count)
        var segment = 0
        var index = 0
        while index < line.count {
            let byte = line[index]
            switch byte {
            case 0x1B: index = endOfEscape(line, at: index)
            case 0x0D, 0x08:
                startSegment(&text, &segment)
                index += 1
            case 0x2A where index + 1 < line.count && line[index + 1] == 0x2A: index += 2
            case 0x60: index += 1
            case 0x09, 0x20..<0x7F:
                text.append(byte)
                index += 1
            case 0x80...:
                let (scalar, end) = Self.scalar(line, at: index)
                if let replacement = replacement(of: scalar) {
                    replacement.withUTF8Buffer { text.append(contentsOf: $0) }
                } else {
                    for offset in index..<end { text.append(line[offset]) }
                }
                index = end
            default: index += 1
            }
        }
        startSegment(&text, &segment)
        return text
    }

    /// Keeps what was written last, unless it was only blanks.
    private static func startSegment(_ text: inout [UInt8], _ segment: inout Int) {
        if text[segment...].allSatisfy(\.isBlank) {
            text.removeSubrange(segment...)
        } else {
            text.removeSubrange(..<segment)
            segment = text.count
        }
    }

    /// End of a CSI (`ESC [ … letter`), OSC (`ESC ] … BEL`) or two-byte sequence.
    private static func endOfEscape(_ line: Span<UInt8>, at start: Int) -> Int {
        var index = start + 1
        guard index < line.count else { return index }
        let kind = line[index]
        index += 1
        if kind == 0x5B {
            while index < line.count, !(0x40...0x7E ~= line[index]) {
                if line[index] < 0x20 || line[index] > 0x7E { return index }
                index += 1
            }
            return min(index + 1, line.count)
        }
        guard kind == 0x5D else { return index }
        while index < line.count {
            if line[index] == 0x07 { return index + 1 }
            if line[index] == 0x1B { return min(index + 2, line.count) }
            index += 1
        }
        return index
    }

    /// The scalar at a byte from 0x80 on; a byte that is not UTF-8 counts as U+FFFD of length one.
    private static func scalar(_ line: Span<UInt8>, at start: Int) -> (value: UInt32, end: Int) {
        let lead = line[start]
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1
        guard length > 1, start + length <= line.count else { return (0xFFFD, start + 1) }
        var value = UInt32(lead) & (0x7F >> UInt32(length))
        for index in start + 1..<start + length {
            guard line[index] & 0xC0 == 0x80 else { return (0xFFFD, start + 1) }
            value = value << 6 | UInt32(line[index] & 0x3F)
        }
        return (value, start + length)
    }

    private static func replacement(of scalar: UInt32) -> StaticString? {
        switch scalar {
        case 0xB1: "+/-"
        case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000, 0x2026: " "
        case 0xAD, 0x200B...0x200F, 0x2060, 0xFE00...0xFE0F, 0xFEFF, 0x20E3: ""
        case 0x2010...0x2015, 0x2022, 0x2212, 0x251C, 0x2514, 0x2570: "-"
        case 0x2018, 0x2019: "'"
        case 0x201C, 0x201D: "\""
        case 0x2190: "\u{3}"
        case 0x2192, 0x21D2, 0x27F6, 0x2502, 0x2503, 0x2551: "|"
        case 0x2248, 0x223C: "~"
        case 0x221E: "inf"
        case 0xFF0C: ","
        case 0xFF1A: ":"
        case 0xFF1D: "="
        case 0x2191...0x21FF, 0x2300...0x23FF, 0x2500...0x28FF, 0x2B00...0x2BFF, 0x1F000...0x1FAFF: " "
        default: nil
        }
    }
}
