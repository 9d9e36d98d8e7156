/// The table of contents of a zip archive (APPNOTE 6.3.10), with zip64. Entries may be stored or deflated; encrypted and
/// split archives are refused. Sizes come from the central directory, so data descriptors need no reading.
struct ZipArchive {
    /// One file in the archive.
    struct Entry {
        let name: String
        /// Checksum of the uncompressed bytes.
        let checksum: UInt32
        let isDeflated: Bool
        let compressedCount: Int
        let count: Int
        /// Place of the local header.
        let headerOffset: Int
        /// Place of the data.
        let dataOffset: Int
    }

    /// How many times its own length an archive may decompress to (1 MiB is added to the length first).
    private static let largestInflation = 64

    /// In the order of the central directory; names are unique.
    let entries: [Entry]
    private let bytes: ByteRegion
    private let positions: [String: Int]

    /// Whether the file begins like a zip archive.
    static func begins(_ bytes: ByteRegion) -> Bool {
        bytes.matches([0x50, 0x4B, 0x03, 0x04], at: 0) || bytes.matches([0x50, 0x4B, 0x05, 0x06], at: 0)
    }

    /// Reads the central directory and checks every entry's place.
    init(_ bytes: ByteRegion) throws(CheckpointError) {
        self.bytes = bytes
        let directory = try Directory(of: bytes)
        var entries: [Entry] = []
        var positions: [String: Int] = [:]
        var offset = directory.offset
        for _ in 0..<directory.entryCount {
            let entry = try Self.entry(at: &offset, in: bytes, directory: directory)
            guard positions.updateValue(entries.count, forKey: entry.name) == nil else {
                throw Self.broken("two entries are named '\(entry.name)'")
            }
            entries.append(entry)
        }
        var end = 0
        for entry in entries.sorted(by: { $0.headerOffset < $1.headerOffset }) {
            guard entry.headerOffset >= end else { throw Self.broken("entry '\(entry.name)' overlaps another one") }
            end = entry.dataOffset + entry.compressedCount
        }
        let inflated = entries.reduce(0) { $1.isDeflated ? min($0 + $1.count, .max / 2) : $0 }
        guard inflated / Self.largestInflation <= bytes.count + 1 << 20 else {
            throw .tooLarge(reason: "its \(bytes.count) bytes would decompress to \(inflated)")
        }
        self.entries = entries
        self.positions = positions
    }

    /// The entry of that name.
    subscript(name: String) -> Entry? { positions[name].map { entries[$0] } }

    /// The bytes of an entry: a part of the archive when stored, decompressed memory otherwise.
    func contents(of entry: Entry) throws(CheckpointError) -> ByteRegion {
        guard let stored = bytes.slice(at: entry.dataOffset, count: entry.compressedCount) else {
            throw Self.broken("entry '\(entry.name)' ends behind the end of the file")
        }
        guard entry.isDeflated else { return stored }
        do {
            return ByteRegion(copying: try Inflate.decompress(stored, count: entry.count))
        } catch {
            throw Self.broken("entry '\(entry.name)' does not decompress (\(error.reason))")
        }
    }

    /// Compares an entry's checksum. Writers may leave it out (0): PyTorch does when told not to compute it.
    func isIntact(_ entry: Entry) throws(CheckpointError) -> Bool {
        let contents = try contents(of: entry)
        return entry.checksum == 0 || CyclicRedundancyCheck.checksum(contents) == entry.checksum
    }

    static func broken(_ reason: String) -> CheckpointError { .malformed(format: "zip", reason: reason) }
}

extension Inflate.Problem {
    /// For people.
    var reason: String {
        switch self {
        case .truncated: "it is cut short"
        case .longerThanStated: "it is longer than stated"
        case .invalid(let what): what
        }
    }
}

// MARK: - Reading

extension ZipArchive {
    /// Where the central directory is.
    private struct Directory {
        let offset: Int
        let count: Int
        let entryCount: Int

        init(of bytes: ByteRegion) throws(CheckpointError) {
            guard let end = Self.endRecord(in: bytes) else {
                throw broken("its directory is missing; the file is cut short or was not finished")
            }
            let short = bytes.slice(at: end, count: 22)
            guard let short,
                short.integer(at: 4, as: UInt16.self) == 0 || short.integer(at: 4, as: UInt16.self) == 0xFFFF
            else { throw CheckpointError.unsupported(reason: "a zip archive split over several files") }
            var entryCount = Int(short.integer(at: 10, as: UInt16.self) ?? 0)
            var count = Int(short.integer(at: 12, as: UInt32.self) ?? 0)
            var offset = Int(short.integer(at: 16, as: UInt32.self) ?? 0)
            var limit = end
            if entryCount == 0xFFFF || count == 0xFFFF_FFFF || offset == 0xFFFF_FFFF,
                let locator = bytes.slice(at: end - 20, count: 20), locator.matches([0x50, 0x4B, 0x06, 0x07], at: 0)
            {
                guard let place = locator.integer(at: 8, as: UInt64.self).flatMap({ Int(exactly: $0) }),
                    let record = bytes.slice(at: place, count: 56), record.matches([0x50, 0x4B, 0x06, 0x06], at: 0),
                    let entries64 = record.integer(at: 32, as: UInt64.self).flatMap({ Int(exactly: $0) }),
                    let count64 = record.integer(at: 40, as: UInt64.self).flatMap({ Int(exactly: $0) }),
                    let offset64 = record.integer(at: 48, as: UInt64.self).flatMap({ Int(exactly: $0) })
                else { throw broken("the place of its zip64 directory is wrong") }
                (entryCount, count, offset, limit) = (entries64, count64, offset64, place)
            }
            guard offset <= limit, count <= limit - offset else {
                throw broken("its directory should be \(count) bytes at \(offset), which is not in the file")
            }
            guard entryCount <= count / 46 else {
                throw broken("its directory of \(count) bytes can not hold \(entryCount) entries")
            }
            self.offset = offset
            self.count = count
            self.entryCount = entryCount
        }

        /// The end record: the last one whose comment ends with the file.
        private static func endRecord(in bytes: ByteRegion) -> Int? {
            var offset = bytes.count - 22
            let first = max(0, offset - 0xFFFF)
            while offset >= first {
                if bytes.byte(at: offset) == 0x50, bytes.matches([0x50, 0x4B, 0x05, 0x06], at: offset),
                    let comment = bytes.integer(at: offset + 20, as: UInt16.self),
                    offset + 22 + Int(comment) == bytes.count
                {
                    return offset
                }
                offset -= 1
            }
            return nil
        }
    }

    /// Reads the directory's record at `offset` and goes behind it.
    private static func entry(
        at offset: inout Int,
        in bytes: ByteRegion,
        directory: Directory
    ) throws(CheckpointError) -> Entry {
        let end = directory.offset + directory.count
        guard offset + 46 <= end, let record = bytes.slice(at: offset, count: 46),
            record.matches([0x50, 0x4B, 0x01, 0x02], at: 0), let flags = record.integer(at: 8, as: UInt16.self),
            let method = record.integer(at: 10, as: UInt16.self),
            let checksum = record.integer(at: 16, as: UInt32.self),
            let shortCompressed = record.integer(at: 20, as: UInt32.self),
            let shortCount = record.integer(at: 24, as: UInt32.self),
            let nameCount = record.integer(at: 28, as: UInt16.self),
            let extraCount = record.integer(at: 30, as: UInt16.self),
            let commentCount = record.integer(at: 32, as: UInt16.self),
            let shortHeader = record.integer(at: 42, as: UInt32.self)
        else { throw broken("its directory ends early") }
        let next = offset + 46 + Int(nameCount) + Int(extraCount) + Int(commentCount)
        guard next <= end, let name = bytes.repairedText(at: offset + 46, count: Int(nameCount)),
            let extra = bytes.slice(at: offset + 46 + Int(nameCount), count: Int(extraCount))
        else { throw broken("its directory ends early") }
        offset = next

        var count = Int(shortCount)
        var compressed = Int(shortCompressed)
        var header = Int(shortHeader)
        var wide = wideFields(extra)
        if shortCount == .max { count = try takeWide(&wide, name) }
        if shortCompressed == .max { compressed = try takeWide(&wide, name) }
        if shortHeader == .max { header = try takeWide(&wide, name) }

        guard flags & 1 == 0 else { throw .unsupported(reason: "entry '\(name)' is encrypted") }
        guard method == 0 || method == 8 else {
            throw .unsupported(
                reason: "entry '\(name)' is compressed by method \(method); only stored and deflated are read"
            )
        }
        guard method == 8 || count == compressed else {
            throw broken("stored entry '\(name)' has two different sizes, \(count) and \(compressed)")
        }
        guard let local = bytes.slice(at: header, count: 30), local.matches([0x50, 0x4B, 0x03, 0x04], at: 0),
            let localName = local.integer(at: 26, as: UInt16.self),
            let localExtra = local.integer(at: 28, as: UInt16.self)
        else { throw broken("entry '\(name)' is not where the directory says (\(header))") }
        guard localName == nameCount, let stored = bytes.repairedText(at: header + 30, count: Int(localName)),
            stored == name
        else { throw broken("entry '\(name)' has another name in front of its data") }
        let data = header + 30 + Int(localName) + Int(localExtra)
        guard data <= directory.offset, compressed <= directory.offset - data else {
            throw broken("entry '\(name)' needs \(compressed) bytes at \(data), which are not in the file")
        }
        return Entry(
            name: name,
            checksum: checksum,
            isDeflated: method == 8,
            compressedCount: compressed,
            count: count,
            headerOffset: header,
            dataOffset: data
        )
    }

    /// The zip64 extra field (id 1): 64-bit numbers in the order of the fields they replace.
    private static func wideFields(_ extra: ByteRegion) -> ArraySlice<UInt64> {
        var offset = 0
        while let id = extra.integer(at: offset, as: UInt16.self),
            let size = extra.integer(at: offset + 2, as: UInt16.self)
        {
            if id == 1 {
                let numbers = (0..<Int(size) / 8).compactMap { extra.integer(at: offset + 4 + $0 * 8, as: UInt64.self) }
                return numbers[...]
            }
            offset += 4 + Int(size)
        }
        return []
    }

    private static func takeWide(_ wide: inout ArraySlice<UInt64>, _ name: String) throws(CheckpointError) -> Int {
        guard let value = wide.popFirst().flatMap({ Int(exactly: $0) }) else {
            throw broken("entry '\(name)' lacks its zip64 size or place")
        }
        return value
    }
}
