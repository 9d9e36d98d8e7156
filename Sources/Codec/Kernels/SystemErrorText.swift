#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The system's text for an error number.
enum SystemErrorText {
    /// "No such file or directory", …
    static func text(of code: Int32) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard let base = buffer.baseAddress else { return "system error \(code)" }
            base.pointee = 0
            guard strerror_r(code, base, buffer.count) == 0 else { return "system error \(code)" }
            return String(cString: base)
        }
    }
}
