extension LogFormat {
    /// Free text: epoch blocks, one-line records, progress bars, Python logging.
    public static let text = LogFormat(
        "text",
        content: "free text with numbers behind names (loss: 0.5, loss=0.5), one-line records or epoch blocks"
    )
}

/// Reads what people and training loops print: blocks under an `Epoch N` heading, one-line records, progress bars,
/// Python logging, Markdown tables, unlabelled lists.
///
/// - A number with a name is a metric if the log has named an epoch or a step before, or the name is that of a loss or
///   a measure; before that it is a fact about the run (`learning_rate: 0.0001`). Sentences give nothing.
/// - The position of a sample is the step its line names, else the step of the last heading that was only a position,
///   else the epoch, else the number of the record. Steps counted inside an epoch are counted on (`StepCounter`).
/// - The bar `n/total` of epoch E stands at step `(epochs before E) · total + n`.
/// - The split comes from the name (`val_loss`), the label of the line (`Validation: loss=…`), the heading above.
public struct FreeTextReader: LineReader {
    /// Text.
    public static let format = LogFormat.text

    /// Where the reader is.
    public var cursor = LineCursor()
    var context = ReadingContext()
    var steps = StepCounter()
    var bar: PendingBar?
    var table: MarkdownTable?
    var held: HeldLine?
    var recordCounts: [MetricKey: Int64] = [:]
    var layouts = LayoutCache()
    var names = NameBook()

    private enum CodingKeys: String, CodingKey {
        case cursor, context, steps, bar, table, held, recordCounts
    }

    /// A reader at the beginning of a source.
    public init() {}

    /// Free text is what remains: sure enough to be taken when nothing better recognises the source, surer where the
    /// beginning gives samples; with a zero byte in it only then.
    public static func recognises(_ head: Span<UInt8>) -> Double {
        let hasZeros = head.firstIndex(of: 0) != nil
        var reader = FreeTextReader()
        var buffer = EventBuffer(keptRejections: 0)
        _ = reader.consume(head, into: &buffer)
        return buffer.count > 0 ? 0.5 : hasZeros ? 0 : 0.1
    }

    /// Reads one line.
    public mutating func read(line: Span<UInt8>, into buffer: inout EventBuffer) {
        if layouts.isEnabled, readKnownLayout(line, into: &buffer) { return }
        if LineCleaner.isNeeded(line) {
            let text = LineCleaner.cleaned(line)
            if layouts.isEnabled, readKnownLayout(text.span, into: &buffer) { return }
            read(text, into: &buffer)
        } else {
            var text: [UInt8] = []
            text.reserveCapacity(line.count)
            for index in 0..<line.count { text.append(line[index]) }
            read(text, into: &buffer)
        }
    }

    /// Gives out a line and a bar that were held back.
    public mutating func finishLines(into buffer: inout EventBuffer) {
        releaseHeldLine(into: &buffer)
        giveBar(into: &buffer)
    }

    /// Reads a clean line: its bars first, then what stands behind them as a line of its own.
    private mutating func read(_ clean: [UInt8], into buffer: inout EventBuffer) {
        var line = TextLine(bytes: clean, number: cursor.lineNumber)
        while let found = ProgressBar.find(line.bytes, in: line.content) {
            read(found, of: line, into: &buffer)
            line = TextLine(bytes: Array(line.bytes[found.end...]), number: line.number)
            if line.isBlank { return }
            if layouts.isEnabled, readKnownLayout(line.bytes.span, into: &buffer) { return }
        }
        if holdOrReadTable(line, into: &buffer) { return }
        read(line, into: &buffer)
    }

    /// Reads a line that is neither bar nor table.
    mutating func read(_ line: TextLine, into buffer: inout EventBuffer) {
        guard !line.isBlank else { return }
        if readList(line, into: &buffer) || readDictionary(line, into: &buffer) { return }
        var scanner = RecordScanner(line.bytes, in: line.content)
        interpret(scanner.scan(), of: line, into: &buffer)
    }
}

/// A line, or the part of one behind a bar, without its logging prefix.
struct TextLine {
    let bytes: [UInt8]
    let number: Int
    /// What the logging framework wrote in front.
    let prefix: LogPrefix
    /// The message, without blanks at its ends.
    let content: Range<Int>
    /// Blanks in front of the message.
    let indent: Int

    init(bytes: [UInt8], number: Int) {
        self.bytes = bytes
        self.number = number
        prefix = LogPrefix.parse(bytes.span)
        let trimmed = bytes.span.trimmed(prefix.end..<bytes.count)
        content = Self.withoutPlace(bytes, trimmed)
        indent = trimmed.lowerBound - prefix.end
    }

    var isBlank: Bool { content.isEmpty }

    /// Whether the message is a list item.
    var isBulleted: Bool {
        content.count > 2 && [0x2D, 0x2A, 0x2B].contains(bytes[content.lowerBound])
            && bytes[content.lowerBound + 1].isBlank
    }

    /// Seconds since 1970 UTC, NaN when the line has no date.
    var seconds: Double { prefix.seconds }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// Without `decorators.py:220` at the right edge, which rich consoles print.
    private static func withoutPlace(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
        var end = range.upperBound
        while end > range.lowerBound, bytes[end - 1].isDigit { end -= 1 }
        guard end < range.upperBound, end - range.lowerBound > 4, bytes.span.holds(".py:", at: end - 4) else {
            return range
        }
        while end > range.lowerBound, !bytes[end - 1].isBlank { end -= 1 }
        return bytes.span.trimmed(range.lowerBound..<end)
    }
}
