/// Reads the messages of a W&B run file (wandb/proto/wandb_internal.proto), by the numbers of their fields: `Record` with
/// `history` (2), `config` (5) and `run` (17).
///
/// A record of the history becomes one JSON object of flat names, as `wandb export` would write it, and is read like a line
/// of JSON Lines: `_step` and `_timestamp` are its place and time. The configuration becomes facts below `config`.
struct WandbRecords: Codable {
    private var lines = JSONLinesReader()
    private(set) var runName: String?
    private var passedOver = 0

    // Scratch of one record.
    private var json: [UInt8] = []

    private enum CodingKeys: String, CodingKey { case lines, runName, passedOver }

    /// Reads a record; nothing is used of one that is refused.
    /// - Returns: why it is refused, `nil` when it is not.
    mutating func read(
        _ bytes: Span<UInt8>,
        _ range: Range<Int>,
        record: Int,
        into buffer: inout EventBuffer
    ) -> String? {
        lines.cursor.lineNumber = record
        guard let fields = ProtobufFields.all(bytes, range) else {
            return "it is no record: a field is cut off or of no known kind"
        }
        var isWhole = true
        for field in fields where field.wire == .bytes {
            switch field.number {
            case 2: isWhole = readHistory(bytes, field.range, into: &buffer) && isWhole
            case 5: isWhole = readConfiguration(bytes, field.range, into: &buffer) && isWhole
            case 17: isWhole = readRun(bytes, field.range, into: &buffer) && isWhole
            default: break
            }
        }
        return isWhole ? nil : "its contents are cut off or no message"
    }

    /// Gives out what was passed over, if anything was.
    func report(record: Int, into buffer: inout EventBuffer) {
        guard passedOver > 0 else { return }
        buffer.append(
            LoggedFact(key: LoggedFact.passedOverKey, value: "\(passedOver) values", line: max(1, record))
        )
    }

    private mutating func readHistory(
        _ bytes: Span<UInt8>,
        _ range: Range<Int>,
        into buffer: inout EventBuffer
    ) -> Bool {
        guard let fields = ProtobufFields.all(bytes, range) else { return false }
        json.removeAll(keepingCapacity: true)
        json.append(0x7B)
        var hasStep = false
        var step: Int64?
        var skipped = 0
        for field in fields where field.wire == .bytes {
            if field.number == 1 {
                guard let item = WandbItem(bytes, field.range) else { return false }
                guard item.isScalar(bytes) else {
                    skipped += 1
                    continue
                }
                if item.isNamed("_step", bytes) { hasStep = true }
                append(item, bytes, isFirst: json.count == 1)
            } else if field.number == 2 {
                guard let parts = ProtobufFields.all(bytes, field.range) else { return false }
                step = parts.last { $0.number == 1 && $0.wire == .varint }?.integer ?? 0
            }
        }
        if !hasStep, let step { json += Array("\(json.count > 1 ? "," : "")\"_step\":\(step)".utf8) }
        json.append(0x7D)
        passedOver += skipped
        readLine(into: &buffer)
        return true
    }

    private mutating func readConfiguration(
        _ bytes: Span<UInt8>,
        _ range: Range<Int>,
        into buffer: inout EventBuffer
    ) -> Bool {
        guard let fields = ProtobufFields.all(bytes, range) else { return false }
        json = Array("{\"config\":{".utf8)
        let opening = json.count
        for field in fields where field.number == 1 && field.wire == .bytes {
            guard let item = WandbItem(bytes, field.range) else { return false }
            if !item.isNamed("_wandb", bytes) { append(item, bytes, isFirst: json.count == opening) }
        }
        if json.count > opening {
            json += [0x7D, 0x7D]
            readLine(into: &buffer)
        }
        return true
    }

    private mutating func readRun(
        _ bytes: Span<UInt8>,
        _ range: Range<Int>,
        into buffer: inout EventBuffer
    ) -> Bool {
        guard let fields = ProtobufFields.all(bytes, range) else { return false }
        for field in fields where field.wire == .bytes {
            if field.number == 8 { runName = bytes.text(field.range.prefix(200)) }
            if field.number == 4, !readConfiguration(bytes, field.range, into: &buffer) { return false }
        }
        return true
    }

    /// Reads the record as a line. The bytes are taken out of `self` meanwhile.
    private mutating func readLine(into buffer: inout EventBuffer) {
        var line: [UInt8] = []
        swap(&line, &json)
        lines.read(line: line.span, into: &buffer)
        swap(&line, &json)
    }

    private mutating func append(_ item: WandbItem, _ bytes: Span<UInt8>, isFirst: Bool) {
        if !isFirst { json.append(0x2C) }
        item.write(bytes, to: &json)
    }
}
