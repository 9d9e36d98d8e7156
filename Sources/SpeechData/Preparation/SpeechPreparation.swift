import Foundation
import Synchronization

/// Makes training data from folders of recordings: mono, one sample rate, trimmed, levelled, cut, by speaker, with a manifest.
///
/// Inputs are never changed. A run that was killed goes on where it was; a run over prepared data does what has changed since.
/// Memory does not grow with the length of recordings. Files are prepared on ``Compute/threads`` threads; the result does not depend on
/// their number.
public struct SpeechPreparation: Sendable {
    /// Files and folders to read; folders with everything below them.
    public let inputs: [String]
    /// The folder to write.
    public let output: String
    /// What becomes of the recordings.
    public let options: PreparationOptions

    /// What was done.
    public struct Result: Sendable {
        /// What the output folder holds.
        public let manifest: PreparationManifest
        /// Sources whose files were there already.
        public let reusedCount: Int
        /// Sources of earlier runs that are not there any more, with their inputs, as absolute paths. Their files stay in the output
        /// folder and are no longer part of the data.
        public let vanished: [String]
        /// Files of earlier runs that were removed because their sources gave others.
        public let removedCount: Int
    }

    /// A preparation of these inputs.
    public init(inputs: [String], output: String, options: PreparationOptions = PreparationOptions()) {
        self.inputs = inputs
        self.output = output
        self.options = options
    }

    /// Prepares. `progress` hears the share done, 0…1, from any thread.
    ///
    /// Throws ``PreparationError``, or ``SpeechDataError`` for a manifest of an earlier run that cannot be used. Recordings that cannot be
    /// used are in the manifest with the reason; when none can be, the manifest has no outputs.
    public func run(progress: @escaping @Sendable (Double) -> Void = { _ in }) throws -> Result {
        try options.validate()
        guard !inputs.isEmpty else { throw PreparationError.nothing(inputs: []) }
        let list = try SourceList(inputs)
        let folder = try OutputFolder(output, inputs: inputs)
        let journal = try PreparationJournal(folder: folder.path)
        folder.removePartialFiles()
        let earlier = EarlierWork(try PreparationManifest.read(folder: folder.path)?.sources ?? [], journal.sources())
        let sizes = list.files.map { FileStamp.attributes($0.location)?.bytes ?? 0 }
        let meter = ProgressMeter(sizes: sizes, progress: progress)

        let stamps = try ParallelWork.map(list.files.count) { index in
            let file = list.files[index]
            let stamp = earlier[file]?.stamp?.confirmed(at: file.location) ?? FileStamp(file.location)
            meter.looked(at: index)
            return stamp
        }
        let originals = SpeechPreparation.originals(stamps)
        let names = OutputNames.assign(list.files, speaker: options.speaker)
        let recipe = options.recipe
        let preparer = SourcePreparer(options: options, outputFolder: folder.path, recipe: recipe)
        let reusedCount = Atomic<Int>(0)
        var sources = try ParallelWork.map(list.files.count) { index in
            defer { meter.prepared(index) }
            let (file, stamp) = (list.files[index], stamps[index])
            var blank = PreparationManifest.Source(file, stamp: stamp, options: options, recipe: recipe)
            guard let stamp else {
                blank.reject(.unreadable, "it cannot be read")
                return blank
            }
            if originals[index] != index {
                let original = list.files[originals[index]]
                let name = original.input == file.input ? original.path : original.location
                blank.reject(.duplicate, "the same bytes as \(name)")
                return blank
            }
            let path = { OutputNames.path(names[index], index: $0, options: options) }
            if let done = earlier.reusable(file, stamp: stamp, recipe: recipe, expectedPath: path, in: folder) {
                reusedCount.add(1, ordering: .relaxed)
                return done
            }
            try folder.makeFolder(of: names[index])
            let source = try preparer.prepare(file, stamp: stamp, name: names[index])
            try journal.note(source)
            return source
        }
        divide(&sources)
        for problem in list.problems {
            var source = PreparationManifest.Source(problem.file, stamp: nil, options: options, recipe: recipe)
            source.reject(.unreadable, problem.reason)
            sources.append(source)
        }
        let removed = earlier.removeOutputs(notIn: sources, folder: folder)
        let manifest = PreparationManifest(options: options, sources: sources)
        do { try manifest.write(folder: folder.path) } catch {
            throw PreparationError.cannotWrite(
                path: folder.path + "/" + PreparationManifest.fileName,
                reason: "\(error.localizedDescription)"
            )
        }
        journal.remove()
        return Result(
            manifest: manifest,
            reusedCount: reusedCount.load(ordering: .relaxed),
            vanished: earlier.vanished(from: sources),
            removedCount: removed
        )
    }

    /// For each file the first one with the same bytes: itself, or the one it is a duplicate of.
    private static func originals(_ stamps: [FileStamp?]) -> [Int] {
        var first: [String: Int] = [:]
        return stamps.enumerated().map { index, stamp in
            guard let digest = stamp?.sha256 else { return index }
            if let original = first[digest] { return original }
            first[digest] = index
            return index
        }
    }

    /// Decides for each source that gave files whether they are held out.
    private func divide(_ sources: inout [PreparationManifest.Source]) {
        let usable = sources.indices.filter { !sources[$0].outputs.isEmpty }
        let isHeldOut = SpeechSplit(seed: options.seed, share: options.validationShare).isHeldOut(
            usable.map { sources[$0].path }
        )
        for (index, isHeldOut) in zip(usable, isHeldOut) {
            for output in sources[index].outputs.indices {
                sources[index].outputs[output].split = isHeldOut ? .validation : .training
            }
        }
    }
}
