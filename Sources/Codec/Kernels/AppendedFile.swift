#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file that grows at its end, written without a buffer: what was appended survives the end of the process.
package final class AppendedFile {
    /// Where it is.
    package let path: String
    /// Its length in bytes: where the next text goes.
    package private(set) var length: Int64
    private let descriptor: Int32

    /// Opens the file, creating it when it is missing.
    package init(path: String) throws(FileFailure) {
        self.path = path
        descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw FileFailure() }
        length = 0
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileFailure() }
        length = Int64(status.st_size)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Appends a text. When it fails, a part of it may be there; ``cut(to:)`` removes it.
    package func append(_ text: String) throws(FileFailure) {
        let bytes = Array(text.utf8)
        let written = bytes.withUnsafeBytes { bytes in
            Result { () throws(FileFailure) in try FileBytes.append(bytes, to: descriptor) }
        }
        try written.get()
        length += Int64(bytes.count)
    }

    /// Cuts the file to its first `length` bytes. One that is shorter stays as it is.
    package func cut(to length: Int64) throws(FileFailure) {
        guard length < self.length else { return }
        guard ftruncate(descriptor, off_t(length)) == 0 else { throw FileFailure() }
        self.length = length
    }

    /// Takes the file for this process; `false` when another process, or another opening of this one, has it. The system gives it
    /// back when the process ends, however it ends.
    package func lock() throws(FileFailure) -> Bool {
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno == EWOULDBLOCK { return false }
            guard errno == EINTR else { throw FileFailure() }
        }
        return true
    }

    /// Makes what was appended survive the loss of power. Files that cannot (a terminal, a pipe) are left alone.
    package func synchronize() throws(FileFailure) {
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw FileFailure() }
    }
}

/// Writes bytes whole.
enum FileBytes {
    /// Writes all bytes, going on after interruptions.
    static func append(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws(FileFailure) {
        var done = 0
        while done < bytes.count {
            let written = write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
            if written < 0 {
                guard errno == EINTR else { throw FileFailure() }
            } else {
                done += written
            }
        }
    }
}
