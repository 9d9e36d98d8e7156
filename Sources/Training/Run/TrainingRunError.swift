/// Why a run cannot begin, or ended before its end. Each is a sentence that says what to do.
public enum TrainingRunError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The run's folder cannot be made or written; `reason` is the system's.
    case folderNotWritable(path: String, reason: String)
    /// The folder holds a run already.
    case folderTaken(path: String)
    /// The folder holds something that is no run.
    case folderForeign(path: String)
    /// Another process trains in the folder at this moment.
    case folderInUse(path: String)
    /// A file of the run cannot be read or is broken.
    case unreadable(path: String, reason: String)
    /// The run was started with another configuration; `differences` are sentences `field: then, now`.
    case configurationDiffers(path: String, differences: [String])
    /// The run was started on other data.
    case dataDiffers(path: String)
    /// A log lost what it held when the newest checkpoint was written.
    case logShortened(path: String, length: Int64, expected: Int64)
    /// There are checkpoints, and none can be read; `reasons` says why, the newest first.
    case noUsableCheckpoint(path: String, reasons: [String])
    /// The disk is full.
    case diskFull(path: String, resumesFrom: Int)
    /// A file of the run cannot be written; `reason` is the system's.
    case cannotWrite(path: String, reason: String, resumesFrom: Int)
    /// A loss or a gradient was NaN or infinite at `step`; `names` are the numbers.
    case diverged(step: Int, names: [String], resumesFrom: Int)
    /// Something else that takes the measurements failed; `reason` is its sentence.
    case sinkFailed(reason: String, resumesFrom: Int)
    /// A step, a validation or the reading of data failed; `reason` is its sentence.
    case stepFailed(step: Int, reason: String, resumesFrom: Int)

    /// The sentence.
    public var description: String {
        switch self {
        case .folderNotWritable(let path, let reason):
            "The run's folder \(path) cannot be written: \(reason). Choose another folder."
        case .folderTaken(let path):
            "\(path) holds a run already. Go on with it by --resume, or choose another folder for a new one."
        case .folderForeign(let path):
            "\(path) is not empty and holds no run. Choose an empty or a new folder."
        case .folderInUse(let path):
            "Another process is training in \(path). Wait for it or stop it, or choose another folder."
        case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)."
        case .configurationDiffers(let path, let differences):
            "The run in \(path) was started with another configuration (\(differences.joined(separator: "; "))). "
                + "Resume it as it was started, or start a new run in another folder."
        case .dataDiffers(let path):
            "The run in \(path) was started on other data. Resume it on the same, or start a new run in another folder."
        case .logShortened(let path, let length, let expected):
            "\(path) has \(length) bytes, but had \(expected) when the newest checkpoint was written. "
                + "Put the whole file back, or start a new run in another folder."
        case .noUsableCheckpoint(let path, let reasons):
            "None of the checkpoints in \(path) can be read (\(reasons.joined(separator: "; "))). "
                + "Put one back, or remove them to start the run from its beginning."
        case .diskFull(let path, let step):
            "The disk is full: \(path) was not written. Free some space, then resume: the run goes on \(Self.from(step))."
        case .cannotWrite(let path, let reason, let step):
            "\(path) was not written: \(reason). When that is mended, resume: the run goes on \(Self.from(step))."
        case .diverged(let step, let names, let resume):
            "Training stopped at step \(step): \(names.prefix(4).joined(separator: ", ")) "
                + "\(names.count == 1 ? "is" : "are") NaN or infinite. The weights of \(Self.checkpoint(resume)) are kept. "
                + "Resuming would repeat this; run 'codec-doctor check' for the cause, then start a new run with a lower "
                + "learning rate, tighter gradient clipping or clean data."
        case .sinkFailed(let reason, let step):
            "\(reason) Training has stopped; when that is mended, resume: the run goes on \(Self.from(step))."
        case .stepFailed(let step, let reason, let resume):
            "Step \(step) failed: \(reason) Resuming goes on \(Self.from(resume))."
        }
    }

    private static func from(_ step: Int) -> String { step == 0 ? "from its beginning" : "behind step \(step)" }
    private static func checkpoint(_ step: Int) -> String { step == 0 ? "the beginning" : "step \(step)" }
}
