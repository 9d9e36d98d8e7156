import CSndFile
import Glibc
import Synchronization

/// An open libsndfile file: the only place that touches its pointers.
///
/// Not Sendable: one task reads or writes one file. The file descriptor is opened here, so that pipes, folders and
/// libsndfile's special meaning of "-" never reach the library, and closed with the handle.
final class SoundFileHandle {
    let sampleRate: Int
    let channelCount: Int
    /// Frames per channel as the header claims; never used to reserve memory.
    let declaredFrameCount: Int
    /// libsndfile's format word: container and encoding.
    let format: Int32
    private var file: OpaquePointer?
    /// What an open file in memory reads from.
    private let source: SoundFileBytes?

    /// What libsndfile or the system answered.
    struct Failure: Error {
        enum Kind { case system, unrecognised, malformed, unsupported }
        let kind: Kind
        let reason: String
    }

    /// Opens an already opened file descriptor, which the handle owns from now on, for reading.
    convenience init(readingDescriptor descriptor: Int32) throws(Failure) {
        try self.init(source: nil) { sf_open_fd(descriptor, Int32(SFM_READ), &$0, Int32(SF_TRUE)) }
    }

    /// Opens a file in memory for reading.
    convenience init(reading bytes: [UInt8]) throws(Failure) {
        let source = SoundFileBytes(bytes)
        try self.init(source: source) { source.open(&$0) }
    }

    private init(source: SoundFileBytes?, open: (inout SF_INFO) -> OpaquePointer?) throws(Failure) {
        var info = SF_INFO()
        file = try Self.opened(&info, open)
        self.source = source
        sampleRate = Int(info.samplerate)
        channelCount = Int(info.channels)
        declaredFrameCount = Int(info.frames)
        format = info.format
    }

    /// Begins a file in the given libsndfile format on a descriptor opened for writing, which the handle owns.
    init(
        writingDescriptor descriptor: Int32,
        format: Int32,
        sampleRate: Int,
        channelCount: Int
    ) throws(Failure) {
        var info = SF_INFO()
        info.samplerate = Int32(clamping: sampleRate)
        info.channels = Int32(clamping: channelCount)
        info.format = format
        let handle = try Self.opened(&info) { sf_open_fd(descriptor, Int32(SFM_WRITE), &$0, Int32(SF_TRUE)) }
        // The PEAK chunk holds the time of day: the same samples would give different files.
        sf_command(handle, Int32(SFC_SET_ADD_PEAK_CHUNK), nil, Int32(SF_FALSE))
        file = handle
        source = nil
        self.sampleRate = sampleRate
        self.channelCount = channelCount
        self.format = format
        declaredFrameCount = 0
    }

    deinit { _ = close() }

    /// Completes the header and closes the file; true when libsndfile had nothing to complain about.
    func close() -> Bool {
        guard let open = file else { return true }
        file = nil
        return sf_close(open) == 0
    }

    /// Up to `buffer.count / channelCount` frames, interleaved, into the beginning of `buffer`; how many were decoded.
    func read(into buffer: inout [Float]) -> Int {
        let frames = sf_count_t(buffer.count / channelCount)
        return Int(buffer.withUnsafeMutableBufferPointer { sf_readf_float(file, $0.baseAddress, frames) })
    }

    /// Moves to a frame; false when the format or the data do not allow it.
    func seek(toFrame frame: Int) -> Bool {
        sf_seek(file, sf_count_t(frame), SEEK_SET) == sf_count_t(frame)
    }

    /// Writes interleaved frames; how many were taken.
    func write(_ samples: [Float]) -> Int {
        Int(
            samples.withUnsafeBufferPointer {
                sf_writef_float(file, $0.baseAddress, sf_count_t($0.count / channelCount))
            }
        )
    }

    /// Writes interleaved frames of integers whose most significant bit is bit 31; how many were taken.
    func write(_ samples: [Int32]) -> Int {
        Int(
            samples.withUnsafeBufferPointer {
                sf_writef_int(file, $0.baseAddress, sf_count_t($0.count / channelCount))
            }
        )
    }

    /// What libsndfile says about the last call; nil when it has no complaint.
    var complaint: String? {
        guard sf_error(file) != 0, let text = sf_strerror(file) else { return nil }
        return Self.sentencePart(String(cString: text))
    }

    /// libsndfile's own name of a container or encoding, such as "WAV (Microsoft)".
    static func name(ofFormat format: Int32) -> String? {
        var info = SF_FORMAT_INFO()
        info.format = format
        let size = Int32(MemoryLayout<SF_FORMAT_INFO>.size)
        guard sf_command(nil, Int32(SFC_GET_FORMAT_INFO), &info, size) == 0, let name = info.name else { return nil }
        return String(cString: name)
    }

    /// libsndfile keeps the reason of a failed open in one global variable: opening and asking go together.
    private static let opening = Mutex(())

    private static func opened(_ info: inout SF_INFO, _ open: (inout SF_INFO) -> OpaquePointer?) throws(Failure)
        -> OpaquePointer
    {
        let result: Result<Handle, Failure> = opening.withLock { _ in
            if let file = open(&info) { return .success(Handle(file: file)) }
            let reason = sf_strerror(nil).map { String(cString: $0) } ?? "unknown reason"
            let kind: Failure.Kind =
                switch Int(sf_error(nil)) {
                case SF_ERR_UNRECOGNISED_FORMAT: .unrecognised
                case SF_ERR_SYSTEM: .system
                case SF_ERR_UNSUPPORTED_ENCODING: .unsupported
                default: .malformed
                }
            return .failure(Failure(kind: kind, reason: sentencePart(reason)))
        }
        return try result.get().file
    }

    /// Carries the new pointer out of the lock; nothing else holds it yet.
    private struct Handle: @unchecked Sendable {
        let file: OpaquePointer
    }

    /// libsndfile's message as part of a sentence: no "Error : " before and no full stop after it.
    private static func sentencePart(_ message: String) -> String {
        var text = Substring(message)
        if text.hasPrefix("Error : ") { text = text.dropFirst(8) }
        while let last = text.last, last == "." || last.isWhitespace { text = text.dropLast() }
        // What libsndfile says of an MP3 whose first frame is cut off; the file has been opened long before.
        if text.hasPrefix("File does not exist") { return "its header is incomplete" }
        return text.isEmpty ? "unknown reason" : String(text)
    }
}
