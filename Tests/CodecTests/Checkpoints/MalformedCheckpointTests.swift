import Codec
import Foundation
import Testing

/// Broken and hostile files: each gives one clear error, or works; none crashes, hangs or takes much memory.
struct MalformedCheckpointTests {
    /// The error that bytes give; nil when they can be read.
    private func failure(_ bytes: [UInt8]) -> CheckpointError? {
        do {
            _ = try Checkpoint(bytes: bytes).inspect()
            return nil
        } catch {
            return error
        }
    }

    private func expect(_ bytes: [UInt8], says text: String, line: SourceLocation = #_sourceLocation) {
        let message = failure(bytes)?.description
        #expect(message?.contains(text) == true, "\(message ?? "no error")", sourceLocation: line)
    }

    @Test(arguments: ["types.safetensors", "streamed.npz", "arrays.pkl", "codes.npy", "malicious.pth", "rare.pth"])
    func aFileCutAnywhereIsOneErrorOrWorks(file: String) throws {
        let whole = try CheckpointFixture.bytes(file)
        for length in 0..<whole.count {
            let cut = Array(whole[..<length])
            #expect(failure(cut) != nil, "\(file) cut to \(length) bytes was read")
        }
    }

    @Test func aLegacyFileCutAnywhereIsOneErrorOrWorks() throws {
        let whole = try CheckpointFixture.bytes("types_legacy.pth")
        for length in 0..<whole.count {
            #expect(failure(Array(whole[..<length])) != nil, "cut to \(length) bytes it was read")
        }
    }

    @Test func filesThatAreNoCheckpointsAreNamed() throws {
        expect([], says: "is empty")
        expect(Array("hello, world".utf8), says: "(text)")
        expect([0, 1, 2, 3], says: "it begins with bytes 00 01 02 03")
        expect([0x1F, 0x8B] + [UInt8](repeating: 0, count: 40), says: "gzip")
        expect(Array("version https://git-lfs.github.com/spec/v1".utf8), says: "git lfs pull")
        expect(Array("<!DOCTYPE html><title>404</title>".utf8), says: "web page")
        expect(
            [UInt8](repeating: 0, count: 257) + Array("ustar".utf8) + [UInt8](repeating: 0, count: 250),
            says: "tar archive"
        )
    }

    @Test func pathsThatCanNotBeReadAreNamed() throws {
        try ScratchFolder.with { folder in
            for (path, reason) in [
                (folder, "no regular file"), (folder + "/none.pth", "No such file"), ("/dev/zero", "no regular"),
            ] {
                var message = ""
                do { _ = try Checkpoint.open(path) } catch { message = "\(error)" }
                #expect(message.hasPrefix(path + ": ") && message.contains(reason), "\(message)")
            }
            let empty = folder + "/empty.pth"
            try Data().write(to: URL(fileURLWithPath: empty))
            #expect(throws: CheckpointError.inFile(path: empty, .empty)) { try Checkpoint.open(empty) }
        }
    }

    // MARK: safetensors

    private func safetensors(_ header: String, data: Int = 0, length: UInt64? = nil) -> [UInt8] {
        let text = Array(header.utf8)
        let length = length ?? UInt64(text.count)
        return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) } + text
            + [UInt8](repeating: 0, count: data)
    }

    @Test(arguments: [UInt64(1) << 63, .max, .max - 7, 1 << 40, 100_000_001, 1000])
    func aHeaderOfImpossibleLengthIsRefused(length: UInt64) {
        let message = failure(safetensors("{}", length: length))?.description ?? ""
        #expect(message.contains("header") && message.contains("\(length)"), "\(message)")
    }

    @Test(
        arguments: [
            (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4, "has 4 bytes, but float32 [2] needs 8"),
            (
                #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
                4, "overlaps"
            ),
            (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8, "hole"),
            (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 8, "belong to none"),
            (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 2, "cut short"),
            (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4, "goes from byte 4 to 0"),
            (
                #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
                8, "'a' occurs twice"
            ),
            (#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4, "negative length"),
            (#"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}"#, 4, "more elements than"),
            (#"{"a":{"dtype":"F32","shape":[4294967296,4294967296,0],"data_offsets":[0,0]}}"#, 0, "more elements than"),
            (
                #"{"a":{"dtype":"XX","shape":[1099511627776],"data_offsets":[0,4]}}"#, 4,
                "more than its 4 bytes can hold"
            ),
            (#"{"a":{"dtype":"F32","shape":"x","data_offsets":[0,4]}}"#, 4, "lacks a dtype, a shape"),
            (#"{"a":7}"#, 0, "lacks a dtype"), (#"[1]"#, 0, "no checkpoint"), (#"{"a":}"#, 0, "no JSON"),
            (#"{"a":1e999999}"#, 0, "lacks a dtype"), (#"{"__metadata__":{"k":7}}"#, 0, "not text only"),
            (#"{"a":"\u{1}"}"#, 0, "control character"), (#"{"a":"\q"}"#, 0, "unknown escape"),
            (#"{"a":tru}"#, 0, "'tru' is no value"),
            (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,9223372036854775807]}}"#, 4, "cut short"),
            (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,9223372036854775808]}}"#, 4, "lacks a dtype"),
        ])
    func aBrokenSafetensorsHeaderIsOneClearError(header: String, data: Int, text: String) {
        expect(safetensors(header.replacingOccurrences(of: "\\u{1}", with: "\u{1}"), data: data), says: text)
    }

    @Test func textThatIsNotUTF8AndDeepNestingAreErrors() {
        var bytes = safetensors(#"{"a":"??"}"#)
        bytes[bytes.count - 4] = 0xFF
        expect(bytes, says: "not UTF-8")
        let deep = #"{"a":"# + String(repeating: "[", count: 100_000)
        expect(safetensors(deep), says: "nested more than")
    }

    // MARK: Pickles

    private func pickle(_ body: [UInt8]) -> [UInt8] { [0x80, 4] + body + [UInt8(ascii: ".")] }

    @Test func aPickleNestedVeryDeeplyIsRefused() {
        let depth = 100_000
        let list =
            [UInt8](repeating: UInt8(ascii: "]"), count: depth)
            + [UInt8](repeating: UInt8(ascii: "a"), count: depth - 1)
        expect(pickle(list), says: "nested more than 200 deep")
        expect(pickle([UInt8(ascii: "N")] + [UInt8](repeating: 0x85, count: depth)), says: "nested more than 200 deep")
    }

    @Test func aValueThatContainsItselfIsMarked() throws {
        // l = []; l.append(l); d = {}; d['d'] = d
        let list = pickle([UInt8(ascii: "]"), 0x94, UInt8(ascii: "h"), 0, UInt8(ascii: "a")])
        #expect(try Checkpoint(bytes: list).metadata.description == "[<cycle>]")
        let dictionary = pickle([
            UInt8(ascii: "}"), 0x94, UInt8(ascii: "K"), 7, UInt8(ascii: "h"), 0, UInt8(ascii: "s"),
        ])
        #expect(try Checkpoint(bytes: dictionary).metadata.description == "{7: <cycle>}")
    }

    @Test func sharedValuesThatWouldFillTheMemoryAreRefused() {
        // Each list holds the one before it ten times: 10³⁰ values from 700 bytes.
        var body: [UInt8] = [UInt8(ascii: "]"), UInt8(ascii: "q"), 0]
        for level in 0..<30 {
            body += [UInt8(ascii: "("), UInt8(ascii: "h"), UInt8(level)]
            body +=
                [UInt8](repeating: UInt8(ascii: "2"), count: 9) + [
                    UInt8(ascii: "l"), UInt8(ascii: "q"), UInt8(level + 1),
                ]
        }
        expect(pickle(body), says: "repeats shared values")
    }

    @Test func callsThatCopyASharedListManyTimesAreRefused() {
        var body: [UInt8] = [UInt8(ascii: "(")] + [UInt8](repeating: UInt8(ascii: "N"), count: 100_000)
        body += [UInt8(ascii: "l"), 0x85, UInt8(ascii: "q"), 0]
        body += [UInt8(ascii: "c")] + Array("builtins\nset\n".utf8) + [UInt8(ascii: "q"), 1, UInt8(ascii: "(")]
        for _ in 0..<50_000 { body += [UInt8(ascii: "h"), 1, UInt8(ascii: "h"), 0, UInt8(ascii: "R")] }
        body += [UInt8(ascii: "l")]
        expect(pickle(body), says: "repeats shared values")
    }

    @Test(
        arguments: [
            ([], "ends without a value"), ([0x94], "stack is empty"), ([UInt8(ascii: "h"), 9], "refers to value 9"),
            ([UInt8(ascii: "t")], "no mark"),
            ([UInt8(ascii: "("), UInt8(ascii: "N"), UInt8(ascii: "d")], "a key without a value"),
            ([UInt8(ascii: "N"), UInt8(ascii: "N"), UInt8(ascii: "a")], "no list"), ([0xFF], "unknown opcode 255"),
            ([UInt8(ascii: "N"), UInt8(ascii: "N"), UInt8(ascii: "N"), UInt8(ascii: "s")], "no dictionary"),
            ([UInt8(ascii: "X"), 0xFF, 0xFF, 0xFF, 0xFF], "cut short"),
            ([0x8E, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], "cut short"),
            ([0x8D, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], "cut short"),
            ([0x8B, 0, 0, 0, 0x80], "cut short"),
            ([0x95, 0, 0, 0, 0, 0, 0, 0, 1], "cut short"), ([0x80, 9], "protocol 9"), ([0x97], "buffers are outside"),
            ([UInt8(ascii: "N"), UInt8(ascii: "N"), 0x93], "no text"),
            ([UInt8(ascii: "I"), 0x78, 0x0A], "'x' is no integer"),
            ([UInt8(ascii: "F"), 0x78, 0x0A], "'x' is no number"), ([UInt8(ascii: "S"), 0x78, 0x0A], "without quotes"),
        ] as [([UInt8], String)]
    )
    func aBrokenPickleIsOneClearError(body: [UInt8], text: String) {
        expect(pickle(body), says: text)
    }

    // MARK: PyTorch

    /// A zip archive of stored files, as PyTorch writes it but without checksums.
    private func zip(_ files: [(name: String, bytes: [UInt8])], change: (inout [UInt8]) -> Void = { _ in }) -> [UInt8] {
        func little(_ value: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        var archive: [UInt8] = []
        var directory: [UInt8] = []
        for (name, bytes) in files {
            let sizes = little(0, 4) + little(bytes.count, 4) + little(bytes.count, 4) + little(name.utf8.count, 2)
            directory +=
                [0x50, 0x4B, 1, 2] + little(0, 6) + little(0, 6) + sizes + little(0, 12) + little(archive.count, 4)
            directory += Array(name.utf8)
            archive += [0x50, 0x4B, 3, 4] + little(0, 10) + sizes + little(0, 2) + Array(name.utf8) + bytes
        }
        let start = archive.count
        archive += directory
        archive += [0x50, 0x4B, 5, 6] + little(0, 4) + little(files.count, 2) + little(files.count, 2)
        archive += little(directory.count, 4) + little(start, 4) + little(0, 2)
        change(&archive)
        return archive
    }

    /// A pickle of one tensor.
    private func tensorPickle(offset: String, shape: String, strides: String, count: Int = 4) -> [UInt8] {
        let text = """
            (dp0
            S'w'
            ctorch._utils
            _rebuild_tensor_v2
            ((S'storage'
            ctorch
            FloatStorage
            S'0'
            S'cpu'
            I\(count)
            tQ\(offset)(\(shape)t(\(strides)tI00
            Nt
            """
        // The line end behind each number is part of it; the calls follow without one.
        return [0x80, 2] + Array((text.replacingOccurrences(of: "Nt", with: "NtRs") + ".").utf8)
    }

    private func torch(offset: String = "I0\n", shape: String, strides: String, count: Int = 4, bytes: Int = 16)
        -> [UInt8]
    {
        zip([
            ("m/data.pkl", tensorPickle(offset: offset, shape: shape, strides: strides, count: count)),
            ("m/data/0", [UInt8](repeating: 0, count: bytes)),
        ])
    }

    @Test func aHandMadeArchiveIsRead() throws {
        let checkpoint = try Checkpoint(bytes: torch(shape: "I2\nI2\n", strides: "I1\nI2\n"))
        #expect(checkpoint["w"]?.shape == [2, 2] && checkpoint["w"]?.tensor.strides == [1, 2])
    }

    @Test(
        arguments: [
            ("I0\n", "I5\n", "I1\n", 4, 16, "needs elements up to 4 of a storage of 4"),
            ("I4\n", "I1\n", "I1\n", 4, 16, "needs elements up to 4 of a storage of 4"),
            ("I0\n", "I2\n", "I4\n", 4, 16, "needs elements up to 4 of a storage of 4"),
            ("I0\n", "I-1\n", "I1\n", 4, 16, "negative length"), ("I0\n", "I2\n", "I-1\n", 4, 16, "negative stride"),
            ("I-1\n", "I2\n", "I1\n", 4, 16, "negative stride or offset"),
            ("I0\n", "I2\n", "I1\nI1\n", 4, 16, "1 dimensions but 2 strides"),
            ("I0\n", "I1099511627776\n", "I0\n", 4, 16, "repeated to 1099511627776"),
            ("I0\n", "I4611686018427387904\nI4\n", "I1\nI1\n", 4, 16, "more elements than can be counted"),
            ("I0\n", "I3\nI3\n", "I9223372036854775807\nI9223372036854775807\n", 4, 16, "needs elements up to"),
            ("I9223372036854775807\n", "I2\n", "I1\n", 4, 16, "needs elements up to"),
            ("I0\n", "I4\n", "I1\n", 4, 15, "needs 4 numbers of 4"), ("I0\n", "S'x'\n", "I1\n", 4, 16, "no integers"),
            ("I0\n", "I4\n", "I1\n", -1, 16, ""),
        ])
    func aTensorOutsideItsStorageIsOneClearError(
        offset: String,
        shape: String,
        strides: String,
        count: Int,
        bytes: Int,
        text: String
    ) throws {
        let archive = torch(offset: offset, shape: shape, strides: strides, count: count, bytes: bytes)
        if text.isEmpty {
            // A storage described wrongly is kept as data, not as a tensor.
            #expect(try Checkpoint(bytes: archive).entries.isEmpty)
        } else {
            expect(archive, says: text)
        }
    }

    @Test func brokenArchivesAreOneClearErrorEach() throws {
        let good = [("m/data.pkl", tensorPickle(offset: "I0\n", shape: "I4\n", strides: "I1\n"))]
        expect(zip(good), says: "storage 'm/data/0' is missing")
        expect(zip([("other", [1, 2])]), says: "no data.pkl; it holds 'other'")
        expect(zip([]), says: "no data.pkl; it holds nothing")
        expect(zip(good + good), says: "two entries are named")
        let storage = [("m/data/0", [UInt8](repeating: 0, count: 16))]
        expect(zip(good + storage + [("m/byteorder", Array("big".utf8))]), says: "big-endian")
        let changes: [(String, String, (inout [UInt8], Int) -> Void)] = [
            ("the place of an entry", "is not where", { $0[$1 + 42] = 7 }),
            ("a name", "another name", { $0[$1 + 46] = UInt8(ascii: "x") }),
            ("the method", "method 12", { $0[$1 + 10] = 12 }),
            ("encryption", "encrypted", { $0[$1 + 8] = 1 }),
            ("one size", "two different sizes", { $0[$1 + 20] &+= 1 }),
            (
                "both sizes", "which are not in the file",
                {
                    $0[$1 + 22] = 1; $0[$1 + 26] = 1
                }
            ),
            ("the record", "ends early", { $0[$1] = 0 }),
            ("a name's length", "ends early", { $0[$1 + 29] = 0xFF }),
            ("deflated", "does not decompress", { $0[$1 + 10] = 8 }),
        ]
        for (what, text, change) in changes {
            let bytes = zip(good + storage) { archive in
                let place = archive.indices.first { archive[$0...].starts(with: [0x50, 0x4B, 1, 2]) } ?? 0
                change(&archive, place)
            }
            expect(bytes, says: text)
            #expect(failure(bytes) != nil, "\(what)")
        }
        let ends: [(String, (inout [UInt8]) -> Void)] = [
            (
                "can not hold 65534 entries",
                {
                    $0[$0.count - 12] = 0xFE; $0[$0.count - 11] = 0xFF
                }
            ),
            ("which is not in the file", { $0[$0.count - 6] = 0xFF }), ("directory is missing", { $0.removeLast() }),
            ("directory is missing", { $0.append(0) }), ("split over several", { $0[$0.count - 18] = 1 }),
        ]
        for (text, change) in ends { expect(zip(good + storage, change: change), says: text) }
    }

    @Test func entriesThatOverlapAreRefused() {
        // Two directory records that point at the same local header need the same name; a wider first entry hides the second.
        let bytes = zip([("a.npy", [UInt8](repeating: 0, count: 60)), ("b.npy", [1])]) { archive in
            let place = archive.indices.first { archive[$0...].starts(with: [0x50, 0x4B, 1, 2]) } ?? 0
            for field in [20, 24] { archive[place + field] = 70 }
        }
        expect(bytes, says: "overlaps")
    }

    @Test func aDamagedStorageIsFoundByVerifying() throws {
        var bytes = try CheckpointFixture.bytes("views.pth")
        let checkpoint = try Checkpoint(bytes: bytes)
        #expect(try checkpoint.verify().isEmpty)
        let place = try #require(bytes.indices.first { bytes[$0...].starts(with: Array("views/data/0".utf8)) })
        bytes[place + 200] ^= 1
        #expect(try Checkpoint(bytes: bytes).verify() == ["views/data/0"])
    }

    @Test func aDamagedPickleIsFoundOnOpening() throws {
        var bytes = try CheckpointFixture.bytes("views.pth")
        let place = try #require(bytes.indices.first { bytes[$0...].starts(with: Array("transposed".utf8)) })
        bytes[place] = UInt8(ascii: "T")
        expect(bytes, says: "the checksum of 'views/data.pkl' is wrong")
    }

    // MARK: NumPy

    private func npy(_ header: String, data: Int = 0, version: UInt8 = 1) -> [UInt8] {
        let length = header.utf8.count
        let size = [UInt8(length & 0xFF), UInt8(length >> 8)] + (version == 1 ? [] : [0, 0])
        return [0x93] + Array("NUMPY".utf8) + [version, 0] + size + Array(header.utf8)
            + [UInt8](repeating: 0, count: data)
    }

    @Test func brokenArraysAreOneClearErrorEach() throws {
        let good = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }"
        #expect(failure(npy(good, data: 8)) == nil)
        #expect(failure(npy(good, data: 8, version: 2)) == nil)
        expect(npy(good, data: 7), says: "needs elements up to 1 of a storage of 1")
        expect(npy(good, data: 8, version: 9), says: "version 9")
        expect(npy("{'descr': '<f4', 'fortran_order': False, }"), says: "lacks descr")
        expect(npy("{'descr': '<f4', 'descr': '<f4'}"), says: "repeats 'descr'")
        expect(npy("{'descr': [('a', '<f4')]}"), says: "records")
        expect(npy("{'shape': (-2,)}"), says: "no tuple of lengths")
        expect(npy("{'shape': (99999999999999999999,)}"), says: "no tuple of lengths")
        expect(npy("{'x': 1}"), says: "unknown key 'x'")
        expect(npy("{'descr"), says: "ends inside a string")
        expect(npy("{'fortran_order': Maybe}"), says: "neither True nor False")
        expect(npy("{'descr': '<f4', 'fortran_order': True, 'shape': (4294967296, 4294967296)}"), says: "more elements")
        let big = npy("{'descr': '>f4', 'fortran_order': False, 'shape': (1,)}", data: 4)
        #expect(throws: CheckpointError.self) { try Checkpoint(bytes: big).values(of: "array") }
        expect(npy("{'descr': '|O', 'fortran_order': False, 'shape': ()}", data: 9), says: "pickle")
    }

    @Test func anArchiveThatDecompressesWithoutEndIsRefused() throws {
        // Its directory says that 50 bytes become 2 GB.
        var bytes = try CheckpointFixture.bytes("arrays_compressed.npz")
        let place = try #require(bytes.indices.first { bytes[$0...].starts(with: [0x50, 0x4B, 1, 2]) })
        bytes[place + 27] = 0x7F
        expect(bytes, says: "would decompress to")
    }
}
