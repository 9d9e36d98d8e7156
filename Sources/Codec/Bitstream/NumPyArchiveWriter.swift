import Foundation

/// Writes NumPy's `.npz` format: a zip archive of stored `.npy` files, as `numpy.savez` makes it. Equal arrays give equal bytes.
struct NumPyArchiveWriter {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count: UInt16 = 0

    /// Adds an array of 32-bit integers.
    mutating func add(_ name: String, _ values: [Int32], shape: [Int]) {
        add(
            name,
            type: "<i4",
            shape: shape,
            data: values.flatMap { NumPyArchiveWriter.littleEndian(UInt32(bitPattern: $0)) }
        )
    }

    /// Adds an array of 64-bit integers.
    mutating func add(_ name: String, _ values: [Int64], shape: [Int]) {
        let data = values.flatMap { value in
            let bits = UInt64(bitPattern: value)
            return NumPyArchiveWriter.littleEndian(UInt32(truncatingIfNeeded: bits))
                + NumPyArchiveWriter.littleEndian(UInt32(bits >> 32))
        }
        add(name, type: "<i8", shape: shape, data: data)
    }

    /// Adds an array of float32 values.
    mutating func add(_ name: String, _ values: [Float], shape: [Int]) {
        add(name, type: "<f4", shape: shape, data: values.flatMap { NumPyArchiveWriter.littleEndian($0.bitPattern) })
    }

    /// The whole archive.
    func finished() -> [UInt8] {
        let end: [UInt8] =
            [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + Self.littleEndian(count) + Self.littleEndian(count)
            + Self.littleEndian(UInt32(directory.count)) + Self.littleEndian(UInt32(bytes.count)) + [0, 0]
        return bytes + directory + end
    }

    private mutating func add(_ name: String, type: String, shape: [Int], data: [UInt8]) {
        let file = Self.header(type: type, shape: shape) + data
        precondition(bytes.count + file.count < 1 << 31, "a NumPy archive of over 2 GiB is not written")
        let path = Array("\(name).npy".utf8)
        let checksum = CyclicRedundancyCheck.checksum(ByteRegion(copying: file))
        let size = Self.littleEndian(UInt32(file.count))
        // Version 2.0, no flags, stored; 1 January 1980.
        let common: [UInt8] =
            [20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0] + Self.littleEndian(checksum) + size + size
            + Self.littleEndian(UInt16(path.count)) + [0, 0]
        directory +=
            [0x50, 0x4B, 1, 2, 20, 0] + common + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0] + Self.littleEndian(UInt32(bytes.count))
            + path
        bytes += [0x50, 0x4B, 3, 4] + common + path + file
        count += 1
    }

    /// The `.npy` header of version 1.0, padded to a multiple of 64 bytes.
    private static func header(type: String, shape: [Int]) -> [UInt8] {
        let sizes = shape.count == 1 ? "\(shape[0])," : shape.map(String.init).joined(separator: ", ")
        let text = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(sizes)), }"
        let length = (10 + text.utf8.count + 1 + 63) / 64 * 64 - 10
        let padding = String(repeating: " ", count: length - 1 - text.utf8.count)
        return [0x93] + Array("NUMPY".utf8) + [1, 0] + littleEndian(UInt16(length))
            + Array((text + padding + "\n").utf8)
    }

    private static func littleEndian(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8)] }

    private static func littleEndian(_ value: UInt32) -> [UInt8] {
        [UInt8(value & 0xFF), UInt8(value >> 8 & 0xFF), UInt8(value >> 16 & 0xFF), UInt8(value >> 24)]
    }
}
