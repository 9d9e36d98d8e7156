extension LogFormat {
    /// A JSON document: a list of records, an object that holds one, columns.
    public static let json = LogFormat(
        "json",
        content: "a JSON document with a list of records or columns of numbers",
        isWrittenAnew: true
    )
}

/// Reads JSON documents: a list of objects (`history.json`, any exported table), an object with such a list inside
/// (`trainer_state.json`), an object of lists of numbers (columns), objects under numbered keys.
///
/// - An object in a list is a record and is read as a line of JSON Lines would be; the name of its list gives the split
///   (`val_history`) or stands in front of its metrics, unless it only says that it is a log (`log_history`, `records`).
/// - An object under a key that is a number, or `epoch_3`, is a record of that epoch or step.
/// - Lists of numbers that stand together in an object are columns; of those named as an axis (`step`, `epoch`, `steps`)
///   the best places the others. Lists inside a configuration are not read.
/// - Everything else with a name is a fact, up to a thousand; `null` is nothing.
///
/// Commas are not insisted on, so that a document that is still being written is read up to where it ends. A record is at
/// most 1 MiB; columns are given out where their object ends and hold 2 million numbers at most until then.
public struct JSONDocumentReader: LogReader {
    /// JSON documents.
    public static let format = LogFormat.json
    /// Longest record, key or text that is read: 1 MiB.
    static let longestRecord = 1 << 20
    /// Most facts a document may give.
    static let mostFacts = 1000

    /// How far the document is.
    enum Phase: String, Codable {
        /// Nothing but blanks so far.
        case beginning
        case inside
        /// Its last bracket is closed.
        case ended
        /// What is left is not read; the reason has been given.
        case givenUp
    }

    var phase = Phase.beginning
    var levels: [Level] = []
    var records = JSONRecords()
    var columns = JSONColumns()
    /// Line of the next byte.
    var line = 1
    var factCount = 0
    var hasNestedList = false
    /// Whether the bytes read end inside a line.
    private var isInsideLine = false
    /// Whether the source has ended.
    private var isFinished = false

    /// An open object or list.
    struct Level: Codable {
        let isObject: Bool
        /// The key it stands under, empty in a list.
        let name: String
        /// Whether it stands in a configuration.
        let isConfiguration: Bool
        /// The key of the value that follows.
        var key: String?
        /// The column its numbers belong to.
        var column: Int?
    }

    private enum CodingKeys: String, CodingKey {
        case phase, levels, records, columns, line, factCount, hasNestedList, isInsideLine, isFinished
    }

    /// A reader at the beginning of a source.
    public init() {}

    /// Sure when the beginning is that of a document with numbers of a training in it.
    public static func recognises(_ head: Span<UInt8>) -> Double { JSONRecognition.confidence(head) }

    /// Number of lines read so far.
    public var lineNumber: Int { line - (isFinished && isInsideLine ? 0 : 1) }

    /// Reads the whole records, keys and numbers at the beginning of `bytes`.
    public mutating func consume(_ bytes: Span<UInt8>, into buffer: inout EventBuffer) -> Int {
        let used = read(bytes, isLast: false, into: &buffer)
        if used > 0 { isInsideLine = bytes[used - 1] != 0x0A }
        return used
    }

    /// Reads what is left and gives the columns of objects that are not closed.
    public mutating func finish(_ rest: Span<UInt8>, into buffer: inout EventBuffer) {
        let used = read(rest, isLast: true, into: &buffer)
        if used < rest.count { giveUp("the document ends inside a record or a text", rest, used, into: &buffer) }
        for group in levels.indices.reversed() { columns.give(group: group, line: line, into: &buffer) }
        if rest.count > 0 { isInsideLine = rest[rest.count - 1] != 0x0A }
        isFinished = true
    }

    /// - Returns: how many bytes were used.
    private mutating func read(_ bytes: Span<UInt8>, isLast: Bool, into buffer: inout EventBuffer) -> Int {
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            if byte == 0x0A { line += 1 }
            if byte == 0x0A || byte == 0x0D || byte.isBlank || byte == 0x2C || phase == .givenUp {
                position &+= 1
                continue
            }
            if phase == .beginning, byte == 0xEF {
                if bytes.count - position < 3, !isLast { return position }
                if bytes.holds("\u{FEFF}", at: position) {
                    position += 3
                    continue
                }
            }
            do throws(JSONSyntaxError) {
                guard let next = try readPiece(bytes, at: position, isLast: isLast, into: &buffer) else {
                    guard bytes.count - position <= Self.longestRecord else {
                        throw JSONSyntaxError(reason: "a record or a text is longer than 1 MiB")
                    }
                    return position
                }
                for index in position..<next where bytes[index] == 0x0A { line += 1 }
                position = next
            } catch {
                giveUp(error.reason, bytes, position, into: &buffer)
            }
        }
        return position
    }

    private mutating func giveUp(
        _ reason: String,
        _ bytes: Span<UInt8>,
        _ position: Int,
        into buffer: inout EventBuffer
    ) {
        phase = .givenUp
        buffer.reject(
            line: line,
            text: bytes.extracting(position..<bytes.count).excerpt,
            reason: "no JSON document: \(reason); what follows is not read"
        )
    }
}
