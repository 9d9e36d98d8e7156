import Codec
import Foundation
import Testing

struct SafeTensorsWriterTests {
    private let items: [SafeTensorsWriter.Item] = [
        .init(name: "z", shape: [2, 2], values: .float32([1, .nan, -.infinity, 4])),
        .init(name: "counts", shape: [3], values: .int64([1, -2, .max])),
        .init(name: "a \"quoted\" ✓\n", shape: [], values: .float32([-0.0])),
        .init(name: "empty", shape: [0, 5], values: .int32([])),
    ]

    @Test func whatIsWrittenIsRead() throws {
        try ScratchFolder.with { folder in
            let path = folder + "/a.safetensors"
            try SafeTensorsWriter.write(items, metadata: ["note": "tab\t\u{1}", "b": "2"], to: path)
            let read = try Checkpoint.open(path)
            #expect(read.entries.map(\.name) == ["counts", "a \"quoted\" ✓\n", "empty", "z"])
            #expect(read.metadata["note"]?.text == "tab\t\u{1}")
            #expect(try read.integers(of: "counts") == [1, -2, .max])
            #expect(
                try CheckpointFixture.bits(read.values(of: "z")) == CheckpointFixture.bits([1, .nan, -.infinity, 4])
            )
            #expect(try read.values(of: "a \"quoted\" ✓\n")[0].sign == .minus)
            #expect(read["empty"]?.shape == [0, 5])
            #expect(try ScratchFolder.contents(folder) == ["a.safetensors"])
        }
    }

    @Test func theOrderOfArgumentsDoesNotChangeAByte() throws {
        try ScratchFolder.with { folder in
            try SafeTensorsWriter.write(items, metadata: ["a": "1", "b": "2"], to: folder + "/1")
            try SafeTensorsWriter.write(items.reversed(), metadata: ["b": "2", "a": "1"], to: folder + "/2")
            let first = try Data(contentsOf: URL(fileURLWithPath: folder + "/1"))
            #expect(try first == Data(contentsOf: URL(fileURLWithPath: folder + "/2")))
            let header = first.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
            #expect(header % 8 == 0)
        }
    }

    @Test(arguments: ["types.pth", "views.pth", "types_legacy.pth", "rare.pth"])
    func tensorsOfAnotherCheckpointKeepTheirTypeAndBits(file: String) throws {
        try ScratchFolder.with { folder in
            let original = try CheckpointFixture.open(file)
            let path = folder + "/copy.safetensors"
            try SafeTensorsWriter.write(
                original.entries.filter { $0.elementType.isReadable }.map { .init(name: $0.name, tensor: $0.tensor) },
                to: path
            )
            let copy = try Checkpoint.open(path)
            for entry in original.entries where entry.elementType.isReadable {
                let tensor = try #require(copy[entry.name]?.tensor)
                #expect(tensor.elementType == entry.elementType && tensor.shape == entry.shape)
                #expect(try CheckpointFixture.bits(tensor.floats()) == CheckpointFixture.bits(entry.tensor.floats()))
            }
        }
    }

    @Test func anUnwritablePlaceIsOneClearErrorAndLeavesNothing() throws {
        try ScratchFolder.with { folder in
            let path = folder + "/missing/a.safetensors"
            #expect(throws: CheckpointError.inFile(path: path, .cannotWrite(reason: "No such file or directory"))) {
                try SafeTensorsWriter.write(items, to: path)
            }
            #expect(throws: CheckpointError.self) { try SafeTensorsWriter.write(items, to: folder) }
            #expect(throws: CheckpointError.self) { try SafeTensorsWriter.write(items + items, to: folder + "/b") }
            let wrong = [SafeTensorsWriter.Item(name: "x", shape: [3], values: .float32([1]))]
            #expect(throws: CheckpointError.self) { try SafeTensorsWriter.write(wrong, to: folder + "/b") }
            let remains = try ScratchFolder.contents(folder)
            #expect(remains.isEmpty)
        }
    }

    @Test func aStateDictionaryIsWrittenAndLoaded() throws {
        try ScratchFolder.with { folder in
            let path = folder + "/weights.safetensors"
            let original = try CheckpointFixture.open("dac.pth").stateDictionary()
            try original.write(to: path, metadata: ["step": "7"])
            let read = try Checkpoint.open(path)
            #expect(read.metadata["step"]?.text == "7")
            let weights = try read.stateDictionary()
            #expect(weights.entries.count == original.entries.count)
            for (name, tensor) in original.entries { #expect(weights[name]?.values == tensor.values) }
        }
    }
}
