#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file that appears under its name only when it is complete: it is written beside its place and renamed at the end.
/// When it is not finished, nothing remains.
package final class AtomicFile {
    /// Why it could not be written.
    package typealias Failure = FileFailure

    private let path: String
    private let temporaryPath: String
    private var descriptor: Int32

    /// Begins a file beside `path`, readable as the user's mask says.
    package init(path: String) throws(Failure) {
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
        try FileBytes.append(bytes, to: descriptor)
    }

    /// Appends numbers as they are in memory: little-endian on every machine this runs on.
    package func append<Number: BitwiseCopyable>(_ numbers: [Number]) throws(Failure) {
        let outcome = numbers.withUnsafeBytes { bytes in Result { () throws(Failure) in try append(bytes) } }
        try outcome.get()
    }

    /// Puts the file in its place, so that it survives the loss of power.
    package func finish() throws(Failure) {
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw Failure(code: errno) }
        guard close(descriptor) == 0 else { throw Failure(code: errno) }
        descriptor = -1
        guard rename(temporaryPath, path) == 0 else {
            let code = errno
            unlink(temporaryPath)
            throw Failure(code: code)
        }
        synchronizeFolder()
    }

    /// Makes the new name last. Not every file system can, and the file itself is safe: failures do not count.
    private func synchronizeFolder() {
        let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
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
