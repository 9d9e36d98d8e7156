/// Tells formats apart by their first bytes and calls the reader of the one found. File names play no part.
enum CheckpointDetector {
    static func read(
        _ bytes: ByteRegion
    ) throws(CheckpointError) -> (CheckpointFormat, CheckpointContents, ZipArchive?) {
        guard bytes.count > 0 else { throw .empty }
        if ZipArchive.begins(bytes) {
            let archive = try ZipArchive(bytes)
            if NumPyArchive.isOne(archive) { return (.numpyArchive, try NumPyArchive.contents(of: archive), archive) }
            return (.torchZip, try TorchArchive.read(archive), archive)
        }
        if NumPyArray.begins(bytes) {
            let array = try NumPyArray(bytes)
            return (.numpyArray, try array.contents, nil)
        }
        if SafeTensorsReader.begins(bytes) { return (.safetensors, try SafeTensorsReader.read(bytes), nil) }
        if bytes.matches(Array("ustar".utf8), at: 257) {
            throw .unsupported(
                reason: "a tar archive, as PyTorch wrote before version 0.1.10; save it again with a newer one"
            )
        }
        if let first = bytes.byte(at: 0), first == 0x80 || bytes.matches(Array("L1195470".utf8), at: 0) {
            return try readPickle(bytes)
        }
        throw .unrecognized(found: appearance(of: bytes))
    }

    private static func readPickle(
        _ bytes: ByteRegion
    ) throws(CheckpointError) -> (CheckpointFormat, CheckpointContents, ZipArchive?) {
        var position = 0
        let graph = try PickleMachine.read(bytes, at: &position)
        if TorchLegacyFile.isMagic(graph) {
            return (.torchLegacy, try TorchLegacyFile.read(bytes, from: position), nil)
        }
        let value = try PickleInterpreter.value(of: graph, size: position) {
            (_) throws(CheckpointError) -> StoredBytes in
            throw .unsupported(
                reason: "a pickle that refers to tensors outside of it, without PyTorch's frame around it"
            )
        }
        var contents = try TensorCollector.contents(of: value)
        contents.notes += PickleNotes.notes(on: graph)
        return (.pickle, contents, nil)
    }

    /// What an unknown file looks like.
    private static func appearance(of bytes: ByteRegion) -> String {
        let signatures: [([UInt8], String)] = [
            (Array("PK".utf8), "a damaged zip archive"), ([0x1F, 0x8B], "gzip data: decompress it first"),
            ([0x42, 0x5A, 0x68], "bzip2 data: decompress it first"),
            ([0xFD, 0x37, 0x7A], "xz data: decompress it first"),
            ([0x28, 0xB5, 0x2F, 0xFD], "zstd data: decompress it first"), ([0x89, 0x48, 0x44, 0x46], "an HDF5 file"),
            (Array("GGUF".utf8), "a GGUF file"), (Array("RIFF".utf8), "a WAV file"),
            (Array("fLaC".utf8), "a FLAC file"),
            (Array("OggS".utf8), "an Ogg file"), (Array("SQLite format 3".utf8), "an SQLite database"),
            (Array("version https://git-lfs".utf8), "a Git LFS pointer: fetch the file itself with 'git lfs pull'"),
            (Array("<!DOCTYPE".utf8), "a web page: the download did not give the file"),
            (Array("<html".utf8), "a web page: the download did not give the file"), (Array("{".utf8), "JSON text"),
        ]
        if let known = signatures.first(where: { bytes.matches($0.0, at: 0) }) { return known.1 }
        let head = bytes.bytes(at: 0, count: min(8, bytes.count)) ?? []
        if head.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x0A }) { return "text" }
        return "it begins with bytes "
            + head.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
    }
}

extension MemoryMap.Failure {
    /// For people.
    var reason: String {
        switch self {
        case .notARegularFile: "it is no regular file"
        case .system(let code): SystemErrorText.text(of: code)
        }
    }
}
