public import TrainingMetrics

/// Everything a reader gave for a source, comparable: metric keys instead of indices, bit patterns instead of doubles.
public struct LogEvents: Hashable, Sendable {
    /// A sample.
    public struct Sample: Hashable, Sendable {
        /// Its metric.
        public var key: MetricKey
        /// Position on the metric's axis.
        public var step: Int64
        /// Bit pattern of the epoch.
        public var epoch: UInt64
        /// Bit pattern of the wall time.
        public var time: UInt64
        /// Bit pattern of the value; all NaNs alike.
        public var valueBits: UInt64
        /// Line of the source.
        public var line: Int64

        /// The value.
        public var value: Double { Double(bitPattern: valueBits) }
    }

    /// Samples in the order they were given.
    public var samples: [Sample] = []
    /// Facts in the order they were given.
    public var facts: [LoggedFact] = []
    /// Rejections kept.
    public var rejections: [Rejection] = []
    /// Rejections in all.
    public var rejectedCount = 0

    /// Nothing.
    public init() {}

    /// What a buffer holds.
    public init(_ buffer: EventBuffer) { append(buffer) }

    /// Adds what a buffer holds.
    public mutating func append(_ buffer: EventBuffer) {
        let columns = [
            buffer.metric.count, buffer.step.count, buffer.epoch.count, buffer.time.count, buffer.line.count,
        ]
        precondition(columns.allSatisfy { $0 == buffer.count }, "columns of a buffer differ in length: \(columns)")
        for index in 0..<buffer.count {
            samples.append(
                Sample(
                    key: buffer.keys[Int(buffer.metric[index])],
                    step: buffer.step[index],
                    epoch: Self.bits(buffer.epoch[index]),
                    time: Self.bits(buffer.time[index]),
                    valueBits: Self.bits(buffer.value[index]),
                    line: buffer.line[index]
                )
            )
        }
        facts += buffer.facts
        rejections += buffer.rejections
        rejectedCount += buffer.rejectedCount
    }

    /// Reads a whole source in chunks of that size.
    public init(of bytes: [UInt8], with reader: any LogReader, chunk: Int = .max) {
        var decoder = LogDecoder(reader: reader)
        var buffer = EventBuffer()
        var position = 0
        while position < bytes.count {
            let end = position + min(chunk, bytes.count - position)
            decoder.decode(bytes.span.extracting(position..<end), into: &buffer)
            position = end
        }
        decoder.finish(into: &buffer)
        self.init(buffer)
    }

    /// Reads a whole text at once.
    public init(of text: String, with reader: any LogReader) { self.init(of: Array(text.utf8), with: reader) }

    /// Values of a metric, in order.
    public func values(_ name: String, split: Split? = nil) -> [Double] {
        samples.filter { $0.key.name == name && (split == nil || $0.key.split == split) }.map(\.value)
    }

    /// Positions of a metric's samples, in order.
    public func steps(_ name: String, split: Split? = nil) -> [Int64] {
        samples.filter { $0.key.name == name && (split == nil || $0.key.split == split) }.map(\.step)
    }

    private static func bits(_ value: Double) -> UInt64 { (value.isNaN ? .nan : value).bitPattern }
}
