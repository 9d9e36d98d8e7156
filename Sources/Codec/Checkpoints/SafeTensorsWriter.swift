/// Writes safetensors files: deterministic byte for byte, and whole or not at all.
public enum SafeTensorsWriter {
    /// A tensor to write.
    public struct Item: Sendable {
        /// The numbers, row-major.
        public enum Values: Sendable {
            case float32([Float])
            case int32([Int32])
            case int64([Int64])
            /// Numbers as they are in another checkpoint, whatever their type.
            case stored(StoredTensor)
        }

        /// Name, unique in the file.
        public let name: String
        /// Lengths of the dimensions.
        public let shape: [Int]
        /// As many numbers as the shape has elements.
        public let values: Values

        /// A tensor with its name.
        public init(name: String, shape: [Int], values: Values) {
            self.name = name
            self.shape = shape
            self.values = values
        }

        /// A tensor of another checkpoint, with its type.
        public init(name: String, tensor: StoredTensor) {
            self.init(name: name, shape: tensor.shape, values: .stored(tensor))
        }

        var elementType: StoredElementType {
            switch values {
            case .float32: .float32
            case .int32: .int32
            case .int64: .int64
            case .stored(let tensor): tensor.elementType
            }
        }

        var count: Int {
            switch values {
            case .float32(let values): values.count
            case .int32(let values): values.count
            case .int64(let values): values.count
            case .stored(let tensor): tensor.elementCount
            }
        }
    }

    /// Writes a file, replacing what is there only when all is written.
    ///
    /// Tensors are ordered by the size of their numbers, the largest first, then by name, so that all numbers are aligned
    /// and the bytes depend on nothing but the arguments. NaN and infinity are written as they are.
    /// - Parameters:
    ///   - items: tensors with different names.
    ///   - metadata: texts by key; written sorted by key.
    ///   - path: where to; its folder must exist.
    /// - Throws: `CheckpointError.cannotWrite`, `.diskFull`, or `.wrongShape` when a tensor has not as many numbers as its shape.
    public static func write(_ items: [Item], metadata: [String: String] = [:], to path: String) throws(CheckpointError)
    {
        try write(items.map(Part.init), metadata: metadata, to: path)
    }

    /// The same with tensors, whose numbers are copied one tensor at a time.
    static func write(
        _ tensors: [(name: String, tensor: Tensor)],
        metadata: [String: String],
        to path: String
    ) throws(CheckpointError) {
        try write(tensors.map(Part.init), metadata: metadata, to: path)
    }

    /// What the file says about a tensor, and how its numbers get there.
    private struct Part {
        let name: String
        let shape: [Int]
        let elementType: StoredElementType
        let count: Int
        let append: (AtomicFile) throws(FileFailure) -> Void

        init(_ item: Item) {
            name = item.name
            shape = item.shape
            elementType = item.elementType
            count = item.count
            append = { (file) throws(FileFailure) in
                switch item.values {
                case .float32(let values): try file.append(values)
                case .int32(let values): try file.append(values)
                case .int64(let values): try file.append(values)
                case .stored(let tensor): try tensor.append(to: file)
                }
            }
        }

        init(_ entry: (name: String, tensor: Tensor)) {
            name = entry.name
            shape = entry.tensor.shape
            elementType = .float32
            count = entry.tensor.count
            append = { (file) throws(FileFailure) in try file.append(entry.tensor.values) }
        }
    }

    private static func write(_ parts: [Part], metadata: [String: String], to path: String) throws(CheckpointError) {
        do throws(CheckpointError) {
            let ordered = try order(parts)
            let header = try header(of: ordered, metadata: metadata)
            do throws(FileFailure) {
                let file = try AtomicFile(path: path)
                try file.append(header)
                for part in ordered { try part.append(file) }
                try file.finish()
            } catch {
                throw CheckpointError(error)
            }
        } catch {
            throw error.about(path)
        }
    }

    private static func order(_ items: [Part]) throws(CheckpointError) -> [Part] {
        var names: Set<String> = []
        for item in items {
            guard names.insert(item.name).inserted, item.name != "__metadata__" else {
                throw .cannotWrite(reason: "two tensors are named '\(item.name)'")
            }
            guard StoredTensor.product(item.shape) == item.count else {
                throw .wrongShape(name: item.name, expected: item.shape, found: [item.count])
            }
            guard item.elementType.byteCount != nil else {
                throw .cannotWrite(reason: "tensor '\(item.name)' has numbers of unknown size (\(item.elementType))")
            }
        }
        return items.sorted { a, b in
            (-(a.elementType.byteCount ?? 0), a.name) < (-(b.elementType.byteCount ?? 0), b.name)
        }
    }

    private static func header(of items: [Part], metadata: [String: String]) throws(CheckpointError) -> [UInt8] {
        var fields: [String] = []
        if !metadata.isEmpty {
            let pairs = metadata.sorted { $0.key < $1.key }.map {
                "\(JSONString.quoted($0.key)):\(JSONString.quoted($0.value))"
            }
            fields.append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
        }
        var begin = 0
        for item in items {
            let end = begin + item.count * (item.elementType.byteCount ?? 0)
            let shape = item.shape.map(String.init).joined(separator: ",")
            let type = JSONString.quoted(item.elementType.safetensorsName)
            fields.append(
                "\(JSONString.quoted(item.name)):{\"dtype\":\(type),\"shape\":[\(shape)],\"data_offsets\":[\(begin),\(end)]}"
            )
            begin = end
        }
        var text = Array("{\(fields.joined(separator: ","))}".utf8)
        text += [UInt8](repeating: 0x20, count: (8 - text.count % 8) % 8)
        guard text.count <= SafeTensorsReader.longestHeader else {
            throw .cannotWrite(reason: "its header is too long")
        }
        let length = UInt64(text.count)
        return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) } + text
    }
}

extension CheckpointError {
    /// The error of a file that was not written.
    init(_ failure: FileFailure) { self = failure.isOutOfSpace ? .diskFull : .cannotWrite(reason: failure.reason) }
}
