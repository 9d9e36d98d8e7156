/// Reads what `torch.save` writes since PyTorch 1.6: a zip archive with a pickle `NAME/data.pkl` and the storages
/// `NAME/data/KEY`, all stored without compression.
enum TorchArchive {
    static func read(_ archive: ZipArchive) throws(CheckpointError) -> CheckpointContents {
        if let folder = TorchPackage.folder(of: archive) { return try TorchPackage.read(archive, folder: folder) }
        guard let pickle = archive.entries.first(where: { $0.name == "data.pkl" || $0.name.hasSuffix("/data.pkl") })
        else {
            throw .malformed(format: "PyTorch zip", reason: "it has no data.pkl; it holds \(listing(archive))")
        }
        let folder = String(pickle.name.dropLast("data.pkl".count))
        if let order = archive[folder + "byteorder"] {
            let text = try archive.contents(of: order)
            guard text.repairedText(at: 0, count: text.count) != "big" else {
                throw .unsupported(reason: "its numbers are big-endian")
            }
        }
        let storages = StorageTable()
        let (value, notes) = try value(of: pickle, in: archive, storages: storages) { "\(folder)data/\($0)" }
        var contents = try TensorCollector.contents(of: value)
        contents.notes += notes
        return contents
    }

    /// The value of one pickle of an archive, and notes on it. `storageName` gives the name of a storage's entry.
    static func value(
        of pickle: ZipArchive.Entry,
        in archive: ZipArchive,
        storages: StorageTable,
        storageName: @escaping (String) -> String
    ) throws(CheckpointError) -> (PickleValue, [String]) {
        guard try archive.isIntact(pickle) else {
            throw .malformed(
                format: "PyTorch zip",
                reason: "the checksum of '\(pickle.name)' is wrong; the file is damaged"
            )
        }
        let bytes = try archive.contents(of: pickle)
        var position = 0
        let graph = try PickleMachine.read(bytes, at: &position)
        let value = try PickleInterpreter.value(of: graph, size: bytes.count) {
            (reference) throws(CheckpointError) -> StoredBytes in
            try storages.storage(reference.key) { (index) throws(CheckpointError) -> StoredBytes in
                guard let entry = archive[storageName(reference.key)] else {
                    throw .malformed(
                        format: "PyTorch zip",
                        reason: "storage '\(storageName(reference.key))' is missing"
                    )
                }
                let contents = try archive.contents(of: entry)
                if let size = reference.elementType?.byteCount, contents.count / size < reference.count {
                    throw .malformed(
                        format: "PyTorch zip",
                        reason:
                            "storage '\(entry.name)' has \(contents.count) bytes, needs \(reference.count) numbers of \(size)"
                    )
                }
                return StoredBytes(index: index, name: reference.key, bytes: contents)
            }
        }
        return (value, PickleNotes.notes(on: graph))
    }

    private static func listing(_ archive: ZipArchive) -> String {
        guard !archive.entries.isEmpty else { return "nothing" }
        let names = archive.entries.prefix(5).map { "'\($0.name)'" }.joined(separator: ", ")
        return archive.entries.count > 5 ? names + " and \(archive.entries.count - 5) more" : names
    }
}

/// Storages by key, numbered in the order of first use. A class, since the interpreter's resolver is shared.
final class StorageTable {
    private var storages: [String: StoredBytes] = [:]

    func storage(
        _ key: String,
        make: (Int) throws(CheckpointError) -> StoredBytes
    ) throws(CheckpointError) -> StoredBytes {
        if let known = storages[key] { return known }
        let storage = try make(storages.count)
        storages[key] = storage
        return storage
    }
}
