/// Reads what `torch.package` writes, as DAC's `package.pth`: a zip archive of source files, which are left alone, of
/// pickles anywhere, and of storages `NAME/.data/KEY.storage`.
enum TorchPackage {
    /// Most pickles that are read.
    private static let mostPickles = 64

    /// The folder of a package, with its slash; nil when the archive is none.
    static func folder(of archive: ZipArchive) -> String? {
        let mark = ".data/extern_modules"
        return archive.entries.first { $0.name.hasSuffix(mark) }.map { String($0.name.dropLast(mark.count)) }
    }

    /// Everything in the package's pickles, each under its file's name: `DAC.pth` gives `DAC`, `DAC.metadata` `metadata`.
    static func read(_ archive: ZipArchive, folder: String) throws(CheckpointError) -> CheckpointContents {
        let storages = StorageTable()
        var values: [PickleEntry] = []
        var notes: [String] = []
        for entry in archive.entries where !entry.name.hasPrefix(folder + ".data/") && !entry.name.hasSuffix(".py") {
            guard values.count < mostPickles, try archive.contents(of: entry).byte(at: 0) == 0x80 else { continue }
            let (value, remarks) = try TorchArchive.value(of: entry, in: archive, storages: storages) {
                "\(folder).data/\($0).storage"
            }
            values.append(PickleEntry(key: .text(key(of: entry.name)), value: value))
            notes += remarks.filter { !notes.contains($0) }
        }
        guard !values.isEmpty else {
            throw .malformed(format: "PyTorch package", reason: "no pickle is in it")
        }
        var contents = try TensorCollector.contents(of: .dictionary(values))
        contents.notes += notes
        return contents
    }

    private static func key(of name: String) -> String {
        let file = String(name.split(separator: "/").last ?? "")
        for ending in [".pth", ".pt", ".pkl"] where file.hasSuffix(ending) {
            return String(file.dropLast(ending.count))
        }
        return String(file.split(separator: ".").last ?? "")
    }
}
