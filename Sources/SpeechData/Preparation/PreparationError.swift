/// Why nothing can be prepared; every case reads as a sentence with what to do next.
public enum PreparationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// An option makes no sense; the reason is part of a sentence.
    case options(String)
    /// An input does not exist.
    case missing(path: String)
    /// The output folder lies inside an input folder or the other way round.
    case overlapping(input: String, output: String)
    /// The output folder holds something else than prepared data.
    case notEmpty(output: String)
    /// Another process is preparing into the folder.
    case busy(output: String)
    /// There is no audio file in any input.
    case nothing(inputs: [String])
    /// A folder or file of the output cannot be written.
    case cannotWrite(path: String, reason: String)

    /// The sentence.
    public var description: String {
        switch self {
        case .options(let reason): "Nothing can be prepared so: \(reason)."
        case .missing(let path): "There is no \(path). Name a folder of recordings, or a recording."
        case .overlapping(let input, let output):
            "The output \(output) and the input \(input) lie inside each other. "
                + "Choose an output folder elsewhere: inputs are never changed."
        case .notEmpty(let output):
            "\(output) holds files that were not prepared here. Choose a new or an empty folder: nothing else is overwritten."
        case .busy(let output): "Another process is preparing into \(output). Wait for it, or choose another folder."
        case .nothing(let inputs):
            "There is no audio file in \(inputs.joined(separator: ", ")). WAV, FLAC, OGG, Opus and MP3 are read, also in subfolders."
        case .cannotWrite(let path, let reason):
            "\(path) cannot be written: \(reason) Make room or choose another folder; what is done is kept when you run it again."
        }
    }
}
