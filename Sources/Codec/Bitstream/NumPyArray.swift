/// One array in NumPy's `.npy` format (versions 1 to 3): a magic word, a header in Python's notation, the numbers.
/// Arrays of Python objects, as DAC's `.dac` files, hold a pickle; it is read as data.
public struct NumPyArray: Sendable {
    /// Longest header, in bytes; NumPy's own limit for files that are not trusted.
    static let longestHeader = 10_000

    /// The numbers; nil for an array of Python objects.
    public let tensor: StoredTensor?
    /// The value of an array of Python objects without dimensions, or the list of its elements; nil for numbers.
    public let object: PickleValue?
    /// Remarks for people on what a pickle refers to.
    public let notes: [String]

    /// Reads the bytes of an `.npy` or `.dac` file.
    /// - Parameter bytes: the whole file.
    /// - Throws: `CheckpointError`.
    public init(bytes: [UInt8]) throws(CheckpointError) { try self.init(ByteRegion(copying: bytes)) }

    /// Maps and reads an `.npy` or `.dac` file.
    /// - Parameter path: a regular file.
    /// - Throws: `CheckpointError.inFile`.
    public init(contentsOf path: String) throws(CheckpointError) {
        let bytes: ByteRegion
        do {
            bytes = ByteRegion(try MemoryMap(path: path))
        } catch {
            throw CheckpointError.cannotOpen(reason: error.reason).about(path)
        }
        do throws(CheckpointError) {
            guard bytes.count > 0 else { throw CheckpointError.empty }
            try self.init(bytes)
        } catch {
            throw error.about(path)
        }
    }

    /// Whether bytes begin like an `.npy` file.
    static func begins(_ bytes: ByteRegion) -> Bool { bytes.matches(magic, at: 0) }

    static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

    init(_ bytes: ByteRegion, name: String = "array", index: Int = 0) throws(CheckpointError) {
        guard Self.begins(bytes), let version = bytes.byte(at: 6) else {
            throw Self.broken("it does not begin with NumPy's magic word")
        }
        guard (1...3).contains(version) else { throw .unsupported(reason: "a NumPy file of version \(version)") }
        let lengthSize = version == 1 ? 2 : 4
        let length =
            version == 1
            ? bytes.integer(at: 8, as: UInt16.self).map { Int($0) }
            : bytes.integer(at: 8, as: UInt32.self).map { Int($0) }
        guard let length else { throw Self.broken("it is cut short") }
        guard length <= Self.longestHeader else { throw .tooLarge(reason: "its NumPy header is \(length) bytes long") }
        guard let text = bytes.slice(at: 8 + lengthSize, count: length) else { throw Self.broken("it is cut short") }
        let header = try NumPyHeader(text)
        let start = 8 + lengthSize + length
        guard let data = bytes.slice(at: start, count: bytes.count - start) else {
            throw Self.broken("it is cut short")
        }

        if header.description == "|O" || header.description == "O" {
            var position = 0
            let graph = try PickleMachine.read(data, at: &position)
            object = try PickleInterpreter.value(of: graph, size: position) {
                (_) throws(CheckpointError) -> StoredBytes in
                throw .unsupported(reason: "a NumPy file that refers to PyTorch tensors")
            }
            notes = PickleNotes.notes(on: graph)
            tensor = nil
            return
        }
        do {
            tensor = try StoredTensor(
                elementType: StoredElementType(numpyDescription: header.description),
                shape: header.shape,
                strides: header.isColumnMajor ? StoredTensor.columnMajorStrides(header.shape) : nil,
                storage: StoredBytes(index: index, name: name, bytes: data)
            )
            object = nil
            notes = []
        } catch {
            throw Self.broken("array '\(name)' \(error.reason)")
        }
    }

    /// As the contents of a checkpoint: one tensor, or those in its object.
    var contents: CheckpointContents {
        get throws(CheckpointError) {
            guard let object else {
                var contents = CheckpointContents()
                if let tensor { contents.add("array", tensor) }
                return contents
            }
            var contents = try TensorCollector.contents(of: object)
            contents.notes += notes
            return contents
        }
    }

    static func broken(_ reason: String) -> CheckpointError { .malformed(format: "NumPy", reason: reason) }
}
