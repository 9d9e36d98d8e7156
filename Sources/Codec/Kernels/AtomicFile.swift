#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file that appears under its name only when it is complete: it is written beside its place and renamed at the end.
/// When it is not finished, nothing remains.
final class AtomicFile {
    /// Why it could not be written.
    struct Failure: Error {
        let code: Int32
        /// The system's text.
        var reason: String { SystemErrorText.text(of: code) }
    }

    private let path: String
    private let temporaryPath: String
    private var descriptor: Int32

    /// Begins a file beside `path`, readable as the user's mask says.
    init(path: String) throws(Failure) {
        self.path = path
        var attempt = 0
        while true {
            let candidate = "\(path).\(getpid()).\(attempt).tmp"
            let descriptor = open(candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if descriptor >= 0 {
                self.descriptor = descriptor
                temporaryPath = candidate
                return
            }
            guard errno == EEXIST, attempt < 100 else { throw Failure(code: errno) }
            attempt += 1
        }
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        unlink(temporaryPath)
    }

    /// Appends bytes.
    func append(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
        var done = 0
        while done < bytes.count {
            let written = write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
            if written < 0 {
                guard errno == EINTR else { throw Failure(code: errno) }
            } else {
                done += written
            }
        }
    }

    /// Appends numbers as they are in memory: little-endian on every machine this runs on.
    func append<Number: BitwiseCopyable>(_ numbers: [Number]) throws(Failure) {
        let outcome = numbers.withUnsafeBytes { bytes in Result { () throws(Failure) in try append(bytes) } }
        try outcome.get()
    }

    /// Puts the file in its place.
    func finish() throws(Failure) {
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw Failure(code: errno) }
        guard close(descriptor) == 0 else { throw Failure(code: errno) }
        descriptor = -1
        guard rename(temporaryPath, path) == 0 else {
            let code = errno
            unlink(temporaryPath)
            throw Failure(code: code)
        }
    }
}

extension StoredTensor {
    /// Appends the elements as they are stored, in row-major order.
    func append(to file: AtomicFile) throws(AtomicFile.Failure) {
        guard elementCount > 0, let size = elementType.byteCount else { return }
        if isContiguous, let bytes = storage.bytes.slice(at: offset * size, count: elementCount * size) {
            return try bytes.withUnsafeBytes { (bytes) throws(AtomicFile.Failure) in try file.append(bytes) }
        }
        try file.append(rowMajorBytes)
    }
}
