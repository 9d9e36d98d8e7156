extension LogFormat {
    /// TensorBoard event file: checksummed records.
    public static let tensorboard = LogFormat("tensorboard", content: "a TensorBoard event file", recordName: "record")
}

/// Reads TensorBoard event files (`events.out.tfevents.*`).
///
/// A file is records {length: 8 bytes, masked CRC-32C of the length, data, masked CRC-32C of the data}, all little-endian
/// (tensorflow/core/lib/io/record_writer.cc); the data is an `Event` message (tensorflow/core/util/event.proto). A record
/// counts as a line. A damaged record is rejected, and reading goes on at the next place that begins with a length and its
/// checksum: whatever was damaged, what stands in good records is read. A last record that is not whole yet is rejected
/// only provisionally, as pending.
///
/// A scalar's tag is the metric's name. A text is a fact, hyperparameters (plugin `hparams`) are facts; histograms, images,
/// audio, graphs and tensors of several elements are counted and given as the fact `passed over (not scalar)`.
public struct EventFileReader: LogReader {
    /// TensorBoard event file.
    public static let format = LogFormat.tensorboard
    /// Records are told from text by their checksums.
    public static let isBinary = true
    /// Longest record that is read, in bytes. Longer ones hold pictures or graphs; memory stays below a few times this.
    public static let longestRecord = 16 << 20
    /// Most metrics one file may have.
    public static let mostTags = EventBuffer.mostMetrics

    /// Number of records met so far, damaged ones included.
    public private(set) var lineNumber = 0
    /// Bytes used so far.
    private var offset = 0
    /// Whether the beginning of the next record has to be looked for.
    private var isLost = false
    var events: EventScalars

    /// A reader at the beginning of a file.
    public init() { self.init(series: "") }

    /// A reader at the beginning of a file that holds one series of a group of scalars.
    /// - Parameter series: name of the series, put behind every tag (`loss/train`); empty for none.
    public init(series: String) { events = EventScalars(series: series) }

    /// Certain when the head begins with a good record, sure when one stands anywhere in it, and nearly so when only the
    /// name of the format is left of the first.
    public static func recognises(_ head: Span<UInt8>) -> Double {
        guard head.count >= 12 else { return 0 }
        if isHeader(head, at: 0) {
            let length = head.littleEndian64(at: 0)
            if length > UInt64(longestRecord) || length + 16 > UInt64(head.count) { return 0.8 }
            return isIntact(head, at: 0, length: Int(length)) ? 1 : 0.8
        }
        var at = 1
        while let found = nextHeader(head, from: at) {
            let length = head.littleEndian64(at: found)
            let isWhole = length <= UInt64(longestRecord) && length + 16 <= UInt64(head.count - found)
            if isWhole, isIntact(head, at: found, length: Int(length)) { return 0.9 }
            at = found + 1
        }
        return (12..<min(64, head.count)).contains { head.holds("brain.Event:", at: $0) } ? 0.7 : 0
    }

    /// Reads the whole records.
    public mutating func consume(_ bytes: Span<UInt8>, into buffer: inout EventBuffer) -> Int {
        var at = 0
        defer { offset += at }
        while true {
            if isLost {
                guard let found = Self.nextHeader(bytes, from: at) else {
                    at = max(at, bytes.count - 11)
                    return at
                }
                at = found
                isLost = false
            }
            guard bytes.count - at >= 12 else { return at }
            guard Self.isHeader(bytes, at: at) else {
                damage(at, "the checksum of its length is wrong", into: &buffer)
                at += 1
                continue
            }
            let length = bytes.littleEndian64(at: at)
            guard length <= UInt64(Self.longestRecord) else {
                damage(at, "it claims \(length) bytes; at most \(Self.longestRecord) are read", into: &buffer)
                at += 12
                continue
            }
            let size = Int(length)
            guard bytes.count - at >= size + 16 else { return at }
            guard Self.isIntact(bytes, at: at, length: size) else {
                // The length may belong to a record whose data lost bytes: the next one is looked for inside it, too.
                damage(at, "the checksum of its data is wrong", into: &buffer)
                at += 12
                continue
            }
            lineNumber += 1
            if let problem = events.read(bytes, at + 12..<at + 12 + size, record: lineNumber, into: &buffer) {
                buffer.reject(line: lineNumber, text: place(at), reason: problem)
            }
            at += size + 16
        }
    }

    /// Counts an unfinished last record as pending, reads good records that stand inside it, and sums up what was passed
    /// over.
    public mutating func finish(_ rest: Span<UInt8>, into buffer: inout EventBuffer) {
        var start = consume(rest, into: &buffer)
        while start < rest.count, !isLost {
            damage(0, "pending: \(rest.count - start) bytes of a record that is not whole yet", into: &buffer)
            offset += 1
            start += 1
            start += consume(rest.extracting(start..<rest.count), into: &buffer)
        }
        events.report(record: lineNumber, into: &buffer)
    }

    private mutating func damage(_ at: Int, _ reason: String, into buffer: inout EventBuffer) {
        lineNumber += 1
        isLost = true
        buffer.reject(line: lineNumber, text: place(at), reason: reason)
    }

    private func place(_ at: Int) -> String { "record \(lineNumber) at byte \(offset + at)" }

    /// Whether a length with its checksum stands there.
    @inline(__always)
    private static func isHeader(_ bytes: Span<UInt8>, at start: Int) -> Bool {
        CRC32C.masked(bytes.extracting(start..<start + 8)) == bytes.littleEndian32(at: start + 8)
    }

    private static func isIntact(_ bytes: Span<UInt8>, at start: Int, length: Int) -> Bool {
        let end = start + 12 + length
        return CRC32C.masked(bytes.extracting(start + 12..<end)) == bytes.littleEndian32(at: end)
    }

    /// The next place at or behind `start` where a length of a readable record stands with its checksum.
    private static func nextHeader(_ bytes: Span<UInt8>, from start: Int) -> Int? {
        var at = start
        while at + 12 <= bytes.count {
            // The upper half of a length is zero: where it is not, the search moves behind the byte that shows it.
            if bytes[at &+ 7] != 0 {
                at &+= 4
            } else if bytes[at &+ 6] != 0 {
                at &+= 3
            } else if bytes[at &+ 5] != 0 {
                at &+= 2
            } else if bytes[at &+ 4] != 0 {
                at &+= 1
            } else {
                // No record is empty: a stretch of zeros is passed without a checksum per byte.
                let length = bytes.littleEndian32(at: at)
                if length > 0, length <= UInt32(longestRecord), isHeader(bytes, at: at) { return at }
                at &+= 1
            }
        }
        return nil
    }
}
