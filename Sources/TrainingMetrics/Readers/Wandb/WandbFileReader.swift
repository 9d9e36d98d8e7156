extension LogFormat {
    /// Run file of Weights & Biases.
    public static let wandb = LogFormat("wandb", content: "a run file of Weights & Biases", recordName: "record")
}

/// Reads run files of Weights & Biases (`run-ID.wandb`), which an offline run leaves.
///
/// The file is a head of 7 bytes (`:W&B`, 0xBEE1, version) and a LevelDB log: blocks of 32 KiB with fragments {CRC-32 of
/// type and data, length in 2 bytes, type in 1, data}; a record is one fragment or several (github.com/google/leveldb
/// doc/log_format.md; W&B takes the plain CRC-32). Records are `Record` messages (wandb/proto/wandb_internal.proto). A
/// record counts as a line. Damage costs the records it hits: the next good fragment is looked for.
public struct WandbFileReader: LogReader {
    /// Run file of W&B.
    public static let format = LogFormat.wandb
    /// Records are told from text by the head of the file.
    public static let isBinary = true
    /// Longest record that is read, in bytes; memory stays below a few times this.
    public static let longestRecord = 16 << 20

    private static let blockLength = 32_768
    private static let headLength = 7

    /// Number of records met so far, damaged ones included.
    public private(set) var lineNumber = 0
    /// Bytes used so far.
    private var offset = 0
    /// Whether the next good fragment has to be looked for.
    private var isLost = false
    /// Whether fragments without a beginning belong to a record that was given up.
    private var isOrphaned = false
    private var records = WandbRecords()

    /// The name of the run, once the file has given it.
    public var runName: String? { records.runName }

    /// A reader at the beginning of a file.
    public init() {}

    /// Certain when the file begins as run files do.
    public static func recognises(_ head: Span<UInt8>) -> Double {
        guard head.count >= headLength, head.holds(":W&B", at: 0), head[4] == 0xE1, head[5] == 0xBE else { return 0 }
        return 1
    }

    private enum Fragment {
        /// Too few bytes to tell.
        case unfinished
        /// Nothing up to there: the end of a block.
        case padding(end: Int)
        case damaged
        case good(type: UInt8, data: Range<Int>)
    }

    /// Reads the whole records.
    public mutating func consume(_ bytes: Span<UInt8>, into buffer: inout EventBuffer) -> Int {
        var start = 0
        defer { offset += start }
        if offset == 0 {
            guard bytes.count >= Self.headLength else { return 0 }
            start = Self.recognises(bytes) > 0 ? Self.headLength : 0
        }
        var at = start
        var pieces: [Range<Int>] = []
        while true {
            switch fragment(bytes, at) {
            case .unfinished: return start
            case .padding(let end): at = end
            case .damaged:
                if !isLost { damage(at, "the checksum of a fragment is wrong", into: &buffer) }
                pieces = []
                at += 1
            case .good(let type, let data):
                isLost = false
                let isFirst = type == 1 || type == 2
                if isFirst, !pieces.isEmpty {
                    damage(at, "a record has no end", into: &buffer)
                    isLost = false
                    start = at
                }
                if isFirst {
                    pieces = []
                    isOrphaned = false
                } else if pieces.isEmpty, !isOrphaned {
                    damage(at, "a record has no beginning", into: &buffer)
                    isLost = false
                }
                at = data.upperBound
                guard isFirst || !pieces.isEmpty else { break }
                pieces.append(data)
                let length = pieces.reduce(0) { $0 + $1.count }
                if length > Self.longestRecord {
                    damage(at, "a record of more than \(Self.longestRecord) bytes", into: &buffer)
                    isLost = false
                    pieces = []
                } else if type == 1 || type == 4 {
                    read(bytes, pieces, into: &buffer)
                    pieces = []
                }
            }
            if pieces.isEmpty { start = at }
        }
    }

    /// Counts an unfinished last record as pending, and reads good records that stand inside it.
    public mutating func finish(_ rest: Span<UInt8>, into buffer: inout EventBuffer) {
        var start = consume(rest, into: &buffer)
        var isReported = isLost
        while start < rest.count {
            if !isReported, !rest.isZero(from: start) {
                damage(0, "pending: \(rest.count - start) bytes of a record that is not whole yet", into: &buffer)
                isReported = true
            }
            isLost = true
            offset += 1
            start += 1
            start += consume(rest.extracting(start..<rest.count), into: &buffer)
        }
        records.report(record: lineNumber, into: &buffer)
    }

    private func fragment(_ bytes: Span<UInt8>, _ at: Int) -> Fragment {
        let left = Self.blockLength - (offset + at) % Self.blockLength
        guard left >= 7 else { return at + left <= bytes.count ? .padding(end: at + left) : .unfinished }
        guard bytes.count - at >= 7 else { return .unfinished }
        let length = Int(bytes[at + 4]) | Int(bytes[at + 5]) << 8
        let type = bytes[at + 6]
        if type == 0, length == 0, bytes.littleEndian32(at: at) == 0, !isLost {
            return at + left <= bytes.count ? .padding(end: at + left) : .unfinished
        }
        guard (1...4).contains(type), length + 7 <= left else { return .damaged }
        guard bytes.count - at >= length + 7 else { return .unfinished }
        let checksum = CRC32.checksum(bytes.extracting(at + 6..<at + 7 + length))
        guard checksum == bytes.littleEndian32(at: at) else { return .damaged }
        return .good(type: type, data: at + 7..<at + 7 + length)
    }

    private mutating func read(_ bytes: Span<UInt8>, _ pieces: [Range<Int>], into buffer: inout EventBuffer) {
        lineNumber += 1
        var problem: String?
        if pieces.count == 1 {
            problem = records.read(bytes, pieces[0], record: lineNumber, into: &buffer)
        } else {
            var whole: [UInt8] = []
            whole.reserveCapacity(pieces.reduce(0) { $0 + $1.count })
            for piece in pieces { for index in piece { whole.append(bytes[index]) } }
            problem = records.read(whole.span, 0..<whole.count, record: lineNumber, into: &buffer)
        }
        if let problem { buffer.reject(line: lineNumber, text: "record \(lineNumber)", reason: problem) }
    }

    private mutating func damage(_ at: Int, _ reason: String, into buffer: inout EventBuffer) {
        lineNumber += 1
        isLost = true
        isOrphaned = true
        buffer.reject(line: lineNumber, text: "record \(lineNumber) at byte \(offset + at)", reason: reason)
    }
}

extension Span where Element == UInt8 {
    fileprivate func isZero(from start: Int) -> Bool {
        for index in start..<count where self[index] != 0 { return false }
        return true
    }
}
