import Foundation

/// What earlier runs left in an output folder.
struct EarlierWork: Sendable {
    private let sources: [PreparationManifest.Source]
    private let places: [Place: Int]

    /// A source's place.
    private struct Place: Hashable {
        let input: String
        let path: String
    }

    /// What the manifest and the journal of a run after it hold.
    init(_ manifest: [PreparationManifest.Source], _ journal: [PreparationManifest.Source]) {
        sources = manifest + journal
        var places: [Place: Int] = [:]
        for (index, source) in sources.enumerated() { places[Place(input: source.input, path: source.path)] = index }
        self.places = places
    }

    /// What is known of a file.
    subscript(file: SourceFile) -> PreparationManifest.Source? {
        places[Place(input: file.input, path: file.path)].map { sources[$0] }
    }

    /// What was made of a file, if it would be the same again and is still there; its stamps brought up to date.
    func reusable(
        _ file: SourceFile,
        stamp: FileStamp,
        recipe: String,
        expectedPath: (Int) -> String,
        in folder: OutputFolder
    ) -> PreparationManifest.Source? {
        guard var source = self[file], source.recipe == recipe, source.stamp?.sha256 == stamp.sha256,
            source.rejection != .duplicate, source.rejection != nil || !source.outputs.isEmpty
        else { return nil }
        source.stamp = stamp
        for index in source.outputs.indices {
            let output = source.outputs[index]
            guard output.path == expectedPath(index), let location = folder.location(of: output.path),
                let confirmed = output.stamp.confirmed(at: location)
            else { return nil }
            source.outputs[index].stamp = confirmed
        }
        return source
    }

    /// Removes files that earlier runs made of sources which are still there, and which are not made of them any more; returns how many.
    func removeOutputs(notIn now: [PreparationManifest.Source], folder: OutputFolder) -> Int {
        let present = Set(now.map { Place(input: $0.input, path: $0.path) })
        let kept = Set(now.flatMap(\.outputs).map(\.path))
        let stale = sources.filter { present.contains(Place(input: $0.input, path: $0.path)) }
            .flatMap(\.outputs).map(\.path).filter { !kept.contains($0) }
        return Set(stale).sorted().count { path in
            guard let location = folder.location(of: path) else { return false }
            return (try? FileManager.default.removeItem(atPath: location)) != nil
        }
    }

    /// Sources that are not among those of now, as absolute paths, sorted.
    func vanished(from now: [PreparationManifest.Source]) -> [String] {
        let present = Set(now.map { Place(input: $0.input, path: $0.path) })
        return places.keys.filter { !present.contains($0) }.map { $0.input + "/" + $0.path }.sorted()
    }
}
