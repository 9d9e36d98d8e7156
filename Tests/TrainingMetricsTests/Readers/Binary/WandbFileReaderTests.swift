import TestSupport
import Testing
import TrainingMetrics

@Suite struct WandbFileReaderTests {
    private typealias Build = EventFileBuilder

    private func read(_ build: (inout WandbFileBuilder) -> Void) -> LogEvents {
        var file = WandbFileBuilder()
        build(&file)
        return LogEvents(of: file.bytes, with: WandbFileReader())
    }

    @Test func conforms() throws {
        var file = WandbFileBuilder()
        file.run(name: "demo", configuration: [("lr", "0.0001")])
        for (step, value) in ["2.5", "NaN", "Infinity", "-Infinity", "1e-3"].enumerated() {
            file.history(step, [("train/d_loss", value), ("val.mel", "\(step)")])
        }
        try RecordReaderConformance<WandbFileReader>(records: file.records).verify()
    }

    @Test func readsNestedNamesStepAndTime() throws {
        let events = read { $0.history(7, [("val.deep.mel", "0.5"), ("old", "{\"style\":{\"loss\":3}}")]) }
        let found = events.samples.map { "\($0.key.name) \($0.key.split.rawValue) \($0.step) \($0.value)" }
        #expect(found == ["val/deep/mel validation 7 0.5", "old/style/loss train 7 3.0"])
        #expect(events.samples.allSatisfy { Double(bitPattern: $0.time) == 1_700_000_007 })
    }

    @Test func readsTypedValuesOfNewerFiles() {
        func item(_ name: String, _ value: [UInt8]) -> [UInt8] {
            Build.bytes(1, Build.bytes(2, Array(name.utf8)) + value)
        }
        let history =
            item("a", Build.varint(5, 5)) + item("b", Build.double(6, -0.25)) + item("c", Build.double(6, .nan))
            + item("d", Build.bytes(8, Array("1.5".utf8))) + item("flag", Build.varint(4, 1))
            + item("note", Build.bytes(7, Array("say \"hi\"".utf8))) + Build.bytes(2, Build.varint(1, 9))
        let events = read { $0.append(record: Build.bytes(2, history)) }
        #expect(events.values("a") == [-3] && events.values("b") == [-0.25] && events.values("d") == [1.5])
        #expect(events.values("c").first?.isNaN == true && events.steps("a") == [9])
        #expect(events.facts.map { "\($0.key)=\($0.value)" } == ["flag=true", "note=say \"hi\""])
    }

    @Test func theConfigurationIsFacts() {
        let events = read { file in
            file.run(
                name: "demo",
                configuration: [
                    ("lr", "0.0001"), ("loss", "{\"gan_mode\":\"hinge\",\"sizes\":[1,2]}"), ("_wandb", "{\"t\":1}"),
                ]
            )
            file.history(0, [("loss", "1")])
        }
        #expect(events.facts.map { "\($0.key)=\($0.value)" } == ["config/lr=0.0001", "config/loss/gan_mode=hinge"])
        #expect(events.rejectedCount == 0)
        var reader = WandbFileReader()
        var file = WandbFileBuilder()
        file.run(name: "demo", configuration: [])
        var buffer = EventBuffer()
        _ = reader.consume(file.bytes.span, into: &buffer)
        #expect(reader.runName == "demo")
    }

    @Test func listsAndMediaAreCountedQuietly() {
        let events = read { file in
            file.history(0, [("loss", "1"), ("weights", "[1,2]"), ("h.bins", "[1]"), ("h._type", "\"histogram\"")])
            file.history(1, [("loss", "2"), ("picture", "{\"_type\":\"image-file\",\"size\":5}")])
        }
        #expect(events.samples.map(\.value) == [1, 2] && events.rejectedCount == 0)
        #expect(events.facts.map(\.value) == ["4 values"])
    }

    /// Records that cross blocks, with the padding at their ends.
    @Test(arguments: [32_700, 32_740, 32_754, 32_755, 32_760, 40_000, 100_000])
    func recordsMayCrossBlocks(filler: Int) {
        var file = WandbFileBuilder()
        file.append(record: Build.bytes(7, [UInt8](repeating: 0x61, count: filler)))
        for step in 0..<600 { file.history(step, [("loss", "\(step)"), ("other", "0.5")]) }
        for chunk in [1000, Int.max] {
            let events = LogEvents(of: file.bytes, with: WandbFileReader(), chunk: chunk)
            #expect(events.values("loss") == (0..<600).map(Double.init) && events.rejectedCount == 0)
        }
        var damaged = file.bytes
        damaged[32_800] ^= 1
        let events = LogEvents(of: damaged, with: WandbFileReader())
        #expect(events.values("loss").count >= 598 && events.rejectedCount == 1)
    }

    @Test(
        arguments: [
            ([0x0A, 0x7F], "no record"), (Build.bytes(2, [0x0A, 0x7F]), "contents"),
            (Build.bytes(2, Build.bytes(1, Build.bytes(16, Array("1".utf8)))), "contents"),
            (
                Build.bytes(2, Build.bytes(1, Build.bytes(1, Array("a".utf8)) + Build.bytes(16, Array("{1".utf8)))),
                "no JSON"
            ),
        ] as [([UInt8], String)]
    )
    func aMalformedRecordIsRefusedAlone(record: [UInt8], reason: String) {
        let events = read { file in
            file.history(0, [("loss", "1")])
            file.append(record: record)
            file.history(1, [("loss", "2")])
        }
        #expect(events.samples.map(\.value) == [1, 2])
        #expect(events.rejections.count == 1 && events.rejections.allSatisfy { $0.reason.contains(reason) })
    }

    @Test func aRecordThatNeverEndsIsGivenUp() {
        var file = WandbFileBuilder()
        file.append(record: [UInt8](repeating: 0, count: WandbFileReader.longestRecord + 100_000))
        file.history(0, [("loss", "1")])
        let events = LogEvents(of: file.bytes, with: WandbFileReader(), chunk: 1 << 18)
        #expect(events.samples.map(\.value) == [1] && events.rejectedCount == 1)
    }
}
