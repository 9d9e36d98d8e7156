/// Codes of a signal in a NumPy archive (`.npz`), for models that `dac` does not know and for use in Python:
/// `numpy.load(path)["codes"]` is `int32 [items, stages, frames]`; the other arrays hold what a `.dac` file holds.
public enum CodeArchive {
    /// Writes the file at `path`, replacing what is there only once all is written.
    ///
    /// Throws `DACFileError` when the codes contradict themselves or the file cannot be written.
    public static func write(_ file: DACFile, to path: String) throws(DACFileError) {
        if let reason = file.inconsistency { throw .inconsistent(reason: reason) }
        var archive = NumPyArchiveWriter()
        archive.add("codes", file.codes.values, shape: file.codes.shape)
        archive.add("input_db", file.inputLoudness, shape: [file.inputLoudness.count])
        archive.add("chunk_length", [Int64(file.chunkLength)], shape: [])
        archive.add("original_length", [Int64(file.originalLength)], shape: [])
        archive.add("channels", [Int64(file.channelCount)], shape: [])
        archive.add("sample_rate", [Int64(file.sampleRate)], shape: [])
        archive.add("padding", [Int64(file.isPadded ? 1 : 0)], shape: [])
        do {
            let target = try AtomicFile(path: path)
            try target.append(archive.finished())
            try target.finish()
        } catch { throw .cannotWrite(path: path, reason: error.reason) }
    }

    /// Reads an archive written by ``write(_:to:)`` or by `numpy.savez` with the same names.
    ///
    /// Throws `CheckpointError` when it is no readable archive or lacks an array, `DACFileError` when its codes contradict themselves.
    public static func read(_ path: String) throws -> DACFile {
        let archive = try Checkpoint.open(path)
        func integers(_ name: String) throws -> [Int64] {
            guard let entry = archive[name] else {
                throw DACFileError.notDAC(path: path, reason: "it has no array '\(name)'")
            }
            guard !entry.elementType.isFloatingPoint else {
                throw DACFileError.notDAC(path: path, reason: "its array '\(name)' holds no integers")
            }
            do { return try archive.integers(of: name) } catch { throw error.about(path) }
        }
        func integer(_ name: String) throws -> Int {
            guard let value = try integers(name).first else {
                throw DACFileError.notDAC(path: path, reason: "its array '\(name)' is empty")
            }
            return Int(value)
        }
        let flat = try integers("codes")
        let shape = archive["codes"]?.shape ?? []
        guard shape.count == 3, !flat.isEmpty else {
            throw DACFileError.notDAC(
                path: path,
                reason: "its codes have the shape \(shape), not [items, stages, frames]"
            )
        }
        let values = flat.map { Int32(clamping: $0) }
        let file = DACFile(
            codes: Codes(batch: shape[0], stages: shape[1], frames: shape[2], values: values),
            chunkLength: try integer("chunk_length"),
            originalLength: try integer("original_length"),
            inputLoudness: archive["input_db"] == nil ? [.nan] : try archive.values(of: "input_db"),
            channelCount: try integer("channels"),
            sampleRate: try integer("sample_rate"),
            isPadded: try integer("padding") != 0
        )
        if let reason = file.inconsistency { throw DACFileError.notDAC(path: path, reason: reason) }
        return file
    }
}
