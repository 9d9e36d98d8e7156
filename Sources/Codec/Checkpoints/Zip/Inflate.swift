/// Decompression of DEFLATE data (RFC 1951), for archives that `numpy.savez_compressed` and zip tools write.
struct Inflate {
    /// What is wrong with the data.
    enum Problem: Error {
        case truncated
        case invalid(String)
        case longerThanStated
    }

    private let input: ByteRegion
    private var position = 0
    private var bits: UInt64 = 0
    private var bitCount = 0
    private var output: [UInt8]
    private let expectedCount: Int

    /// Decompresses `input`, which must give exactly `count` bytes. The memory used grows with what is really there.
    static func decompress(_ input: ByteRegion, count: Int) throws(Problem) -> [UInt8] {
        // No encoding is shorter than 1 bit per 129 bytes, so a stated length beyond that is a lie.
        guard count / 1032 <= input.count else { throw .truncated }
        var inflate = Inflate(input: input, expectedCount: count)
        try inflate.run()
        guard inflate.output.count == count else { throw .truncated }
        return inflate.output
    }

    private init(input: ByteRegion, expectedCount: Int) {
        self.input = input
        self.expectedCount = expectedCount
        output = []
        output.reserveCapacity(min(expectedCount, input.count * 4))
    }

    private mutating func run() throws(Problem) {
        var isLast = false
        while !isLast {
            isLast = try take(1) == 1
            switch try take(2) {
            case 0: try copyStored()
            case 1: try expand(literals: Self.fixedLiterals, distances: Self.fixedDistances)
            case 2:
                let (literals, distances) = try readTables()
                try expand(literals: literals, distances: distances)
            default: throw .invalid("unknown block type")
            }
        }
    }

    // MARK: Bits

    private mutating func fill() {
        while bitCount <= 56, let byte = input.byte(at: position) {
            bits |= UInt64(byte) << UInt64(bitCount)
            bitCount += 8
            position += 1
        }
    }

    private mutating func take(_ count: Int) throws(Problem) -> Int {
        if bitCount < count { fill() }
        guard bitCount >= count else { throw .truncated }
        let value = Int(bits & (1 << UInt64(count) - 1))
        bits >>= UInt64(count)
        bitCount -= count
        return value
    }

    private mutating func symbol(_ table: HuffmanTable) throws(Problem) -> Int {
        if bitCount < 15 { fill() }
        guard let (symbol, length) = table.symbol(beginning: bits) else { throw .invalid("unknown code") }
        guard length <= bitCount else { throw .truncated }
        bits >>= UInt64(length)
        bitCount -= length
        return symbol
    }

    // MARK: Blocks

    private mutating func copyStored() throws(Problem) {
        position -= bitCount / 8
        bits = 0
        bitCount = 0
        guard let length = input.integer(at: position, as: UInt16.self),
            let inverted = input.integer(at: position + 2, as: UInt16.self)
        else { throw .truncated }
        guard length == ~inverted else { throw .invalid("wrong length of a stored block") }
        guard let stored = input.bytes(at: position + 4, count: Int(length)) else { throw .truncated }
        guard output.count + stored.count <= expectedCount else { throw .longerThanStated }
        output += stored
        position += 4 + Int(length)
    }

    private mutating func expand(literals: HuffmanTable, distances: HuffmanTable) throws(Problem) {
        while true {
            let literal = try symbol(literals)
            if literal < 256 {
                guard output.count < expectedCount else { throw .longerThanStated }
                output.append(UInt8(literal))
                continue
            }
            if literal == 256 { return }
            guard literal - 257 < Self.lengthBases.count else { throw .invalid("unknown length") }
            let length = Self.lengthBases[literal - 257] + (try take(Self.lengthBits[literal - 257]))
            let code = try symbol(distances)
            guard code < Self.distanceBases.count else { throw .invalid("unknown distance") }
            let distance = Self.distanceBases[code] + (try take(Self.distanceBits[code]))
            guard distance <= output.count else { throw .invalid("distance before the beginning") }
            guard output.count + length <= expectedCount else { throw .longerThanStated }
            for _ in 0..<length { output.append(output[output.count - distance]) }
        }
    }

    private mutating func readTables() throws(Problem) -> (HuffmanTable, HuffmanTable) {
        let literalCount = try take(5) + 257
        let distanceCount = try take(5) + 1
        let codeCount = try take(4) + 4
        var codeLengths = [UInt8](repeating: 0, count: 19)
        for i in 0..<codeCount { codeLengths[Self.codeOrder[i]] = UInt8(try take(3)) }
        let codes = try HuffmanTable(lengths: codeLengths)
        var lengths: [UInt8] = []
        while lengths.count < literalCount + distanceCount {
            let code = try symbol(codes)
            switch code {
            case 16:
                guard let last = lengths.last else { throw .invalid("nothing to repeat") }
                lengths += [UInt8](repeating: last, count: 3 + (try take(2)))
            case 17: lengths += [UInt8](repeating: 0, count: 3 + (try take(3)))
            case 18: lengths += [UInt8](repeating: 0, count: 11 + (try take(7)))
            default: lengths.append(UInt8(code))
            }
        }
        guard lengths.count == literalCount + distanceCount else { throw .invalid("too many code lengths") }
        return (
            try HuffmanTable(lengths: Array(lengths[..<literalCount])),
            try HuffmanTable(lengths: Array(lengths[literalCount...]))
        )
    }

    // MARK: Constants of RFC 1951, section 3.2

    private static let codeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    private static let lengthBits = [Int]([
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ])
    private static let lengthBases: [Int] = {
        var bases: [Int] = []
        var next = 3
        for bits in lengthBits.dropLast() {
            bases.append(next)
            next += 1 << bits
        }
        return bases + [258]
    }()
    private static let distanceBits: [Int] = (0..<30).map { max(0, $0 / 2 - 1) }
    private static let distanceBases: [Int] = {
        var bases: [Int] = []
        var next = 1
        for bits in distanceBits {
            bases.append(next)
            next += 1 << bits
        }
        return bases
    }()
    private static let fixedLiterals = HuffmanTable(
        validLengths: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
    )
    private static let fixedDistances = HuffmanTable(validLengths: [UInt8](repeating: 5, count: 30))
}
