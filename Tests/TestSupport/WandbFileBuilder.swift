import TrainingMetrics

/// Writes run files of Weights & Biases, with values of our own.
public struct WandbFileBuilder {
    private typealias Build = EventFileBuilder
    private static let block = 32_768

    /// The head of the file and the records so far, each with its framing.
    public private(set) var records: [[UInt8]] = [Array(":W&B".utf8) + [0xE1, 0xBE, 0]]
    private var length = 7

    /// A file with its head.
    public init() {}

    /// The whole file.
    public var bytes: [UInt8] { records.flatMap { $0 } }

    /// Adds a step of the history: names and JSON texts; a `.` in a name separates the parts of a nested one.
    public mutating func history(_ step: Int, _ items: [(name: String, json: String)]) {
        let all = items + [("_step", "\(step)"), ("_timestamp", "\(1_700_000_000 + step)")]
        let history = all.flatMap { item -> [UInt8] in
            let parts = item.name.split(separator: ".").flatMap { Build.bytes(2, Array($0.utf8)) }
            return Build.bytes(1, parts + Build.bytes(16, Array(item.json.utf8)))
        }
        append(record: Build.bytes(2, history))
    }

    /// Adds the record that describes the run.
    public mutating func run(name: String, configuration: [(key: String, json: String)]) {
        let items = configuration.flatMap { item in
            Build.bytes(1, Build.bytes(1, Array(item.key.utf8)) + Build.bytes(16, Array(item.json.utf8)))
        }
        append(record: Build.bytes(17, Build.bytes(8, Array(name.utf8)) + Build.bytes(4, items)))
    }

    /// Adds any record, in as many fragments as the blocks need.
    public mutating func append(record: [UInt8]) {
        var framed: [UInt8] = []
        var rest = record[...]
        var isFirst = true
        repeat {
            var left = Self.block - (length + framed.count) % Self.block
            if left < 7 {
                framed += [UInt8](repeating: 0, count: left)
                left = Self.block
            }
            let piece = rest.prefix(left - 7)
            rest = rest.dropFirst(piece.count)
            let type: UInt8 = rest.isEmpty ? (isFirst ? 1 : 4) : (isFirst ? 2 : 3)
            let checked = [type] + piece
            framed += Build.littleEndian(UInt64(CRC32.checksum(checked.span)), 4)
            framed += Build.littleEndian(UInt64(piece.count), 2) + checked
            isFirst = false
        } while !rest.isEmpty
        length += framed.count
        records.append(framed)
    }
}
