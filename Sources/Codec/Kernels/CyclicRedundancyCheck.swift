/// CRC-32 as zip archives use it: polynomial 0xEDB88320, reflected, all bits inverted before and after.
enum CyclicRedundancyCheck {
    /// Eight tables, so that eight bytes are taken at a time ("slicing by 8", Kounavis and Berry 2005).
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var value = UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
            tables[byte] = value
        }
        for byte in 0..<256 {
            var value = tables[byte]
            for table in 1..<8 {
                value = value >> 8 ^ tables[Int(value & 0xFF)]
                tables[table * 256 + byte] = value
            }
        }
        return tables
    }()

    /// The checksum of all bytes.
    static func checksum(_ bytes: ByteRegion) -> UInt32 {
        let tables = tables.span
        var value: UInt32 = 0xFFFF_FFFF
        bytes.withUnsafeBytes { bytes in
            var i = 0
            while i + 8 <= bytes.count {
                let low = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: i, as: UInt32.self)) ^ value
                let high = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: i + 4, as: UInt32.self))
                value =
                    tables[1792 + Int(low & 0xFF)] ^ tables[1536 + Int(low >> 8 & 0xFF)]
                    ^ tables[1280 + Int(low >> 16 & 0xFF)] ^ tables[1024 + Int(low >> 24)]
                value ^=
                    tables[768 + Int(high & 0xFF)] ^ tables[512 + Int(high >> 8 & 0xFF)]
                    ^ tables[256 + Int(high >> 16 & 0xFF)] ^ tables[Int(high >> 24)]
                i += 8
            }
            while i < bytes.count {
                value = value >> 8 ^ tables[Int((value ^ UInt32(bytes[i])) & 0xFF)]
                i += 1
            }
        }
        return ~value
    }
}
