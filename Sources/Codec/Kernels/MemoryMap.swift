#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Bytes that never change while they are held: a file mapped into memory, or a copy of an array.
///
/// Mapping reads nothing: pages arrive when they are touched, so a file of any size opens at once. A file that another
/// process shortens while it is mapped can not be read safely; `isIntact` tells, and readers of values ask it first.
final class MemoryMap: @unchecked Sendable {
    // Sendable: the memory is read-only from the end of the initialiser until deinit, which runs once.
    private let base: UnsafeRawPointer
    /// Number of bytes.
    let count: Int
    /// Descriptor of the mapped file; nil for a copied array.
    private let descriptor: Int32?

    /// Why a file can not be mapped.
    enum Failure: Error {
        case system(code: Int32)
        case notARegularFile
    }

    /// Maps a whole file.
    init(path: String) throws(Failure) {
        // Not blocking: opening a pipe that nobody writes to must not wait.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .system(code: errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let code = errno
            close(descriptor)
            throw .system(code: code)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .notARegularFile
        }
        let size = Int(status.st_size)
        guard size > 0 else {
            close(descriptor)
            self.descriptor = nil
            base = UnsafeRawPointer(UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 16))
            count = 0
            return
        }
        guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
            let code = errno
            close(descriptor)
            throw .system(code: code)
        }
        base = UnsafeRawPointer(address)
        count = size
        self.descriptor = descriptor
    }

    /// Copies an array.
    init(copying bytes: [UInt8]) {
        let copy = UnsafeMutableRawPointer.allocate(byteCount: max(bytes.count, 1), alignment: 64)
        bytes.withUnsafeBytes { source in
            if let address = source.baseAddress { copy.copyMemory(from: address, byteCount: source.count) }
        }
        base = UnsafeRawPointer(copy)
        count = bytes.count
        descriptor = nil
    }

    deinit {
        if let descriptor {
            munmap(UnsafeMutableRawPointer(mutating: base), count)
            close(descriptor)
        } else {
            base.deallocate()
        }
    }

    /// Whether all bytes are still there: false when the file became shorter since it was mapped.
    var isIntact: Bool {
        guard let descriptor else { return true }
        var status = stat()
        return fstat(descriptor, &status) == 0 && Int(status.st_size) >= count
    }

    /// All bytes. The pointer is valid during the call only.
    func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(start: base, count: count))
    }
}

/// A stretch of a memory map. Everything outside it reads as nil, so parsers of hostile files need no pointer.
struct ByteRegion: Sendable {
    /// The bytes this is a part of.
    let map: MemoryMap
    /// Where the region begins in `map`, in bytes.
    let start: Int
    /// Length in bytes.
    let count: Int

    /// All of `map`.
    init(_ map: MemoryMap) {
        self.map = map
        start = 0
        count = map.count
    }

    /// A copy of `bytes`.
    init(copying bytes: [UInt8]) { self.init(MemoryMap(copying: bytes)) }

    private init(map: MemoryMap, start: Int, count: Int) {
        self.map = map
        self.start = start
        self.count = count
    }

    /// The `length` bytes from `offset` on, nil unless all of them are inside.
    func slice(at offset: Int, count length: Int) -> ByteRegion? {
        guard offset >= 0, length >= 0, offset <= count, length <= count - offset else { return nil }
        return ByteRegion(map: map, start: start + offset, count: length)
    }

    /// The byte at `offset`, nil outside.
    func byte(at offset: Int) -> UInt8? {
        guard offset >= 0, offset < count else { return nil }
        return map.withUnsafeBytes { $0[start + offset] }
    }

    /// The little-endian integer at `offset`, nil unless all its bytes are inside.
    func integer<Value: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as type: Value.Type) -> Value? {
        guard offset >= 0, offset <= count, MemoryLayout<Value>.size <= count - offset else { return nil }
        return map.withUnsafeBytes {
            Value(littleEndian: $0.loadUnaligned(fromByteOffset: start + offset, as: Value.self))
        }
    }

    /// Copies `length` bytes from `offset` on, nil unless all of them are inside.
    func bytes(at offset: Int, count length: Int) -> [UInt8]? {
        guard let part = slice(at: offset, count: length) else { return nil }
        return part.withUnsafeBytes { [UInt8]($0) }
    }

    /// All bytes, copied.
    var bytes: [UInt8] { withUnsafeBytes { [UInt8]($0) } }

    /// The text in `length` bytes from `offset` on; nil outside or when it is not UTF-8.
    func text(at offset: Int, count length: Int) -> String? {
        guard let part = slice(at: offset, count: length) else { return nil }
        return part.withUnsafeBytes { String(validating: $0, as: UTF8.self) }
    }

    /// The text in `length` bytes from `offset` on, with U+FFFD for what is not UTF-8; nil outside.
    func repairedText(at offset: Int, count length: Int) -> String? {
        guard let part = slice(at: offset, count: length) else { return nil }
        return part.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }

    /// Where `value` occurs first at or behind `offset`; nil if nowhere.
    func firstOffset(of value: UInt8, from offset: Int) -> Int? {
        guard offset >= 0, offset < count else { return nil }
        return map.withUnsafeBytes { all in
            guard let base = all.baseAddress, let found = memchr(base + start + offset, Int32(value), count - offset)
            else { return nil }
            return base.distance(to: UnsafeRawPointer(found)) - start
        }
    }

    /// Whether the bytes from `offset` on are `expected`.
    func matches(_ expected: [UInt8], at offset: Int) -> Bool {
        guard let part = slice(at: offset, count: expected.count) else { return false }
        return part.withUnsafeBytes { $0.elementsEqual(expected) }
    }

    /// All bytes of the region. The pointer is valid during the call only.
    func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try map.withUnsafeBytes { (all) throws(Failure) in
            try body(UnsafeRawBufferPointer(rebasing: all[start..<start + count]))
        }
    }
}
