#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Why the system did not write a file.
package struct FileFailure: Error, Hashable, Sendable {
    /// The system's error number.
    package let code: Int32

    /// The failure of an error number, by default that of the last system call.
    package init(code: Int32 = errno) { self.code = code }

    /// The system's text.
    package var reason: String { SystemErrorText.text(of: code) }

    /// Whether there is no room: on the disk, in the user's share of it, or under the process's limit of a file's size.
    package var isOutOfSpace: Bool { [ENOSPC, EDQUOT, EFBIG].contains(code) }
}
