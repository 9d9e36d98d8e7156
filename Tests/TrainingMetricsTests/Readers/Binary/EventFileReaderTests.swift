import TestSupport
import Testing
import TrainingMetrics

@Suite struct EventFileReaderTests {
    private typealias Build = EventFileBuilder

    private func read(_ build: (inout EventFileBuilder) -> Void) -> LogEvents {
        var file = EventFileBuilder()
        build(&file)
        return LogEvents(of: file.bytes, with: EventFileReader())
    }

    @Test func conforms() throws {
        var file = EventFileBuilder()
        for step in 1...6 {
            file.scalar("train/d_loss", 2 - Float(step) / 8, step: Int64(step), time: 1.7e9 + Double(step))
            file.scalar("val/mel", Float(step), step: Int64(step))
        }
        for (step, value) in [Float.nan, .infinity, -.infinity].enumerated() {
            file.scalar("train/d_loss", value, step: Int64(step + 7))
        }
        try RecordReaderConformance<EventFileReader>(records: file.records).verify()
    }

    /// Check values of RFC 3720, appendix B.4.
    @Test func theChecksumIsCastagnolis() {
        #expect(CRC32C.checksum([UInt8](repeating: 0, count: 32).span) == 0x8a91_36aa)
        #expect(CRC32C.checksum([UInt8](repeating: 0xFF, count: 32).span) == 0x62a8_ab43)
        #expect(CRC32C.checksum([UInt8](0..<32).span) == 0x46dd_794e)
        #expect(CRC32C.checksum(Array("123456789".utf8).span) == 0xe306_9283)
        let (first, second) = (Array("1234".utf8), Array("56789".utf8))
        #expect(CRC32C.checksum(second.span, continuing: CRC32C.checksum(first.span)) == 0xe306_9283)
    }

    @Test func keepsTagStepTimeAndSplit() throws {
        let events = read { $0.scalar("loss/val", 0.5, step: 12, time: 1_700_000_123.5) }
        let sample = try #require(events.samples.first)
        #expect(sample.key == MetricKey(name: "loss/val", split: .validation))
        #expect(sample.step == 12 && sample.value == 0.5 && Double(bitPattern: sample.time) == 1_700_000_123.5)
    }

    @Test func oneEventMayHoldManyValues() {
        let values = (0..<3).map { Build.bytes(1, Array("loss\($0)".utf8)) + Build.fixed32(2, Float($0).bitPattern) }
        let events = read { $0.summary(values, step: 4) }
        #expect(events.samples.map(\.value) == [0, 1, 2])
        #expect(Set(events.samples.map(\.line)) == [2])
    }

    @Test(
        arguments: [
            (1, 5, [0, 0, 0x20, 0x40], 2.5), (2, 6, [0, 0, 0, 0, 0, 0, 0x04, 0x40], 2.5), (3, 7, [7], 7),
            (3, 7, [0xFD, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], -3), (9, 10, [0x80, 1], 128),
            (10, 11, [1], 1), (14, 13, [0xA0, 0x80, 1], 2.5), (19, 13, [0x80, 0x82, 1], 2.5), (22, 16, [5], 5),
            (23, 17, [6], 6), (1, 4, [0, 0, 0x20, 0x40], 2.5), (2, 4, [0, 0, 0, 0, 0, 0, 0x04, 0x40], 2.5),
            (19, 4, [0, 0x41], 2.5), (14, 4, [0x20, 0x40], 2.5), (9, 4, [1, 1, 0, 0, 0, 0, 0, 0], 257),
            (6, 4, [0xFF], -1), (4, 4, [0xFF], 255), (5, 4, [0, 0x80], -32768), (19, 4, [1, 0], 0x1p-24),
            (19, 4, [0, 0xFC], -.infinity), (1, 5, [], 0),
        ] as [(UInt64, Int, [UInt8], Double)]
    )
    func readsTensorsOfOneElement(type: UInt64, field: Int, contents: [UInt8], value: Double) {
        for shape in [[], [1], [1, 1]] as [[UInt64]] {
            let tensor = Build.tensor(type: type, shape: shape, field: field, contents: contents)
            let events = read { $0.scalar("loss", tensor: tensor, step: 1) }
            #expect(events.samples.map(\.value) == [value])
        }
    }

    @Test func whatHoldsNoScalarIsCountedQuietly() {
        func value(_ field: Int) -> [UInt8] { Build.bytes(1, Array("weights".utf8)) + Build.bytes(field, [1, 2, 3]) }
        let matrix = Build.tensor(type: 1, shape: [2, 2], field: 4, contents: [UInt8](repeating: 0, count: 16))
        let events = read { file in
            file.summary([value(5)], step: 1)
            file.summary([value(5), value(4), value(6)], step: 1)
            file.append(event: Build.bytes(4, [1, 2, 3]))
            file.scalar("confusion", tensor: matrix, step: 1)
            file.scalar("loss", 1, step: 2)
        }
        #expect(events.samples.map(\.value) == [1] && events.rejectedCount == 0)
        #expect(
            events.facts.map(\.value) == ["2 histograms, 1 images, 1 audio clips, 1 tensors, 1 others"]
        )
    }

    @Test func textsAndHyperparametersAreFacts() {
        let text = Build.tensor(type: 7, shape: [1], field: 8, contents: Array("batch of 16".utf8))
        func entry(_ key: String, _ value: [UInt8]) -> [UInt8] {
            Build.bytes(1, Build.bytes(1, Array(key.utf8)) + Build.bytes(2, value))
        }
        let start =
            entry("lr", Build.double(2, 0.0001)) + entry("gan_mode", Build.bytes(3, Array("hinge".utf8)))
            + entry("ema", Build.varint(4, 1)) + entry("none", Build.varint(1, 0))
        let plugin = Build.bytes(1, Array("hparams".utf8)) + Build.bytes(2, Build.bytes(3, start))
        let events = read { file in
            file.scalar("notes/text_summary", tensor: text, step: 0)
            file.scalar("notes/text_summary", tensor: text, step: 1)
            file.summary([Build.bytes(1, Array("_hparams_".utf8)) + Build.bytes(9, Build.bytes(1, plugin))], step: 0)
        }
        let facts = events.facts.map { "\($0.key) = \($0.value)" }
        #expect(facts == ["notes = batch of 16", "lr = 0.0001", "gan_mode = hinge", "ema = true"])
    }

    @Test func aSeriesOfAddScalarsIsNamedBehindItsTag() {
        var file = EventFileBuilder()
        file.scalar("loss", 1, step: 1)
        let events = LogEvents(of: file.bytes, with: EventFileReader(series: "val"))
        #expect(events.samples.map(\.key) == [MetricKey(name: "loss/val", split: .validation)])
    }

    @Test(
        arguments: [
            Build.head(length: 1 << 60), Build.head(length: 1 << 30), Build.head(length: .max),
            [UInt8](repeating: 0, count: 100), [UInt8](repeating: 0xFF, count: 100),
        ]
    )
    func aLengthThatCannotBeCostsOneRecord(bomb: [UInt8]) {
        var before = EventFileBuilder()
        before.scalar("loss", 1, step: 1)
        var behind = EventFileBuilder(hasVersion: false)
        behind.scalar("loss", 2, step: 2)
        for tail in [[], [UInt8](repeating: 7, count: 100_000)] {
            let events = LogEvents(of: before.bytes + bomb + tail + behind.bytes, with: EventFileReader(), chunk: 4096)
            #expect(events.samples.map(\.value) == [1, 2])
            #expect(events.rejectedCount == 1, "\(events.rejections)")
        }
    }

    @Test func goodRecordsInsideAnUnfinishedOneAreRead() {
        var file = EventFileBuilder()
        file.scalar("loss", 1, step: 1)
        let events = LogEvents(of: Build.head(length: 100_000) + file.bytes, with: EventFileReader())
        #expect(events.samples.map(\.value) == [1])
        #expect(
            events.rejections.map(\.reason) == [
                "pending: \(12 + file.bytes.count) bytes of a record that is not whole yet"
            ]
        )
    }

    @Test(
        arguments: [
            ([0x0D], "no event"), ([0x09, 1], "no event"), ([0x2A, 0x7F], "no event"), ([0x2A, 2, 0x0A, 9], "summary"),
            ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], "no event"),
            ([0x0B, 0x0C], "no event"),
            (Build.bytes(5, Build.bytes(1, Build.fixed32(2, 0))), "without a tag"),
            (Build.bytes(5, Build.bytes(1, Build.bytes(8, [0x12, 0x7F]))), "tensor"),
            (
                Build.varint(2, 1 << 60)
                    + Build.bytes(5, Build.bytes(1, Build.bytes(1, [0x61]) + Build.fixed32(2, 0))), "out of range"
            ),
            (
                Build.bytes(
                    5,
                    Build.bytes(1, Build.bytes(1, [UInt8](repeating: 0x61, count: 2000)) + Build.fixed32(2, 0))
                ), "2000 bytes"
            ),
        ] as [([UInt8], String)]
    )
    func aMalformedEventIsRefusedAlone(event: [UInt8], reason: String) {
        let events = read { file in
            file.scalar("loss", 1, step: 1)
            file.append(event: event)
            file.scalar("loss", 2, step: 2)
        }
        #expect(events.samples.map(\.value) == [1, 2])
        #expect(events.rejections.count == 1 && events.rejections.allSatisfy { $0.reason.contains(reason) })
    }

    @Test func tagsBeyondTheLimitAreRefusedOneByOne() {
        var reader = EventFileReader()
        var buffer = EventBuffer(keptRejections: 10)
        var counted = 0
        for group in 0..<3 {
            var file = EventFileBuilder(hasVersion: false)
            for number in 0..<10_000 { file.scalar("m\(group * 10_000 + number)", 1, step: 1) }
            #expect(reader.consume(file.bytes.span, into: &buffer) == file.bytes.count)
            counted += buffer.count
            if group < 2 { buffer.removeAll() }
        }
        #expect(counted == EventFileReader.mostTags && buffer.keys.count == counted)
        #expect(buffer.rejectedCount == 30_000 - counted && buffer.rejections.count == 10)
    }
}
