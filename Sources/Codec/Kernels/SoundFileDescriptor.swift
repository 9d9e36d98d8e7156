import Glibc

/// Opens, renames and removes files by descriptor.
enum SoundFileDescriptor {
    /// Why a file could not be opened for reading.
    enum Refusal: Error {
        case missing
        case notAFile
        case empty
        case system(String)
    }

    /// A descriptor of a regular file that is not empty; never waits for a pipe.
    static func forReading(_ path: String) throws(Refusal) -> Int32 {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { throw .missing }
            throw .system(systemMessage())
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .notAFile
        }
        guard status.st_size > 0 else {
            close(descriptor)
            throw .empty
        }
        return descriptor
    }

    /// A descriptor of a new file beside `path`, and its path; nil with `errno` set when the folder refuses.
    static func forWritingBeside(_ path: String) -> (descriptor: Int32, path: String)? {
        for _ in 0..<100 {
            let temporary = "\(path).\(UInt32.random(in: 0 ... .max)).partial"
            let descriptor = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if descriptor >= 0 { return (descriptor, temporary) }
            guard errno == EEXIST else { return nil }
        }
        return nil
    }

    /// Gives a file its name, replacing what had it; false with `errno` set when the system refuses.
    static func move(_ path: String, to name: String) -> Bool { rename(path, name) == 0 }

    /// Removes a file, if it is there.
    static func remove(_ path: String) { unlink(path) }

    /// The system's words for the last failure.
    static func systemMessage() -> String { String(cString: strerror(errno)) }
}
