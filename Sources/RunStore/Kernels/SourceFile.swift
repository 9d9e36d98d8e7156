import Foundation

/// An open log: bytes from a place on, and what tells it from another.
final class SourceFile: Sendable {
    /// What a regular file is, apart from its contents.
    struct Identity: Hashable, Sendable {
        let device: Int64
        let inode: Int64
    }

    /// Absolute path with links resolved; `-` for standard input.
    let path: String
    /// `nil` for a stream, which can only be read once.
    let identity: Identity?
    private let descriptor: Int32

    init(_ input: IngestInput) throws(IngestError) {
        guard case .file(let given) = input else {
            path = "-"
            identity = nil
            descriptor = dup(STDIN_FILENO)
            return
        }
        path = URL(filePath: given).resolvingSymlinksInPath().path(percentEncoded: false)
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw .cannotRead(path: given, reason: String(cString: strerror(errno)))
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            close(descriptor)
            throw .cannotRead(path: given, reason: String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            close(descriptor)
            throw .isFolder(path: given)
        }
        let isRegular = status.st_mode & S_IFMT == S_IFREG
        identity =
            isRegular
            ? Identity(
                device: Int64(bitPattern: UInt64(status.st_dev)),
                inode: Int64(bitPattern: UInt64(status.st_ino))
            )
            : nil
    }

    deinit { close(descriptor) }

    /// Bytes in the file now; `nil` for a stream.
    var size: Int64? {
        var status = stat()
        guard identity != nil, fstat(descriptor, &status) == 0 else { return nil }
        return Int64(status.st_size)
    }

    /// Goes to a place in a regular file.
    func seek(to offset: Int64) throws(IngestError) {
        guard lseek(descriptor, off_t(offset), SEEK_SET) == off_t(offset) else { throw failure }
    }

    /// The next bytes, at least one; empty at the end, `nil` when a stream gave nothing for half a second.
    func read(upTo count: Int) throws(IngestError) -> [UInt8]? {
        if identity == nil {
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            if poll(&waiting, 1, 500) == 0 { return nil }
        }
        var got = -1
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            repeat { got = Foundation.read(descriptor, buffer.baseAddress, count) } while got < 0 && errno == EINTR
            filled = max(got, 0)
        }
        guard got >= 0 else { throw failure }
        return bytes
    }

    /// Whether a regular file is an SQLite database, by its first bytes.
    var isSQLite: Bool {
        guard identity != nil else { return false }
        let magic = Array("SQLite format 3\0".utf8)
        var head = [UInt8](repeating: 0, count: magic.count)
        return pread(descriptor, &head, head.count, 0) == head.count && head == magic
    }

    /// FNV-1a (64 bit, hexadecimal) of the bytes in a range of a regular file; `nil` when it has fewer.
    func digest(_ range: Range<Int64>) -> String? {
        guard identity != nil else { return nil }
        let count = range.count
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        var done = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while done < count {
                let rest = UnsafeMutableRawBufferPointer(buffer).baseAddress.map { $0 + done }
                let got = pread(descriptor, rest, count - done, off_t(range.lowerBound) + off_t(done))
                if got <= 0 { break }
                done += got
            }
            filled = done
        }
        guard done == count else { return nil }
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return String(hash, radix: 16)
    }

    private var failure: IngestError { .cannotRead(path: path, reason: String(cString: strerror(errno))) }
}
