/// A file of tensors: a safetensors file, a PyTorch `.pth`/`.pt` (zip or legacy), a NumPy `.npz`/`.npy` or a pickle of
/// arrays. Opening maps the file and reads its descriptions only; numbers are converted when they are asked for.
///
/// ```swift
/// let checkpoint = try Checkpoint.open("weights_44khz_8kbps_0.0.1.pth")
/// let alpha = try checkpoint.values(of: "state_dict.encoder.block.5.alpha")
/// ```
public struct Checkpoint: Sendable {
    /// Where it came from; nil for bytes in memory.
    public let path: String?
    /// What kind of file it is.
    public let format: CheckpointFormat
    /// Length of the file in bytes.
    public let byteCount: Int
    /// All tensors, in the order of the file.
    public let entries: [CheckpointEntry]
    /// Everything that is no tensor: DAC's `metadata`, hyperparameters, counters. In a safetensors file its text
    /// metadata.
    public let metadata: PickleValue
    /// The `config.json` beside the file, as Hugging Face models have one; nil without one.
    public let configuration: PickleValue?
    /// Remarks for people: unknown classes that were not run, repeated names, bytes that belong to nothing.
    public let notes: [String]
    /// Checks the parts of an archive; see `verify()`.
    private let archive: ZipArchive?
    private let positions: [String: Int]

    /// Opens a file, of whatever format it turns out to be. Costs no more than reading its table of contents.
    /// - Parameter path: a regular file.
    /// - Returns: the file's tensors and everything else in it.
    /// - Throws: `CheckpointError.inFile`, with the path and one sentence on what is wrong.
    public static func open(_ path: String) throws(CheckpointError) -> Checkpoint {
        let bytes: ByteRegion
        do {
            bytes = ByteRegion(try MemoryMap(path: path))
        } catch {
            throw CheckpointError.cannotOpen(reason: error.reason).about(path)
        }
        do {
            return try Checkpoint(bytes, path: path, configuration: HuggingFaceConfiguration.beside(path))
        } catch {
            throw error.about(path)
        }
    }

    /// Reads a file that is already in memory.
    /// - Parameter bytes: the whole file.
    /// - Throws: `CheckpointError`.
    public init(bytes: [UInt8]) throws(CheckpointError) {
        try self.init(ByteRegion(copying: bytes), path: nil, configuration: nil)
    }

    private init(_ bytes: ByteRegion, path: String?, configuration: PickleValue?) throws(CheckpointError) {
        let (format, contents, archive) = try CheckpointDetector.read(bytes)
        self.path = path
        self.format = format
        self.archive = archive
        self.configuration = configuration
        byteCount = bytes.count
        entries = contents.entries
        metadata = contents.metadata
        notes = contents.notes
        positions = Dictionary(uniqueKeysWithValues: contents.entries.enumerated().map { ($0.element.name, $0.offset) })
    }

    /// The tensor of that full name.
    public subscript(name: String) -> CheckpointEntry? { positions[name].map { entries[$0] } }

    /// All numbers of a tensor in row-major order, converted to float32.
    /// - Throws: `CheckpointError.missingTensor` with the closest names, or `.unreadableTensor`.
    public func values(of name: String) throws(CheckpointError) -> [Float] {
        let tensor = try tensorDescription(of: name)
        return try named(name) { () throws(CheckpointError) in try tensor.floats() }
    }

    /// All numbers of a tensor in row-major order as integers; see `StoredTensor.integers()`.
    /// - Throws: `CheckpointError.missingTensor` with the closest names, or `.unreadableTensor`.
    public func integers(of name: String) throws(CheckpointError) -> [Int64] {
        let tensor = try tensorDescription(of: name)
        return try named(name) { () throws(CheckpointError) in try tensor.integers() }
    }

    /// Writes all numbers of a tensor in row-major order, converted to float32, over `target`.
    /// - Throws: `CheckpointError.missingTensor`, `.unreadableTensor`, or `.wrongShape` unless `target` has as many
    ///   elements as the tensor.
    public func copy(_ name: String, into target: inout MutableSpan<Float>) throws(CheckpointError) {
        let tensor = try tensorDescription(of: name)
        do {
            try tensor.copy(into: &target)
        } catch {
            throw error.naming(name)
        }
    }

    /// Checks the checksums of an archive's parts, which takes one pass over the file. Other formats have none.
    /// - Returns: names of the parts that are damaged.
    /// - Throws: `CheckpointError` when a part can not be decompressed.
    public func verify() throws(CheckpointError) -> [String] {
        var damaged: [String] = []
        for entry in archive?.entries ?? [] where try !(archive?.isIntact(entry) ?? true) { damaged.append(entry.name) }
        return damaged
    }

    func tensorDescription(of name: String) throws(CheckpointError) -> StoredTensor {
        guard let entry = self[name] else {
            throw .missingTensor(name: name, closest: NameDistance.closest(to: name, in: entries.map(\.name)))
        }
        return entry.tensor
    }

    private func named<Value>(
        _ name: String,
        _ read: () throws(CheckpointError) -> Value
    ) throws(CheckpointError) -> Value {
        do {
            return try read()
        } catch {
            throw error.naming(name)
        }
    }
}

extension CheckpointError {
    /// The same error about the tensor of that name instead of its storage.
    func naming(_ name: String) -> CheckpointError {
        switch self {
        case .unreadableTensor(_, let reason): .unreadableTensor(name: name, reason: reason)
        case .wrongShape(_, let expected, let found): .wrongShape(name: name, expected: expected, found: found)
        default: self
        }
    }
}
