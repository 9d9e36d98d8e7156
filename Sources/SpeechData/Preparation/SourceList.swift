/// The audio files of all inputs.
struct SourceList {
    /// Files in the order of inputs and paths.
    private(set) var files: [SourceFile] = []
    /// What could not be listed, with the reason.
    private(set) var problems: [(file: SourceFile, reason: String)] = []

    /// Lists inputs, files or folders. Throws ``PreparationError``.
    init(_ inputs: [String]) throws(PreparationError) {
        for input in inputs {
            let root = AudioFileTree.resolved(input)
            do {
                let tree = try AudioFileTree(root)
                files += tree.files.map { SourceFile(input: root, path: $0, location: root + "/" + $0) }
                problems += tree.problems.map { problem in
                    let file = SourceFile(input: root, path: problem.path, location: root + "/" + problem.path)
                    return (file, problem.reason)
                }
            } catch {
                guard case .notAFolder = error else { throw .missing(path: input) }
                // The name the user gave, not that of a file it links to.
                let name = input.split(separator: "/").last.map(String.init) ?? input
                files.append(SourceFile(input: root, path: name, location: root))
            }
        }
        guard !files.isEmpty else { throw .nothing(inputs: inputs) }
        // An input named twice is read once.
        var seen: Set<SourceFile> = []
        files = files.filter { seen.insert($0).inserted }
    }
}
