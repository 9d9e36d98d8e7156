/// An audio file of an input.
struct SourceFile: Hashable {
    /// The input it was found in, absolute.
    let input: String
    /// Its path inside the input.
    let path: String
    /// Where it is.
    let location: String

    /// The folders on the way from the input to it.
    var folders: [String] { path.split(separator: "/").dropLast().map(String.init) }

    /// The folders without the one that names the speaker.
    func foldersBesideSpeaker(_ source: PreparationOptions.SpeakerSource) -> [String] {
        switch source {
        case .folder: Array(folders.dropFirst())
        case .parent: folders.dropLast()
        case .prefix: folders
        }
    }

    /// Its name before the last dot, and what follows the dot.
    var stemAndExtension: (stem: String, extension: String) {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return (String(name), "") }
        return (String(name[..<dot]), String(name[name.index(after: dot)...]))
    }

    /// Who speaks, `unknown` when the path does not say.
    func speaker(_ source: PreparationOptions.SpeakerSource) -> String {
        switch source {
        case .folder: return folders.first ?? "unknown"
        case .parent:
            return (folders.last ?? location.split(separator: "/").dropLast().last.map(String.init)) ?? "unknown"
        case .prefix:
            let stem = stemAndExtension.stem
            let prefix = stem.prefix { $0 != "_" && $0 != "-" }
            return prefix.isEmpty || prefix.count == stem.count ? "unknown" : String(prefix)
        }
    }
}
