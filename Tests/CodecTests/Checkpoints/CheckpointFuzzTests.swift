import Codec
import Testing

/// Changed copies of real files, the same ones in every run: reading them may fail, but never crash.
struct CheckpointFuzzTests {
    @Test(
        arguments: [
            "types.safetensors", "rare.pth", "types_legacy.pth", "streamed.npz", "arrays_compressed.npz", "arrays.pkl",
            "codes.npy",
            "malicious.pth", "deflated.pth", "views.pth",
        ])
    func changedFilesNeverCrash(file: String) throws {
        let original = try CheckpointFixture.bytes(file)
        var random = RandomSource(seed: UInt64(original.count))
        var failures = 0
        let rounds = 400
        for _ in 0..<rounds {
            var bytes = original
            for _ in 0..<Int.random(in: 1...3, using: &random) { change(&bytes, using: &random) }
            do {
                let checkpoint = try Checkpoint(bytes: bytes)
                let inspection = checkpoint.inspect()
                #expect(inspection.tensors.count == checkpoint.entries.count)
                for entry in checkpoint.entries where entry.tensor.elementCount < 10_000 {
                    _ = try? entry.tensor.integers()
                    _ = try? entry.tensor.tensor()
                }
                _ = checkpoint.metadata.description
                _ = try? checkpoint.verify()
            } catch {
                failures += 1
                #expect(!error.description.isEmpty)
            }
        }
        // Most changes are noticed; values and unused bytes may change without harm.
        #expect(failures > 0 && failures <= rounds)
    }

    private func change(_ bytes: inout [UInt8], using random: inout RandomSource) {
        guard !bytes.isEmpty else { return }
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<7, using: &random) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...16, using: &random)))
        case 3:
            let added = (0..<Int.random(in: 1...8, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random)
            }
            bytes.insert(contentsOf: added, at: place)
        case 4:
            let number = [0, 0x7F, 0xFFFF, 0x7FFF_FFFF, 1 << 40, Int.max, -1].randomElement(using: &random) ?? 0
            for byte in 0..<8 where place + byte < bytes.count {
                bytes[place + byte] = UInt8(truncatingIfNeeded: number >> (8 * byte))
            }
        case 5: bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
        default:  // the checksums of a zip go, so that what is inside is reached
            for start in bytes.indices.dropLast(20) where bytes[start] == 0x50 && bytes[start + 1] == 0x4B {
                if bytes[start + 2] == 1 { bytes.replaceSubrange((start + 16)..<(start + 20), with: [0, 0, 0, 0]) }
            }
            bytes[place] = UInt8.random(in: 0...255, using: &random)
        }
    }
}
