import Foundation
import TestSupport
import Testing
import TrainingMetrics

/// Damaged messages inside records with good checksums: what a flipped bit in a file does not reach. No crash, no hang, no
/// record lost but the damaged one.
///
/// The short version is seeded; `CODEC_DOCTOR_FUZZ_SECONDS` runs a long one with a new seed, printed first.
struct RecordFuzzTests {
    private typealias Build = EventFileBuilder

    @Test func damagedMessagesNeitherCrashNorHang() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<150 { Self.runOnce(&generator) }
    }

    @Test(.enabled(if: ReaderFuzzTests.seconds > 0))
    func campaign() {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("fuzzing messages with seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let end = ContinuousClock.now + .seconds(ReaderFuzzTests.seconds)
        var rounds = 0
        while ContinuousClock.now < end {
            Self.runOnce(&generator)
            rounds += 1
        }
        print("\(rounds) files of damaged messages read by each reader of records")
    }

    private static func runOnce(_ generator: inout SeededGenerator) {
        var events = EventFileBuilder()
        events.scalar("first", 1, step: 1)
        var wandb = WandbFileBuilder()
        wandb.history(1, [("first", "1")])
        for _ in 0..<Int.random(in: 1...8, using: &generator) {
            events.append(event: damaged(event(&generator), &generator))
            wandb.append(record: damaged(record(&generator), &generator))
        }
        events.scalar("last", 2, step: 2)
        wandb.history(2, [("last", "2")])
        check(events.bytes, EventFileReader(), &generator)
        check(wandb.bytes, WandbFileReader(), &generator)
    }

    private static func check(_ file: [UInt8], _ reader: any LogReader, _ generator: inout SeededGenerator) {
        let whole = LogEvents(of: file, with: reader)
        #expect(whole.values("first").count >= 1 && whole.values("last").count >= 1)
        let chunk = Int.random(in: 1...200, using: &generator)
        let isSame = LogEvents(of: file, with: reader, chunk: chunk) == whole
        #expect(isSame, "in chunks of \(chunk)")
    }

    private static func event(_ generator: inout SeededGenerator) -> [UInt8] {
        let type = [1, 2, 3, 7, 9, 14, 19, 23].randomElement(using: &generator) ?? 1
        let field = [4, 5, 6, 7, 8, 10, 13, 17].randomElement(using: &generator) ?? 4
        let contents = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
            UInt8.random(in: 0...255, using: &generator)
        }
        let tensor = Build.tensor(type: UInt64(type), shape: [1, 1], field: field, contents: contents)
        let parameter = Build.bytes(1, Build.bytes(1, [0x61]) + Build.bytes(2, Build.double(2, 0.5)))
        let plugin = Build.bytes(1, Array("hparams".utf8)) + Build.bytes(2, Build.bytes(3, parameter))
        let value =
            Build.bytes(1, Array("tag".utf8)) + Build.fixed32(2, 0x3F80_0000) + Build.bytes(8, tensor)
            + Build.bytes(9, Build.bytes(1, plugin))
        return Build.double(1, 1.7e9) + Build.varint(2, 5) + Build.bytes(5, Build.bytes(1, value))
    }

    private static func record(_ generator: inout SeededGenerator) -> [UInt8] {
        let json =
            ["1", "NaN", "[1,2]", "{\"a\":{\"b\":2}}", "\"text\"", "true"].randomElement(using: &generator) ?? "1"
        let item = Build.bytes(2, [0x61]) + Build.bytes(2, [0x62]) + Build.bytes(16, Array(json.utf8))
        let typed = Build.bytes(1, [0x63]) + Build.varint(5, 7) + Build.double(6, 0.5) + Build.bytes(7, [0x22, 0x5C])
        let history = Build.bytes(1, item) + Build.bytes(1, typed) + Build.bytes(2, Build.varint(1, 9))
        let run = Build.bytes(8, [0x6E]) + Build.bytes(4, Build.bytes(1, item))
        return Bool.random(using: &generator) ? Build.bytes(2, history) : Build.bytes(17, run)
    }

    private static func damaged(_ message: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var message = message
        for _ in 0..<Int.random(in: 0...5, using: &generator) where !message.isEmpty {
            let at = Int.random(in: 0..<message.count, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: message[at] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 1: message[at] = UInt8.random(in: 0...255, using: &generator)
            case 2: message.remove(at: at)
            case 3:
                message.insert(
                    contentsOf: [UInt8](repeating: 0xFF, count: Int.random(in: 1...11, using: &generator)),
                    at: at
                )
            default: message.removeSubrange(at...)
            }
        }
        return message
    }
}
