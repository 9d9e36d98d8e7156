/// What the files made from sources are called: `SPEAKER/NAME`, no two alike, the same in every run over the same sources.
enum OutputNames {
    /// The name of each source without extension, relative to the output folder.
    ///
    /// A file keeps its own name where it can. Sources that would share one get their folders' names in front, then their extensions behind,
    /// then a digest of their paths. Names that differ in case alone count as alike: some file systems do not tell them apart.
    static func assign(_ sources: [SourceFile], speaker: PreparationOptions.SpeakerSource) -> [String] {
        var detail = [Int](repeating: 0, count: sources.count)
        while true {
            let names = zip(sources, detail).map { name(of: $0, speaker: speaker, detail: $1) }
            let keys = names.map { $0.lowercased() }
            var counts: [String: Int] = [:]
            for key in keys { counts[key, default: 0] += 1 }
            let alike = sources.indices.filter { counts[keys[$0], default: 0] > 1 && detail[$0] < 3 }
            if alike.isEmpty { return names }
            for index in alike { detail[index] += 1 }
        }
    }

    /// The path of a file: `SPEAKER/NAME.wav`, or `SPEAKER/NAME-0001.wav` for the first segment.
    static func path(_ name: String, index: Int, options: PreparationOptions) -> String {
        let digits = String(index + 1)
        let number = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return options.segment == nil
            ? "\(name).\(options.format.rawValue)" : "\(name)-\(number).\(options.format.rawValue)"
    }

    /// One of the names a source may get; with more detail they become longer.
    private static func name(
        of source: SourceFile,
        speaker: PreparationOptions.SpeakerSource,
        detail: Int
    ) -> String {
        let (stem, fileExtension) = source.stemAndExtension
        var parts = [stem]
        if detail >= 1 { parts = source.foldersBesideSpeaker(speaker) + parts }
        if detail >= 2 { parts.append(fileExtension) }
        if detail >= 3 { parts.append(SafeName.digest(source.input + "/" + source.path)) }
        return SafeName.make(source.speaker(speaker)) + "/" + SafeName.make(parts.joined(separator: "-"))
    }
}
