import Codec
import CodecTestSupport
import Foundation
import Testing

struct DACFileTests {
    private let example = DACFile(
        codes: Codes(batch: 2, stages: 2, frames: 3, values: [0, 1, 65_535, 7, 256, 1_023, 3, 2, 1, 1, 1, 1]),
        chunkLength: 3,
        originalLength: 1 << 40,
        inputLoudness: [-23.4375],
        channelCount: 2,
        sampleRate: 44_100,
        isPadded: false
    )

    @Test(arguments: ["whole", "chunks", "stereo", "extreme"])
    func filesWrittenByDACAreRead(name: String) throws {
        let golden = try Golden("audio")
        let file = try DACFile(contentsOf: AudioFixtures.path("dac/\(name).dac"))
        let codes = try golden("dac.\(name).codes")
        #expect(file.codes.shape == codes.shape)
        #expect(file.codes.values.map { Float($0) } == codes.values)
        let numbers = [
            file.chunkLength, file.originalLength, file.channelCount, file.sampleRate, file.isPadded ? 1 : 0,
        ]
        #expect(numbers.map { Float($0) } == (try golden("dac.\(name).numbers").values))
        #expect(file.inputLoudness == (try golden("dac.\(name).loudness").values))
    }

    @Test(arguments: ["whole", "chunks", "stereo", "extreme"])
    func writtenFilesHoldTheSame(name: String) throws {
        let folder = try TestFolder()
        let file = try DACFile(contentsOf: AudioFixtures.path("dac/\(name).dac"))
        try file.write(to: folder.file("x.dac"))
        #expect(try DACFile(contentsOf: folder.file("x.dac")) == file)
        #expect(try folder.contents == ["x.dac"])
    }

    @Test func otherWaysToSaveTheSameAreReadToo() throws {
        let whole = try DACFile(contentsOf: AudioFixtures.path("dac/whole.dac"))
        #expect(try DACFile(contentsOf: AudioFixtures.path("dac/variant.dac")) == whole)
    }

    @Test func everyFieldSurvives() throws {
        #expect(try DACFile(bytes: example.bytes()) == example)
        var odd = example
        odd.inputLoudness = [.nan, -.infinity]
        let back = try DACFile(bytes: odd.bytes())
        #expect(back.inputLoudness[0].isNaN && back.inputLoudness[1] == -.infinity)
    }

    /// Byte for byte what loads in NumPy 1 and 2: a change here has to be tried in Python again.
    @Test func theFileBeginsAsNumPyExpects() throws {
        let bytes = try example.bytes()
        #expect(Array(bytes.prefix(10)) == [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0])
        #expect(bytes[127] == 10 && bytes[128] == 0x80 && bytes[129] == 3 && bytes.last == UInt8(ascii: "."))
        let header = String(decoding: bytes[10..<127], as: UTF8.self)
        #expect(header.hasPrefix("{'descr': '|O', 'fortran_order': False, 'shape': (), }"))
    }

    @Test(
        arguments: [
            { $0.codes = Codes(batch: 0, stages: 0, frames: 0, values: []) },
            { $0.codes = Codes(batch: 2, stages: 1, frames: 1, values: [65_536, 0]) },
            { $0.codes = Codes(batch: 2, stages: 1, frames: 1, values: [0, -1]) }, { $0.channelCount = 3 },
            { $0.channelCount = 0 }, { $0.chunkLength = 0 },
            { $0.originalLength = -1 }, { $0.sampleRate = 0 }, { $0.inputLoudness = [] },
        ] as [@Sendable (inout DACFile) -> Void]
    )
    func contradictionsAreNotWritten(change: @Sendable (inout DACFile) -> Void) {
        var file = example
        change(&file)
        #expect(throws: DACFileError.self) { try file.bytes() }
    }

    @Test func otherFilesAreRefusedInASentence() throws {
        let speech = AudioFixtures.path("telugu/boat.flac")
        let error = #expect(throws: DACFileError.self) { try DACFile(contentsOf: speech) }
        #expect("\(try #require(error))".contains("cannot be read as a .dac file"))
        #expect(throws: DACFileError.self) { try DACFile(contentsOf: speech + ".missing") }
        #expect(throws: DACFileError.self) { try DACFile(contentsOf: AudioFixtures.path("dac")) }
        #expect(throws: DACFileError.self) { try DACFile(bytes: []) }
    }

    @Test func anotherVersionIsNamed() throws {
        let bytes = try example.bytes()
        let text = Array("1.0.0".utf8)
        let position = try #require((0..<(bytes.count - 5)).first { Array(bytes[$0..<($0 + 5)]) == text })
        var other = bytes
        other[position] = UInt8(ascii: "2")
        #expect(throws: DACFileError.version(path: "x", found: "2.0.0")) { try DACFile(bytes: other, name: "x") }
    }

    @Test(arguments: ["whole", "variant"])
    func truncatedAndMutatedFilesNeverStopTheProgram(name: String) throws {
        let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: AudioFixtures.path("dac/\(name).dac"))))
        for length in stride(from: 0, to: bytes.count, by: 7) {
            #expect(throws: DACFileError.self) { try DACFile(bytes: Array(bytes.prefix(length))) }
        }
        var random = RandomSource(seed: 61)
        for _ in 0..<2_000 {
            var mutated = bytes
            for _ in 0..<(1 + Int(random.next() % 4)) {
                // The codes are most of the file but cannot break it: change what describes them.
                let reach = random.next() % 4 == 0 ? mutated.count : 500
                let position = Int(random.next() % UInt64(reach))
                let offset = random.next() % 2 == 0 ? position : mutated.count - 1 - position
                mutated[offset] = UInt8(truncatingIfNeeded: random.next())
            }
            do { _ = try DACFile(bytes: mutated) } catch { #expect(!"\(error)".isEmpty) }
        }
    }
}
