import Codec
import Foundation
import Testing

/// Files of `Fixtures/checkpoints`.
enum CheckpointFixture {
    static let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures/checkpoints")

    static func path(_ name: String) -> String { folder.appending(path: name).path }

    static func open(_ name: String) throws -> Checkpoint { try Checkpoint.open(path(name)) }

    static func bytes(_ name: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(fileURLWithPath: path(name))))
    }

    /// What PyTorch says is in it.
    static func expected(_ name: String) throws -> Checkpoint { try open("\(name).expected.safetensors") }

    /// Names and shapes of a model.
    static func shapes(_ name: String) throws -> [(name: String, shape: [Int])] {
        let text = try String(contentsOfFile: path("\(name).shapes.txt"), encoding: .utf8)
        return text.split(separator: "\n").map { line in
            let parts = line.split(separator: " ")
            return (String(parts[0]), parts.count > 1 ? parts[1].split(separator: "x").compactMap { Int($0) } : [])
        }
    }

    /// Records an issue for every tensor that differs from what is expected.
    static func expectEqual(_ found: Checkpoint, _ expected: Checkpoint) throws {
        #expect(
            found.entries.filter { $0.elementType.isReadable }.map(\.name).sorted()
                == expected.entries.map(\.name).sorted()
        )
        for entry in expected.entries {
            let tensor = try #require(found[entry.name]?.tensor, "\(entry.name) is missing")
            #expect(tensor.shape == entry.shape, "\(entry.name)")
            if entry.elementType == .int64 {
                #expect(try tensor.integers() == entry.tensor.integers(), "\(entry.name)")
            } else {
                #expect(bits(try tensor.floats()) == bits(try entry.tensor.floats()), "\(entry.name)")
            }
        }
    }

    /// Bit patterns, with one pattern for every NaN.
    static func bits(_ values: [Float]) -> [UInt32] { values.map { $0.isNaN ? 0x7FC0_0000 : $0.bitPattern } }
}
