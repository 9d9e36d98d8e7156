/// The `config.json` that Hugging Face's `save_pretrained` writes beside the weights.
enum HuggingFaceConfiguration {
    /// Longest file that is taken for a configuration, in bytes.
    private static let longest = 1 << 20

    /// The configuration in the folder of the file at `path`; nil when there is none or it is no JSON object.
    static func beside(_ path: String) -> PickleValue? {
        let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? ""
        guard let map = try? MemoryMap(path: folder + "config.json"), map.count <= longest else { return nil }
        guard let value = try? JSONReader.value(of: ByteRegion(map)), value.entries != nil else { return nil }
        return value
    }
}
