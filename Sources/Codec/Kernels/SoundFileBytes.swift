import CSndFile
import Glibc

/// Bytes in memory that libsndfile reads as it reads a file.
final class SoundFileBytes {
    private let bytes: [UInt8]
    private var position = 0

    /// An audio file's bytes.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// libsndfile's handle, which is valid as long as this object lives; nil when the bytes are not audio.
    func open(_ info: inout SF_INFO) -> OpaquePointer? {
        var functions = SF_VIRTUAL_IO(
            get_filelen: { sf_count_t(SoundFileBytes.behind($0)?.bytes.count ?? 0) },
            seek: { offset, whence, source in
                sf_count_t(SoundFileBytes.behind(source)?.seek(Int(offset), from: whence) ?? -1)
            },
            read: { target, count, source in
                sf_count_t(SoundFileBytes.behind(source)?.copy(Int(count), to: target) ?? 0)
            },
            write: { _, _, _ in 0 },
            tell: { sf_count_t(SoundFileBytes.behind($0)?.position ?? -1) }
        )
        return sf_open_virtual(&functions, Int32(SFM_READ), &info, Unmanaged.passUnretained(self).toOpaque())
    }

    private static func behind(_ source: UnsafeMutableRawPointer?) -> SoundFileBytes? {
        source.map { Unmanaged<SoundFileBytes>.fromOpaque($0).takeUnretainedValue() }
    }

    /// The new position, or −1 when it lies outside the bytes.
    private func seek(_ offset: Int, from origin: Int32) -> Int {
        let start =
            switch origin {
            case SEEK_CUR: position
            case SEEK_END: bytes.count
            default: 0
            }
        let (target, overflow) = start.addingReportingOverflow(offset)
        guard !overflow, 0...bytes.count ~= target else { return -1 }
        position = target
        return target
    }

    /// How many bytes were copied; fewer than `count` at the end.
    private func copy(_ count: Int, to target: UnsafeMutableRawPointer?) -> Int {
        let count = max(0, min(count, bytes.count - position))
        bytes.withUnsafeBytes { source in
            guard let first = source.baseAddress else { return }
            target?.copyMemory(from: first + position, byteCount: count)
        }
        position += count
        return count
    }
}
