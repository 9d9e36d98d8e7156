import CSoxr

/// A libsoxr stream: the only place that touches its pointers. Samples are interleaved Float32. Not Sendable.
final class SoxrHandle {
    private let stream: OpaquePointer
    private let channelCount: Int

    /// libsoxr's reason why a stream could not be made or continued.
    struct Failure: Error {
        let reason: String
    }

    /// A stream from one rate to another, both in Hz; `precision` is libsoxr's quality recipe (4: 20 bits, 6: 28 bits).
    init(from inputRate: Int, to outputRate: Int, channelCount: Int, recipe: UInt) throws(Failure) {
        var failure: soxr_error_t?
        var quality = soxr_quality_spec(recipe, 0)
        var runtime = soxr_runtime_spec(1)
        var format = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I)
        guard
            let stream = soxr_create(
                Double(inputRate),
                Double(outputRate),
                UInt32(channelCount),
                &failure,
                &format,
                &quality,
                &runtime
            )
        else { throw Failure(reason: failure.map { String(cString: $0) } ?? "out of memory") }
        self.stream = stream
        self.channelCount = channelCount
    }

    deinit { soxr_delete(stream) }

    /// Puts in interleaved frames and appends all frames that are ready to `output`.
    func process(_ input: [Float], into output: inout [Float]) throws(Failure) {
        let frames = input.count / channelCount
        guard frames > 0 else { return }  // A null input would end the stream.
        var consumed = 0
        var produced = -1
        var failure: soxr_error_t?
        var room = [Float](repeating: 0, count: 8_192 * channelCount)
        while consumed < frames || produced != 0 {
            var taken = 0
            produced = 0
            input.withUnsafeBufferPointer { source in
                room.withUnsafeMutableBufferPointer { target in
                    let start = source.baseAddress.map { $0 + consumed * channelCount }
                    let given = soxr_in_t(start)
                    failure = soxr_process(
                        stream,
                        given,
                        frames - consumed,
                        &taken,
                        target.baseAddress,
                        target.count / channelCount,
                        &produced
                    )
                }
            }
            if let failure { throw Failure(reason: String(cString: failure)) }
            consumed += taken
            output.append(contentsOf: room.prefix(produced * channelCount))
        }
    }

    /// Ends the input and appends what the filter still holds to `output`.
    func finish(into output: inout [Float]) throws(Failure) {
        var room = [Float](repeating: 0, count: 8_192 * channelCount)
        while true {
            var produced = 0
            let failure = room.withUnsafeMutableBufferPointer { target in
                soxr_process(stream, nil, 0, nil, target.baseAddress, target.count / channelCount, &produced)
            }
            if let failure { throw Failure(reason: String(cString: failure)) }
            if produced == 0 { return }
            output.append(contentsOf: room.prefix(produced * channelCount))
        }
    }
}
