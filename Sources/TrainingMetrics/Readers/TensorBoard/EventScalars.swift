/// Reads the messages of an event file: `Event` (tensorflow/core/util/event.proto) and `Summary`
/// (tensorflow/core/framework/summary.proto), by the numbers of their fields.
struct EventScalars: Codable {
    /// What holds no number.
    enum Kind: Int, CaseIterable {
        case histogram
        case image
        case audio
        case tensor
        case other

        var plural: String {
            switch self {
            case .histogram: "histograms"
            case .image: "images"
            case .audio: "audio clips"
            case .tensor: "tensors"
            case .other: "others"
            }
        }
    }

    /// Most facts one file may give.
    private static let mostFacts = 1000
    private static let longestTag = 1000

    private let series: String
    /// Tags in the order of their first scalar.
    private var tags: [String] = []
    /// Keys of facts that were given.
    private var facts: [String] = []
    private var passed = [Int](repeating: 0, count: Kind.allCases.count)

    // Found again from `tags` after the state was read back.
    private var spellings: [[UInt8]] = []
    private var tagBySpelling: [[UInt8]: Int] = [:]
    /// The tag that came behind this one before: loggers write the same tags in the same order.
    private var successors: [Int] = []
    private var last = 0
    private var indices: [Int32] = []

    // Scratch of one event.
    private var leaves: [(tag: Int, value: Double)] = []
    private var texts: [(tag: Range<Int>, text: Range<Int>)] = []
    private var hyperparameters: [Range<Int>] = []
    private var skipped: [Kind] = []

    private enum CodingKeys: String, CodingKey { case series, tags, facts, passed }

    init(series: String) { self.series = series }

    /// Reads an event; nothing is used of one that is refused.
    /// - Returns: why it is refused, `nil` when it is not.
    mutating func read(
        _ bytes: Span<UInt8>,
        _ range: Range<Int>,
        record: Int,
        into buffer: inout EventBuffer
    ) -> String? {
        var fields = ProtobufFields(range)
        var time = Double.nan
        var step: Int64 = 0
        clearScratch()
        while let field = fields.next(bytes) {
            switch (field.number, field.wire) {
            case (1, .fixed64): time = field.double
            case (2, .varint): step = field.integer
            case (4, .bytes), (8, .bytes), (9, .bytes): skipped.append(.other)
            case (5, .bytes):
                if let problem = readSummary(bytes, field.range) { return problem }
            default: break
            }
        }
        guard !fields.isMalformed else { return "it is no event: a field is cut off or of no known kind" }
        guard leaves.isEmpty || step.magnitude < 1_000_000_000_000_000 else {
            return "the position \(step) is out of range"
        }
        for kind in skipped { passOver(kind) }
        let seconds = TimeParser.seconds(time) ?? .nan
        for leaf in leaves {
            buffer.append(
                metric: index(of: leaf.tag, in: &buffer),
                step: step,
                time: seconds,
                value: leaf.value,
                line: record
            )
        }
        if !texts.isEmpty || !hyperparameters.isEmpty { giveFacts(bytes, record: record, into: &buffer) }
        return nil
    }

    /// Counts something that holds no number.
    mutating func passOver(_ kind: Kind) { passed[kind.rawValue] += 1 }

    /// Gives out what was passed over, if anything was.
    func report(record: Int, into buffer: inout EventBuffer) {
        let parts = Kind.allCases.filter { passed[$0.rawValue] > 0 }.map { "\(passed[$0.rawValue]) \($0.plural)" }
        guard !parts.isEmpty else { return }
        buffer.append(
            LoggedFact(key: LoggedFact.passedOverKey, value: parts.joined(separator: ", "), line: max(1, record))
        )
    }

    private mutating func clearScratch() {
        leaves.removeAll(keepingCapacity: true)
        texts.removeAll(keepingCapacity: true)
        hyperparameters.removeAll(keepingCapacity: true)
        skipped.removeAll(keepingCapacity: true)
    }
}

// MARK: - Summaries

extension EventScalars {
    private static let malformed = "its summary is cut off or no message"

    private mutating func readSummary(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String? {
        var fields = ProtobufFields(range)
        while let field = fields.next(bytes) {
            guard field.number == 1, field.wire == .bytes else { continue }
            if let problem = readValue(bytes, field.range) { return problem }
        }
        return fields.isMalformed ? Self.malformed : nil
    }

    private mutating func readValue(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String? {
        var fields = ProtobufFields(range)
        var tag: Range<Int>?
        var value: Double?
        var kind: Kind?
        var text: Range<Int>?
        while let field = fields.next(bytes) {
            switch (field.number, field.wire) {
            case (1, .bytes): tag = field.range
            case (2, .fixed32): value = field.float
            case (3, .bytes), (5, .bytes): kind = .histogram
            case (4, .bytes): kind = .image
            case (6, .bytes): kind = .audio
            case (8, .bytes):
                switch TensorScalar.read(bytes, field.range) {
                case .number(let number): value = number
                case .text(let range): text = range
                case .other: kind = .tensor
                case .malformed: return "its tensor is cut off or no message"
                }
            case (9, .bytes):
                if let content = TensorBoardHyperparameters.content(bytes, metadata: field.range) {
                    hyperparameters.append(content)
                    kind = kind ?? .other
                }
            default: break
            }
        }
        guard !fields.isMalformed else { return Self.malformed }
        if let value {
            guard let tag, !tag.isEmpty else { return "a scalar without a tag" }
            guard let known = self.tag(bytes, tag) else {
                return tag.count > Self.longestTag
                    ? "a tag of \(tag.count) bytes; at most \(Self.longestTag) are read"
                    : "more than \(EventFileReader.mostTags) tags in one file"
            }
            leaves.append((known, value))
        } else if let tag, let text {
            texts.append((tag, text))
        } else if let kind, hyperparameters.isEmpty {
            skipped.append(kind)
        }
        return nil
    }

    /// Number of a tag, new or known; `nil` when there are too many.
    private mutating func tag(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        if last < successors.count {
            let guess = successors[last]
            if guess >= 0, Self.isEqual(spellings[guess], bytes, range) {
                last = guess
                return guess
            }
        }
        if spellings.count < tags.count { restore() }
        guard range.count <= Self.longestTag else { return nil }
        var spelling: [UInt8] = []
        spelling.reserveCapacity(range.count)
        for index in range { spelling.append(bytes[index]) }
        let found: Int
        if let known = tagBySpelling[spelling] {
            found = known
        } else {
            // As text and back, so that a tag that is no UTF-8 is the same after the state was stored.
            let text = String(decoding: spelling, as: UTF8.self)
            let plain = Array(text.utf8)
            if let known = tagBySpelling[plain] {
                found = known
            } else {
                guard tags.count < EventFileReader.mostTags else { return nil }
                found = tags.count
                tags.append(text)
                spellings.append(plain)
                successors.append(-1)
                tagBySpelling[plain] = found
            }
        }
        if last < successors.count { successors[last] = found }
        last = found
        return found
    }

    private mutating func restore() {
        spellings = tags.map { Array($0.utf8) }
        tagBySpelling = Dictionary(zip(spellings, spellings.indices), uniquingKeysWith: { first, _ in first })
        successors = tags.map { _ in -1 }
    }

    @inline(__always)
    private static func isEqual(_ spelling: [UInt8], _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard spelling.count == range.count else { return false }
        for offset in 0..<spelling.count where spelling[offset] != bytes[range.lowerBound &+ offset] { return false }
        return true
    }

    private mutating func index(of tag: Int, in buffer: inout EventBuffer) -> Int32 {
        if tag < indices.count, indices[tag] >= 0 { return indices[tag] }
        while indices.count <= tag { indices.append(-1) }
        let name = series.isEmpty ? tags[tag] : "\(tags[tag])/\(series)"
        let key = MetricKey(name: name, split: FieldName.split(inMetricName: name) ?? .train)
        indices[tag] = buffer.index(of: key)
        return indices[tag]
    }
}

// MARK: - Facts

extension EventScalars {
    private mutating func giveFacts(_ bytes: Span<UInt8>, record: Int, into buffer: inout EventBuffer) {
        for entry in texts {
            var key = bytes.text(entry.tag.prefix(Self.longestTag))
            if key.hasSuffix("/text_summary") { key.removeLast(13) }
            give(key, bytes.text(entry.text.prefix(2000)), record: record, into: &buffer)
        }
        for content in hyperparameters {
            for (key, value) in TensorBoardHyperparameters.values(bytes, content) {
                give(key, value, record: record, into: &buffer)
            }
        }
    }

    private mutating func give(_ key: String, _ value: String, record: Int, into buffer: inout EventBuffer) {
        guard facts.count < Self.mostFacts, !facts.contains(key) else { return }
        facts.append(key)
        buffer.append(LoggedFact(key: key, value: String(value.prefix(200)), line: record))
    }
}
