import Foundation

/// Raw reading and writing of file descriptors: what `FileHandle` cannot do without waiting for whole blocks.
enum DescriptorPipe {
    /// What became of waiting for bytes.
    enum Reading {
        case bytes([UInt8])
        case nothingYet
        case end
    }

    /// `F_SETPIPE_SZ` of fcntl(2), which Swift does not see.
    private static let setPipeSize: Int32 = 1031

    /// A pipe; `nil` when the process has no descriptor left.
    static func make() -> (reading: Int32, writing: Int32)? {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { return nil }
        // A megabyte: a writer does not wait while the store is busy for a moment. Less is fine, too.
        _ = fcntl(ends[1], setPipeSize, 1 << 20)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    /// The next bytes, as soon as there are some.
    static func read(_ descriptor: Int32, upTo count: Int = 1 << 16, waiting milliseconds: Int32) -> Reading {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, milliseconds) > 0 else { return .nothingYet }
        var got = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            got = Foundation.read(descriptor, buffer.baseAddress, count)
            filled = max(0, got)
        }
        if got < 0 { return errno == EINTR || errno == EAGAIN ? .nothingYet : .end }
        return got == 0 ? .end : .bytes(bytes)
    }

    /// Writes all bytes. Returns whether that was possible.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var done = 0
        while done < bytes.count {
            let wrote = bytes[done...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if wrote >= 0 {
                done += wrote
            } else if errno == EAGAIN {
                var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&waiting, 1, 1000)
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }
}
