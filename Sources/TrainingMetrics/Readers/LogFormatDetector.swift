/// Picks the reader for a source by how it begins.
public enum LogFormatDetector {
    /// How many bytes of a source are looked at.
    public static let headLength = 65_536

    /// The surest reader, or that of the given format.
    /// - Parameters:
    ///   - head: the beginning of the source, `headLength` bytes at most; may end inside a line.
    ///   - override: the format the user chose; what is no text is refused all the same, unless it is a format that is no text.
    /// - Returns: a reader at the beginning of the source.
    /// - Throws: `LogFormatError` when the source is empty, is no UTF-8 text, or when no reader knows it.
    public static func reader(
        for head: Span<UInt8>,
        override: LogFormat? = nil
    ) throws(LogFormatError) -> any LogReader {
        if let override, let reader = ReaderRegistry.reader(of: override), reader.isBinary { return reader.init() }
        if let binary = surest(ReaderRegistry.readers.filter { $0.isBinary }, for: head) {
            guard override == nil else { throw .otherFormat(binary.format) }
            return binary.init()
        }
        if let error = obstacle(in: head) { throw error }
        if let override {
            guard let reader = ReaderRegistry.reader(of: override) else { throw .noReader(override) }
            return reader.init()
        }
        let text = head.holds("\u{FEFF}", at: 0) ? head.extracting(3..<head.count) : head
        let readers = ReaderRegistry.readers.filter { !$0.isBinary }
        guard let best = surest(readers, for: text) else { throw .unrecognised(tried: readers.map { $0.format }) }
        return best.init()
    }

    /// The surest of these readers, the first of equals; `nil` when none knows the beginning.
    private static func surest(_ readers: [any LogReader.Type], for head: Span<UInt8>) -> (any LogReader.Type)? {
        var best: (reader: any LogReader.Type, confidence: Double)?
        for reader in readers {
            let confidence = reader.recognises(head)
            if confidence > best?.confidence ?? 0 { best = (reader, confidence) }
        }
        return best?.reader
    }

    /// What keeps the source from being read as text.
    private static func obstacle(in head: Span<UInt8>) -> LogFormatError? {
        if let program = compression(of: head) { return .compressed(program) }
        if head.holds("SQLite format 3\0", at: 0) { return .otherDatabase }
        if head.count >= 2, (head[0] == 0xFF && head[1] == 0xFE) || (head[0] == 0xFE && head[1] == 0xFF) {
            return .wideText
        }
        var isBlank = true
        var controls = 0
        var zeros = (even: 0, odd: 0)
        for index in 0..<head.count {
            let byte = head[index]
            if byte == 0 {
                if index & 1 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
            } else if byte < 0x20, !(8...13).contains(byte), byte != 0x1B {
                controls += 1
            }
            if byte > 0x20 || byte == 0 { isBlank = false }
        }
        if zeros.even + zeros.odd > 0 {
            let isWide = min(zeros.even, zeros.odd) == 0 && (zeros.even + zeros.odd) * 5 > head.count * 2
            if isWide { return .wideText }
            // A crash or a log cut off under its writer leaves a stretch of zeros in front or behind; a stray one is no binary file.
            let text = withoutOuterZeros(head)
            var inner = 0
            for index in text where head[index] == 0 { inner += 1 }
            if inner * 100 > text.count || controls * 100 > text.count || text.isEmpty { return .binary }
        }
        if controls * 10 > head.count * 3 { return .binary }
        return isBlank ? .empty : nil
    }

    private static func withoutOuterZeros(_ head: Span<UInt8>) -> Range<Int> {
        var bounds = (lower: 0, upper: head.count)
        while bounds.lower < bounds.upper, head[bounds.lower] == 0 { bounds.lower += 1 }
        while bounds.upper > bounds.lower, head[bounds.upper - 1] == 0 { bounds.upper -= 1 }
        return bounds.lower..<bounds.upper
    }

    private static func compression(of head: Span<UInt8>) -> String? {
        let signatures: [(bytes: [UInt8], program: String)] = [
            ([0x1F, 0x8B], "gzip"), ([0x50, 0x4B, 0x03, 0x04], "zip"), ([0x28, 0xB5, 0x2F, 0xFD], "zstd"),
            ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz"), ([0x42, 0x5A, 0x68, 0x39], "bzip2"),
        ]
        return signatures.first { signature in
            signature.bytes.indices.allSatisfy { $0 < head.count && head[$0] == signature.bytes[$0] }
        }?.program
    }
}
