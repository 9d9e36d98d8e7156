/// What is wrong inside a `.dac` file, before its path is known.
enum DACFileProblem: Error {
    case notDAC(String)
    case version(String?)

    func about(_ path: String) -> DACFileError {
        switch self {
        case .notDAC(let reason): .notDAC(path: path, reason: reason)
        case .version(let found): .version(path: path, found: found)
        }
    }
}

/// From the Python dictionary `{codes, metadata: {input_db, original_length, sample_rate, chunk_length, channels,
/// padding, dac_version}}`. Integers of any width and NumPy's scalars are accepted, unknown keys ignored.
extension DACFile {
    init(_ array: NumPyArray) throws {
        guard let object = array.object, object.entries != nil else {
            throw DACFileProblem.notDAC("it is an array, not a dictionary of codes")
        }
        guard let metadata = object["metadata"], metadata.entries != nil else {
            throw DACFileProblem.notDAC("it has no metadata")
        }
        let version = metadata["dac_version"]?.text
        guard version == Self.supportedVersion else { throw DACFileProblem.version(version) }
        self.init(
            codes: try Self.codes(object["codes"]),
            chunkLength: try Self.integer("chunk_length", in: metadata),
            originalLength: try Self.integer("original_length", in: metadata),
            inputLoudness: try Self.loudness(metadata["input_db"]),
            channelCount: try Self.integer("channels", in: metadata),
            sampleRate: try Self.integer("sample_rate", in: metadata),
            isPadded: try Self.padding(metadata["padding"])
        )
        if let inconsistency { throw DACFileProblem.notDAC(inconsistency) }
    }

    private static func codes(_ value: PickleValue?) throws -> Codes {
        guard let tensor = value?.tensor, tensor.shape.count == 3, !tensor.elementType.isFloatingPoint,
            tensor.elementType != .boolean
        else { throw DACFileProblem.notDAC("its codes are no array of integers with three dimensions") }
        guard tensor.elementCount > 0 else { throw DACFileProblem.notDAC("there are no codes") }
        let values = try tensor.integers()
        if let code = values.first(where: { !(0...65_535 ~= $0) }) {
            throw DACFileProblem.notDAC("the code \(code) does not fit 16 bits")
        }
        return Codes(
            batch: tensor.shape[0],
            stages: tensor.shape[1],
            frames: tensor.shape[2],
            values: values.map { Int32($0) }
        )
    }

    private static func integer(_ key: String, in metadata: PickleValue) throws -> Int {
        guard let value = metadata[key] else { throw DACFileProblem.notDAC("its metadata has no '\(key)'") }
        if let integer = value.integer { return integer }
        if let tensor = value.tensor, tensor.elementCount == 1, !tensor.elementType.isFloatingPoint {
            return Int(try tensor.integers()[0])
        }
        throw DACFileProblem.notDAC("'\(key)' in its metadata is not an integer")
    }

    private static func loudness(_ value: PickleValue?) throws -> [Float] {
        if let tensor = value?.tensor, tensor.elementType.isFloatingPoint { return try tensor.floats() }
        if let number = value?.real { return [Float(number)] }
        throw DACFileProblem.notDAC("'input_db' in its metadata is not a level in dB")
    }

    private static func padding(_ value: PickleValue?) throws -> Bool {
        guard let padding = value?.boolean else {
            throw DACFileProblem.notDAC("'padding' in its metadata is not true or false")
        }
        return padding
    }
}
