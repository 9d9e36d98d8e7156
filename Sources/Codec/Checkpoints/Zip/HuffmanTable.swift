/// A canonical prefix code of at most 15 bits (RFC 1951, section 3.2.2). Codes of up to 9 bits are looked up, longer ones
/// are counted through, so that a table is cheap to make: hostile data may ask for one every few bytes.
struct HuffmanTable {
    private static let lookupBits = 9
    /// By the next 9 bits: the symbol shifted by 4 and the number of bits, 0 where no short code begins so.
    private var lookup = [UInt16](repeating: 0, count: 1 << lookupBits)
    /// Number of codes of each length, 0…15.
    private var counts = [Int](repeating: 0, count: 16)
    /// Symbols in the order of their codes.
    private var symbols: [UInt16] = []

    /// From the number of bits of each symbol, 0…15; 0 for symbols that do not occur.
    init(lengths: [UInt8]) throws(Inflate.Problem) {
        var room = 1 << 15
        for length in lengths where length > 0 { room -= 1 << (15 - Int(length)) }
        guard room >= 0 else { throw .invalid("more codes than bits allow") }
        self.init(validLengths: lengths)
    }

    /// From lengths known to make a code.
    init(validLengths lengths: [UInt8]) {
        var code = 0
        for length in 1...15 {
            for (symbol, bits) in lengths.enumerated() where Int(bits) == length {
                symbols.append(UInt16(symbol))
                counts[length] += 1
                if length <= Self.lookupBits {
                    enter(UInt16(symbol << 4 | length), code: code, length: length)
                }
                code += 1
            }
            code <<= 1
        }
    }

    private mutating func enter(_ entry: UInt16, code: Int, length: Int) {
        var reversed = 0
        for bit in 0..<length where code >> bit & 1 == 1 { reversed |= 1 << (length - 1 - bit) }
        for index in stride(from: reversed, to: 1 << Self.lookupBits, by: 1 << length) { lookup[index] = entry }
    }

    /// The symbol whose code the lowest bits are, and the code's length; nil when there is none.
    func symbol(beginning bits: UInt64) -> (symbol: Int, length: Int)? {
        let entry = lookup[Int(bits & (1 << UInt64(Self.lookupBits) - 1))]
        if entry != 0 { return (Int(entry >> 4), Int(entry & 15)) }
        var code = 0
        var first = 0
        var index = 0
        for length in 1...15 {
            code |= Int(bits >> UInt64(length - 1) & 1)
            let count = counts[length]
            if code - first < count { return (Int(symbols[index + code - first]), length) }
            index += count
            first = (first + count) << 1
            code <<= 1
        }
        return nil
    }
}
