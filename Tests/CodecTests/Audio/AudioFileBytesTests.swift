import Codec
import Foundation
import Testing

struct AudioFileBytesTests {
    private let flac = AudioFixtures.path("telugu/boat.flac")

    @Test func bytesInMemoryDecodeAsTheFile() throws {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: flac)))
        #expect(try AudioFile.read(bytes: bytes, name: "boat") == AudioFile.read(flac))
    }

    @Test func noBytesAndNoAudioAreErrorsThatNameThem() throws {
        #expect(throws: AudioFileError.empty(path: "nothing")) { try AudioFile.read(bytes: [], name: "nothing") }
        let error = #expect(throws: AudioFileError.self) {
            try AudioFile.read(bytes: [UInt8](repeating: 7, count: 1000), name: "noise")
        }
        #expect(error.map(String.init(describing:))?.contains("noise") == true)
    }

    @Test func bytesThatEndTooEarlyAreCorrupt() throws {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: flac)).prefix(20_000))
        #expect(throws: AudioFileError.self) { try AudioFile.read(bytes: bytes, name: "half") }
    }
}
