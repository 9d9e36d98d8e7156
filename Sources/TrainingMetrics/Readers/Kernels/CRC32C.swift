/// The checksum of record files: CRC-32C (Castagnoli, RFC 3720 appendix B.4).
public enum CRC32C {
    /// CRC-32C of the bytes.
    /// - Parameters:
    ///   - bytes: any bytes.
    ///   - initial: the checksum of what stands in front of them, 0 for nothing.
    /// - Returns: the checksum; 0 for no bytes behind nothing.
    public static func checksum(_ bytes: Span<UInt8>, continuing initial: UInt32 = 0) -> UInt32 {
        SlicedChecksum.checksum(bytes, continuing: initial, tables)
    }

    /// The checksum as record files store it: rotated right by 15 bits plus 0xa282ead8, so that the checksum of data that
    /// holds checksums stays good.
    public static func masked(_ bytes: Span<UInt8>) -> UInt32 { mask(checksum(bytes)) }

    /// A checksum in the form record files store.
    public static func mask(_ crc: UInt32) -> UInt32 { (crc >> 15 | crc << 17) &+ 0xa282_ead8 }

    private static let tables = SlicedChecksum.tables(polynomial: 0x82f6_3b78)
}

/// The checksum of zip files and of W&B's run files: CRC-32 (IEEE 802.3).
public enum CRC32 {
    /// CRC-32 of the bytes.
    /// - Parameters:
    ///   - bytes: any bytes.
    ///   - initial: the checksum of what stands in front of them, 0 for nothing.
    /// - Returns: the checksum; 0 for no bytes behind nothing.
    public static func checksum(_ bytes: Span<UInt8>, continuing initial: UInt32 = 0) -> UInt32 {
        SlicedChecksum.checksum(bytes, continuing: initial, tables)
    }

    private static let tables = SlicedChecksum.tables(polynomial: 0xedb8_8320)
}

/// Checksums by division, eight bytes at a time ("slicing by 8").
private enum SlicedChecksum {
    /// Table k (256 entries each) is the effect of a byte that has k bytes behind it. The polynomial is reflected.
    static func tables(polynomial: UInt32) -> [UInt32] {
        var tables = [UInt32](repeating: 0, count: 2048)
        for byte in 0..<256 {
            var crc = UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ polynomial : crc >> 1 }
            tables[byte] = crc
        }
        for place in 256..<2048 {
            let before = tables[place - 256]
            tables[place] = before >> 8 ^ tables[Int(before & 255)]
        }
        return tables
    }

    static func checksum(_ bytes: Span<UInt8>, continuing initial: UInt32, _ tables: [UInt32]) -> UInt32 {
        tables.withUnsafeBufferPointer { table in
            bytes.withUnsafeBytes { raw in
                var crc = ~initial
                var index = 0
                while index &+ 8 <= raw.count {
                    let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                    let low = UInt32(truncatingIfNeeded: word) ^ crc
                    let high = UInt32(truncatingIfNeeded: word >> 32)
                    // Every index is below 2048, the length of the tables.
                    let first = table[Int(1792 &+ (low & 255))] ^ table[Int(1536 &+ (low >> 8 & 255))]
                    let second = table[Int(1280 &+ (low >> 16 & 255))] ^ table[Int(1024 &+ (low >> 24))]
                    let third = table[Int(768 &+ (high & 255))] ^ table[Int(512 &+ (high >> 8 & 255))]
                    let fourth = table[Int(256 &+ (high >> 16 & 255))] ^ table[Int(high >> 24)]
                    crc = first ^ second ^ third ^ fourth
                    index &+= 8
                }
                while index < raw.count {
                    crc = crc >> 8 ^ table[Int((crc ^ UInt32(raw[index])) & 255)]
                    index &+= 1
                }
                return ~crc
            }
        }
    }
}
