public import Testing
public import TrainingMetrics

/// What every reader of a binary format of records has to do, whatever the format. A reader's test runs it on a file of
/// that format:
///
///     @Test func conforms() throws { try RecordReaderConformance<EventFileReader>(records: records).verify() }
public struct RecordReaderConformance<Reader: LogReader> {
    private let records: [[UInt8]]
    private let file: [UInt8]
    private let rejections: Int

    /// A file to read.
    /// - Parameters:
    ///   - records: the records of the file with their framing; have to hold a NaN, a +inf and a −inf among the values.
    ///   - rejections: how many rejections reading it gives.
    public init(records: [[UInt8]], rejections: Int = 0) {
        self.records = records
        file = records.flatMap { $0 }
        self.rejections = rejections
    }

    /// Runs all checks.
    public func verify(_ location: SourceLocation = #_sourceLocation) throws {
        let whole = LogEvents(of: file, with: Reader())
        #expect(!whole.samples.isEmpty, "the file gives samples", sourceLocation: location)
        #expect(whole.rejectedCount == rejections, "\(whole.rejections)", sourceLocation: location)
        #expect(Reader.recognises(file.span) > 0.5, "the format is recognised", sourceLocation: location)
        for chunk in [1, 2, 7, 64, 4096] {
            let read = LogEvents(of: file, with: Reader(), chunk: chunk)
            #expect(read == whole, "in chunks of \(chunk)", sourceLocation: location)
        }
        try checkResuming(whole, location)
        checkTruncation(whole, location)
        checkDamage(whole, location)
        let values = whole.samples.map(\.value)
        #expect(values.contains { $0.isNaN }, "a NaN is a value", sourceLocation: location)
        #expect(values.contains(.infinity) && values.contains(-.infinity), sourceLocation: location)
        let lines = whole.samples.map(\.line)
        #expect(zip(lines, lines.dropFirst()).allSatisfy { $0 <= $1 }, sourceLocation: location)
        #expect(LogEvents(of: [], with: Reader()).samples.isEmpty, sourceLocation: location)
    }

    /// Stops at every byte, goes on from the stored state with another buffer.
    private func checkResuming(_ whole: LogEvents, _ location: SourceLocation) throws {
        var events = LogEvents()
        var decoder = LogDecoder(reader: Reader())
        var buffer = EventBuffer()
        for end in stride(from: 5, to: file.count, by: 5) {
            buffer = EventBuffer(keptRejections: buffer.keptRejections)
            decoder.decode(file.span.extracting(decoder.consumedBytes..<end), into: &buffer)
            events.append(buffer)
            decoder = try LogDecoder(
                resuming: Reader.format,
                state: decoder.state,
                consumedBytes: decoder.consumedBytes
            )
        }
        buffer = EventBuffer(keptRejections: buffer.keptRejections)
        decoder.decode(file.span.extracting(decoder.consumedBytes..<file.count), into: &buffer)
        decoder.finish(into: &buffer)
        events.append(buffer)
        #expect(events == whole, "resumed everywhere", sourceLocation: location)
        #expect(decoder.consumedBytes == file.count, sourceLocation: location)
    }

    /// A file cut anywhere gives a beginning of the samples, and says that its end is missing.
    private func checkTruncation(_ whole: LogEvents, _ location: SourceLocation) {
        var ends: Set<Int> = [0]
        for record in records { ends.insert((ends.max() ?? 0) + record.count) }
        for length in 1..<file.count {
            let read = LogEvents(of: Array(file[..<length]), with: Reader())
            let isBeginning = read.samples.elementsEqual(whole.samples.prefix(read.samples.count))
            #expect(isBeginning, "cut at byte \(length)", sourceLocation: location)
            guard !ends.contains(length) else { continue }
            let reasons = read.rejections.map(\.reason)
            #expect(
                reasons.contains { $0.contains("pending") },
                "cut at byte \(length): \(reasons)",
                sourceLocation: location
            )
        }
    }

    /// One damaged byte costs one record at most, and is counted.
    private func checkDamage(_ whole: LogEvents, _ location: SourceLocation) {
        var start = 0
        for (index, record) in records.enumerated() {
            let lost = LogEvents(of: file, without: start..<start + record.count, with: Reader())
            for offset in record.indices {
                var damaged = file
                damaged[start + offset] ^= 0x41
                let read = LogEvents(of: damaged, with: Reader())
                let isKept = read.hasSameSamples(as: lost)
                #expect(isKept, "byte \(offset) of record \(index)", sourceLocation: location)
                #expect(read.rejectedCount > rejections - 1, sourceLocation: location)
                #expect(
                    read.rejectedCount <= rejections + 1,
                    "\(read.rejections.map(\.reason))",
                    sourceLocation: location
                )
            }
            start += record.count
        }
    }
}

extension LogEvents {
    /// Whether the samples are the same but for the numbers of their records.
    fileprivate func hasSameSamples(as other: LogEvents) -> Bool {
        samples.elementsEqual(other.samples) { first, second in
            first.valueBits == second.valueBits && first.step == second.step && first.key == second.key
        }
    }

    /// Reads a file from which a stretch was cut out.
    fileprivate init(of bytes: [UInt8], without range: Range<Int>, with reader: any LogReader) {
        self.init(of: Array(bytes[..<range.lowerBound] + bytes[range.upperBound...]), with: reader)
    }
}
