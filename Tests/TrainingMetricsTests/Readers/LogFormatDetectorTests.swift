import Foundation
import TestSupport
import Testing
import TrainingMetrics

struct LogFormatDetectorTests {
    private func format(_ bytes: [UInt8], override: LogFormat? = nil) throws -> LogFormat {
        let reader = try LogFormatDetector.reader(for: bytes.span, override: override)
        return LogDecoder(reader: reader).format
    }

    @Test(arguments: [
        ("step,loss\n1,0.5\n", LogFormat.csv), ("\u{FEFF}epoch;loss\r\n1;0.5\r\n", .csv), ("a\tb\n1\t2\n3\t4\n", .csv),
        ("# made by a trainer\nstep,loss\n1,0.5\n", .csv), ("{\"loss\": 1}\n", .jsonl), ("\n\n{\"loss\": 1", .jsonl),
        ("{\"step\": 1, \"loss\": NaN}\nnoise\n{\"loss\": 2}\n", .jsonl),
    ])
    func picksTheReader(text: String, expected: LogFormat) throws {
        #expect(try format(Array(text.utf8)) == expected)
    }

    @Test(arguments: [
        "Epoch 1, loss: 0.5, lr: 1e-4\nEpoch 2, loss: 0.4, lr: 1e-4\n", "{'loss': 0.5}\n",
        "2024-05-01 12:00:00,123 INFO loss=0.5, acc=0.25\n2024-05-01 12:00:01,123 INFO loss=0.5, acc=0.5\n",
        "Loading model, please wait\nDone, 3.5 s\nstep 1 loss 0.5\nstep 2 loss 0.25\n",
        "| Metric | Epoch 0 | Epoch 5 |\n|---|---|---|\n| Loss | 0.5 | 0.25 |\n",
    ])
    func freeTextIsNoTable(text: String) {
        let bytes = Array(text.utf8)
        #expect(CSVReader.recognises(bytes.span) < 0.5)
        #expect(JSONLinesReader.recognises(bytes.span) == 0)
    }

    @Test(
        arguments: [
            ([], LogFormatError.empty), (Array(" \n\r\n".utf8), .empty), ([0x1F, 0x8B, 8, 0, 1], .compressed("gzip")),
            ([0x50, 0x4B, 3, 4, 20], .compressed("zip")), ([0xFF, 0xFE, 0x61, 0], .wideText),
            ([0xFE, 0xFF, 0, 0x61], .wideText), ([0x61, 0, 0x62, 0, 0x0A, 0], .wideText),
            ([0x61, 0, 0x62, 0x63], .binary),
            ([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0], .binary), ([1, 2, 3, 4, 0x61], .binary),
        ] as [([UInt8], LogFormatError)]
    )
    func refusesWhatIsNoTextLog(bytes: [UInt8], error: LogFormatError) {
        #expect(throws: error) { try format(bytes) }
        if !bytes.isEmpty { #expect(throws: error) { try format(bytes, override: .csv) } }
    }

    @Test func anEventFileIsKnownByItsNameWhenItsFirstChecksumIsWrong() throws {
        let bytes: [UInt8] =
            [24, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 9, 0, 0, 0x1A, 0x0D] + Array("brain.Event:2".utf8)
        #expect(try format(bytes) == .tensorboard)
        #expect(throws: LogFormatError.otherFormat(.tensorboard)) { try format(bytes, override: .csv) }
    }

    @Test func theOverrideChoosesTheReader() throws {
        #expect(try format(Array("hello\n".utf8), override: .csv) == .csv)
        #expect(try format(Array("step,loss\n1,2\n".utf8), override: .jsonl) == .jsonl)
    }

    @Test(arguments: [
        LogFormatError.empty, .binary, .wideText, .compressed("gzip"), .otherFormat(.tensorboard),
        .unrecognised(tried: [.csv, .jsonl]),
        .noMetric(format: .csv, lines: 3, rejected: 1), .noReader(.text), .unreadableState(.csv),
    ])
    func errorsAreSentencesThatSayWhatToDo(error: LogFormatError) {
        #expect(error.description.count > 40)
        #expect(!error.description.contains("Optional"))
    }

    @Test func theRegistryIsAlphabeticalAndHasOneReaderPerFormat() {
        let names = ReaderRegistry.readers.map { "\($0)" }
        #expect(names == names.sorted())
        #expect(Set(ReaderRegistry.readers.map { $0.format }).count == names.count)
    }
}
