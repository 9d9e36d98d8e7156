public import Codec
public import Foundation

/// Reference values made by PyTorch: a `.safetensors` file of `Fixtures/goldens`.
public struct Golden {
    /// The file's string metadata.
    public let metadata: [String: String]
    private let tensors: [String: Tensor]

    /// The folder `Fixtures`. This file is Tests/CodecTestSupport/Golden.swift; Tests may be a symbolic link.
    public static let fixtures = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

    /// Reads `Fixtures/goldens/<name>.safetensors`. Integer tensors become floats, exact below 2²⁴.
    public init(_ name: String) throws {
        let data = try [UInt8](Data(contentsOf: Self.fixtures.appending(path: "goldens/\(name).safetensors")))
        let headerLength = Int(data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
        let header = try JSONSerialization.jsonObject(with: Data(data[8..<(8 + headerLength)])) as? [String: Any] ?? [:]
        metadata = header["__metadata__"] as? [String: String] ?? [:]
        var tensors: [String: Tensor] = [:]
        for (key, value) in header where key != "__metadata__" {
            guard let entry = value as? [String: Any], let shape = entry["shape"] as? [Int],
                let offsets = entry["data_offsets"] as? [Int], let type = entry["dtype"] as? String
            else { throw GoldenError.malformed(key) }
            let bytes = data[(8 + headerLength + offsets[0])..<(8 + headerLength + offsets[1])]
            tensors[key] = Tensor(try Self.floats(Array(bytes), type: type), shape: shape)
        }
        self.tensors = tensors
    }

    /// The names of all tensors, sorted.
    public var names: [String] { tensors.keys.sorted() }

    /// The tensor of this name; throws when the file has none.
    public func callAsFunction(_ name: String) throws -> Tensor {
        guard let tensor = tensors[name] else { throw GoldenError.missing(name) }
        return tensor
    }

    /// The tensors whose names begin with `prefix`, without it, as a state dictionary sorted by name.
    public func stateDictionary(prefix: String) -> StateDictionary {
        StateDictionary(
            names.filter { $0.hasPrefix(prefix) }.compactMap { name in
                tensors[name].map { (String(name.dropFirst(prefix.count)), $0) }
            }
        )
    }

    private static func floats(_ bytes: [UInt8], type: String) throws -> [Float] {
        func read<T: BitwiseCopyable>(_: T.Type) -> [T] {
            bytes.withUnsafeBytes { raw in
                (0..<(raw.count / MemoryLayout<T>.size)).map {
                    raw.loadUnaligned(fromByteOffset: $0 * MemoryLayout<T>.size, as: T.self)
                }
            }
        }
        switch type {
        case "F32": return read(Float.self)
        case "F64": return read(Double.self).map(Float.init)
        case "I32": return read(Int32.self).map(Float.init)
        case "I64": return read(Int64.self).map(Float.init)
        default: throw GoldenError.type(type)
        }
    }
}

/// Why a golden file could not be used.
public enum GoldenError: Error {
    /// No tensor of this name.
    case missing(String)
    /// An entry without shape, type or offsets.
    case malformed(String)
    /// A type that goldens do not use.
    case type(String)
}
