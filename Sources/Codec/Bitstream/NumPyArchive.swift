/// NumPy's `.npz` format: a zip archive of `.npy` files, stored (`savez`) or deflated (`savez_compressed`).
enum NumPyArchive {
    /// Whether an archive is one: all its files are arrays.
    static func isOne(_ archive: ZipArchive) -> Bool {
        !archive.entries.isEmpty && archive.entries.allSatisfy { $0.name.hasSuffix(".npy") }
    }

    /// The arrays under their names without `.npy`.
    static func contents(of archive: ZipArchive) throws(CheckpointError) -> CheckpointContents {
        var contents = CheckpointContents()
        var metadata: [PickleEntry] = []
        for (index, entry) in archive.entries.enumerated() {
            let name = String(entry.name.dropLast(4))
            let bytes = try archive.contents(of: entry)
            if entry.isDeflated, CyclicRedundancyCheck.checksum(bytes) != entry.checksum {
                throw .malformed(format: "NumPy archive", reason: "the checksum of '\(entry.name)' is wrong")
            }
            let array = try NumPyArray(bytes, name: name, index: index)
            if let tensor = array.tensor {
                contents.add(name, tensor)
            } else if let object = array.object {
                metadata.append(PickleEntry(key: .text(name), value: object))
                contents.notes += array.notes
            }
        }
        contents.metadata = .dictionary(metadata)
        return contents
    }
}
