/// Reads safetensors: eight bytes with the length of a JSON header, the header, and the numbers one behind another.
/// The header must describe every byte exactly once, as the reference implementation demands.
enum SafeTensorsReader {
    /// Longest header, in bytes; the reference implementation's.
    static let longestHeader = 100_000_000

    /// Whether the file begins like one. A broken header length still counts when it is followed by `{`.
    static func begins(_ bytes: ByteRegion) -> Bool { bytes.byte(at: 8) == UInt8(ascii: "{") }

    /// The entries, in the order of their bytes, and the metadata.
    static func read(_ bytes: ByteRegion) throws(CheckpointError) -> CheckpointContents {
        guard let length = bytes.integer(at: 0, as: UInt64.self) else { throw broken("it is shorter than 8 bytes") }
        guard length <= UInt64(longestHeader) else {
            throw broken("its header would be \(length) bytes long, more than the allowed \(longestHeader)")
        }
        guard let header = bytes.slice(at: 8, count: Int(length)),
            let data = bytes.slice(at: 8 + Int(length), count: bytes.count - 8 - Int(length))
        else {
            throw broken("its header of \(length) bytes does not fit into a file of \(bytes.count); it is cut short")
        }
        let fields: PickleValue
        do {
            fields = try JSONReader.value(of: header)
        } catch {
            throw broken("its header is no JSON: \(error.reason) at byte \(error.offset)")
        }
        guard case .dictionary(let entries) = fields else { throw broken("its header is no JSON object") }

        var metadata: [PickleEntry] = []
        var descriptions: [Description] = []
        for entry in entries {
            let name = entry.key.text ?? ""
            if name == "__metadata__" {
                guard let pairs = entry.value.entries, pairs.allSatisfy({ $0.value.text != nil }) else {
                    throw broken("its metadata are not text only")
                }
                metadata = pairs
            } else {
                descriptions.append(try Description(name: name, fields: entry.value))
            }
        }
        // Empty tensors begin where the next one does, so the end decides between equal beginnings.
        descriptions.sort { ($0.begin, $0.end, $0.name) < ($1.begin, $1.end, $1.name) }
        var contents = CheckpointContents(metadata: .dictionary(metadata))
        var next = 0
        for (index, description) in descriptions.enumerated() {
            guard description.begin == next else {
                let what = description.begin < next ? "overlaps the one before it" : "leaves a hole before it"
                throw broken("tensor '\(description.name)' \(what)")
            }
            guard let numbers = data.slice(at: description.begin, count: description.end - description.begin) else {
                throw broken(
                    "tensor '\(description.name)' ends at byte \(description.end) of \(data.count); the file is cut short"
                )
            }
            contents.add(description.name, try description.tensor(index: index, bytes: numbers))
            next = description.end
        }
        guard next == data.count else {
            throw broken("\(data.count - next) bytes behind the last tensor belong to none")
        }
        return contents
    }

    private static func broken(_ reason: String) -> CheckpointError {
        .malformed(format: "safetensors", reason: reason)
    }

    /// One tensor's entry in the header.
    private struct Description {
        let name: String
        let elementType: StoredElementType
        let shape: [Int]
        let begin: Int
        let end: Int

        init(name: String, fields: PickleValue) throws(CheckpointError) {
            guard let type = fields["dtype"]?.text, let shape = fields["shape"]?.integers,
                let offsets = fields["data_offsets"]?.integers, offsets.count == 2, let begin = offsets.first,
                let end = offsets.last
            else { throw broken("tensor '\(name)' lacks a dtype, a shape or its data_offsets") }
            guard begin >= 0, begin <= end else {
                throw broken("tensor '\(name)' goes from byte \(begin) to \(end)")
            }
            self.name = name
            elementType = StoredElementType(safetensorsName: type)
            self.shape = shape
            self.begin = begin
            self.end = end
        }

        func tensor(index: Int, bytes: ByteRegion) throws(CheckpointError) -> StoredTensor {
            if let size = elementType.byteCount, let count = StoredTensor.product(shape), shape.allSatisfy({ $0 >= 0 }),
                count * size != bytes.count
            {
                throw broken(
                    "tensor '\(name)' has \(bytes.count) bytes, but \(elementType) \(shape) needs \(count * size)"
                )
            }
            do {
                return try StoredTensor(
                    elementType: elementType,
                    shape: shape,
                    storage: StoredBytes(index: index, name: name, bytes: bytes)
                )
            } catch {
                throw broken("tensor '\(name)' \(error.reason)")
            }
        }
    }
}
