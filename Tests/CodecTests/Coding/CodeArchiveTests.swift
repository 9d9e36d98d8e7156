import Codec
import Foundation
import Testing

/// `.npz` files of codes.
@Suite struct CodeArchiveTests {
    private func file(items: Int = 2) -> DACFile {
        DACFile(
            codes: Codes(batch: items, stages: 3, frames: 4, values: (0..<Int32(items * 12)).map { $0 * 85 % 1024 }),
            chunkLength: 4,
            originalLength: 321,
            inputLoudness: [-23.5],
            channelCount: items,
            sampleRate: 22_050,
            isPadded: false
        )
    }

    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "code-archive-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    @Test(arguments: [1, 2]) func whatIsWrittenIsRead(items: Int) throws {
        try withFolder { folder in
            let path = folder.appending(path: "codes.npz").path(percentEncoded: false)
            try CodeArchive.write(file(items: items), to: path)
            #expect(try CodeArchive.read(path) == file(items: items))
            let first = try Data(contentsOf: URL(filePath: path))
            try CodeArchive.write(file(items: items), to: path)
            #expect(try Data(contentsOf: URL(filePath: path)) == first)
        }
    }

    @Test func aSilentSignalsLoudnessSurvives() throws {
        try withFolder { folder in
            let path = folder.appending(path: "codes.npz").path(percentEncoded: false)
            var silent = file()
            silent.inputLoudness = [.nan]
            try CodeArchive.write(silent, to: path)
            #expect(try CodeArchive.read(path).inputLoudness.first?.isNaN == true)
        }
    }

    @Test func everyCutIsOneError() throws {
        try withFolder { folder in
            let path = folder.appending(path: "codes.npz").path(percentEncoded: false)
            try CodeArchive.write(file(), to: path)
            let whole = try Data(contentsOf: URL(filePath: path))
            for length in stride(from: 0, to: whole.count, by: 7) {
                try whole.prefix(length).write(to: URL(filePath: path))
                #expect(throws: (any Error).self) { try CodeArchive.read(path) }
            }
        }
    }

    @Test func codesThatContradictThemselvesAreNotWritten() throws {
        try withFolder { folder in
            var broken = file()
            broken.chunkLength = 0
            let path = folder.appending(path: "codes.npz").path(percentEncoded: false)
            #expect(throws: DACFileError.self) { try CodeArchive.write(broken, to: path) }
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }
}
